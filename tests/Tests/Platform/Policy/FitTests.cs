using System.Reflection;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>The packs and the modules that have landed speak of the same things.</summary>
public sealed class FitTests
{
    [Fact]
    public void Every_feature_a_module_provides_has_the_type_and_unit_that_the_packs_expect()
    {
        var features = global::Shouwang.Modules.Catalogue.Features.Select(f => f.Symbol).ToList();
        Assert.All(features, s => Assert.Equal((s.Type, s.Unit), Packs.Features.Find(s.Name) is { } known ? (known.Type, known.Unit) : default));
        Assert.Empty(PolicyBook.Load(PolicyFolder.Find(), new SymbolTable(features)).Problems);
    }

    [Fact]
    public void Every_clock_that_a_life_cycle_names_is_in_the_national_pack()
    {
        var clocks = Packs.Book.For(Packs.Dongkou, new(2024, 1, 1)).Clocks;
        var named = typeof(global::Shouwang.Modules.Catalogue).Assembly.GetTypes().Where(t => t.Name == "Clocks")
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public)).Select(f => (string)f.GetValue(null)!).Distinct().ToList();
        Assert.Contains("lead.identify", named);
        Assert.All(named, c => Assert.True(clocks.ContainsKey(c), c));
    }
}
