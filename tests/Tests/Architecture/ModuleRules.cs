using Shouwang.Kernel;
using Shouwang.Modules;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Architecture;

/// <summary>The shape of the code. Every test finds what it checks by itself, so a new module is under it from its first day.</summary>
public class ModuleRules
{
    private static readonly IReadOnlyList<CompiledCode.Reference> References = CompiledCode.Of(typeof(Catalogue).Assembly);

    public static TheoryData<string> Modules => [.. Catalogue.Modules.Select(m => m.Name)];

    public static TheoryData<string> Folders => [.. Sources.ModuleFolders.Select(f => Path.GetRelativePath(Sources.Root, f))];

    [Theory, MemberData(nameof(Modules))]
    public void A_module_uses_only_the_contracts_of_the_modules_it_names(string name)
    {
        var module = Module(name);
        var open = module.Uses.Select(u => Space(Module(u)) + ".Contracts.").ToList();

        Assert.DoesNotContain(References, r => Owner(r.From) == module && Owner(r.To) is { } other && other != module
            && !open.Any(o => r.To.StartsWith(o, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Modules))]
    public void Nothing_uses_a_programme(string name) => Assert.DoesNotContain(Module(name).Uses, u => IsProgramme(Module(u)));

    [Fact]
    public void Modules_use_each_other_in_one_direction_only()
    {
        var left = Catalogue.Modules.ToList();
        while (left.RemoveAll(m => !left.Exists(l => l.Uses.Contains(m.Name))) > 0)
        {
        }
        Assert.Empty(left.Select(m => m.Name));
    }

    [Fact]
    public void Only_the_platform_knows_which_database_it_is() => Assert.DoesNotContain(References,
        r => r.To.StartsWith("Npgsql", StringComparison.Ordinal) || r.To.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal));

    [Fact]
    public void The_kernel_knows_no_clock_file_network_database_or_web() => Assert.DoesNotContain(CompiledCode.Of(typeof(Money).Assembly),
        r => Outside.Any(o => r.To.StartsWith(o, StringComparison.Ordinal)));

    [Fact]
    public void The_platform_knows_no_module() => Assert.DoesNotContain(CompiledCode.Of(typeof(Today).Assembly),
        r => r.To.StartsWith("Shouwang.Modules", StringComparison.Ordinal) || r.To.StartsWith("Shouwang.Server", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Folders))]
    public void Every_module_folder_has_a_manifest_and_says_what_it_is(string folder)
    {
        var path = Path.Combine(Sources.Root, folder);
        Assert.Single(Directory.GetFiles(path, "*Module.cs"));
        Assert.True(File.Exists(Path.Combine(path, "README.md")), $"{folder} has no README.md");
    }

    [Fact]
    public void Only_the_demo_looks_behind_the_doors_of_modules()
    {
        var inside = typeof(Catalogue).Assembly.GetTypes().Where(t => t is { IsPublic: false, IsNested: false } && t.Namespace?.StartsWith("Shouwang.", StringComparison.Ordinal) == true).Select(t => t.FullName!).ToHashSet();
        var looks = CompiledCode.Of(typeof(Shouwang.Server.ServerOptions).Assembly).Where(r => inside.Contains(r.To)).ToList();

        Assert.Contains(looks, r => r.From.StartsWith("Shouwang.Server.Demo.", StringComparison.Ordinal));
        Assert.DoesNotContain(looks, r => !r.From.StartsWith("Shouwang.Server.Demo.", StringComparison.Ordinal));
    }

    // A check that cannot fail proves nothing: this one knows a use that is there, and has to see it.
    [Fact]
    public void The_reader_of_compiled_code_sees_what_is_there() => Assert.Contains(References, r => r is
    {
        From: "Shouwang.Modules.Screening.FeatureStore",
        To: "Shouwang.Modules.Registry.Contracts.IHouseholds",
    });

    private static readonly string[] Outside =
        ["System.IO.File", "System.Net.", "System.Data.", "System.TimeProvider", "System.Diagnostics.Process", "Microsoft.", "Shouwang.Platform", "Shouwang.Modules"];

    private static IModule Module(string name) => Catalogue.Modules.Single(m => m.Name == name);

    private static string Space(IModule module) => module.GetType().Namespace!;

    private static bool IsProgramme(IModule module) => Space(module).Contains(".Programmes.", StringComparison.Ordinal);

    private static IModule? Owner(string type) => Catalogue.Modules.SingleOrDefault(m => type.StartsWith(Space(m) + ".", StringComparison.Ordinal));
}
