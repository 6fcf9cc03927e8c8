using FsCheck;
using FsCheck.Fluent;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;

namespace Shouwang.Tests.Modules.Registry;

/// <summary>Whose word counts does not depend on who came first.</summary>
public class ResolutionProperties
{
    private static readonly string[] Sources = ["register", "desk", "visit", "unheard_of"], Phones = ["13800000001", "13900000002"];
    private static readonly FixedRanks Ranks = new("register", "desk", "visit");
    private static readonly int Phone = Subject.Households.IndexOf("phone");

    /// <summary>What a source says on a day: nothing about the phone, that there is none, or one.</summary>
    public sealed record Word(int Source, int Day, int Phone, int Address);

    private static Arbitrary<Word[]> Words => (
        from source in Gen.Choose(0, Sources.Length - 1)
        from day in Gen.Choose(0, 5)
        from phone in Gen.Choose(0, 3)
        from address in Gen.Choose(0, 2)
        select new Word(source, day, phone, address))
        .NonEmptyListOf().Select(words => words.DistinctBy(w => (w.Source, w.Day)).ToArray()).ToArbitrary();

    [Fact]
    public void The_order_of_arrival_does_not_change_the_current_value() => Prop.ForAll(Words, words =>
    {
        var one = Resolve(words);
        var other = Resolve([.. words.OrderByDescending(w => w.Day).ThenBy(w => w.Source)]);
        return one.Values.SequenceEqual(other.Values)
            && one.Differences.ToHashSet().SetEquals(other.Differences)
            && one.OtherSources() == other.OtherSources()
            && (one.Lead.Source, one.Lead.ObservedOn) == (other.Lead.Source, other.Lead.ObservedOn);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_nobody_names_a_value_the_latest_leads_whoever_came_first()
    {
        Word early = new(2, 1, 0, 0), late = new(0, 2, 0, 0);
        Assert.Equal("register", Resolve([early, late]).Lead.Source);
        Assert.Equal("register", Resolve([late, early]).Lead.Source);
    }

    [Fact]
    public void The_current_value_is_the_latest_word_of_the_best_source_that_names_one() => Prop.ForAll(Words, words =>
    {
        var expected = words.Where(w => w.Phone > 0).GroupBy(w => w.Source).Select(g => g.MaxBy(w => w.Day)!)
            .Where(w => w.Phone > 1).OrderBy(w => w.Source).FirstOrDefault();
        return Resolve(words).Values[Phone] == (expected is null ? null : Phones[expected.Phone - 2]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_latest_word_is_the_current_value_or_a_difference() => Prop.ForAll(Words, words =>
    {
        var resolution = Resolve(words);
        return words.Where(w => w.Phone > 0).GroupBy(w => w.Source).Select(g => g.MaxBy(w => w.Day)!).Where(w => w.Phone > 1)
            .All(w => resolution.Values[Phone] == Phones[w.Phone - 2]
                ^ resolution.Differences.Contains(new("household.phone", Sources[w.Source], Phones[w.Phone - 2], Day(w))));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Taking_an_import_back_leaves_what_would_be_there_without_it(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var number = 0;
        foreach (var words in Words.Generator.Sample(15, 6))
        {
            var (with, without, import) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            var (taken, kept) = (words.Where(w => w.Day % 2 == 1).ToList(), words.Where(w => w.Day % 2 == 0).ToList());
            await State(registry, with, $"5002311112{++number:00000}", null, kept[..(kept.Count / 2)]);
            await State(registry, with, null, import, taken);
            await State(registry, with, null, null, kept[(kept.Count / 2)..]);
            await registry.With<IFacts>(f => f.Withdraw("500231", import, "clerk", TestContext.Current.CancellationToken));
            await State(registry, without, $"5002311112{++number:00000}", null, kept);

            var register = (await registry.Read()).ToDictionary(h => h.Id);
            Assert.Equal((register[without].Phone, register[without].Address, register[without].Source), (register[with].Phone, register[with].Address, register[with].Source));
            Assert.Equal(await Open(registry, without), await Open(registry, with));
        }
    }

    private static async Task<IEnumerable<(string, string, string?)>> Open(TestRegistry registry, Guid household) =>
        (await registry.With<IFacts, IReadOnlyList<Disagreement>>(f => f.Disagreements("500231", household, TestContext.Current.CancellationToken)))
            .Where(d => d.SettledAt is null).Select(d => (d.Attribute, d.Source, d.Value)).Order();

    private static async Task State(TestRegistry registry, Guid household, string? code, Guid? import, List<Word> words)
    {
        var statements = words.Select(w => new Statement(household, null, Sources[w.Source], null, Day(w), Values(w))).ToList();
        if (code is not null)
            statements.Insert(0, new(household, null, "register", null, new(2020, 1, 1), new Dictionary<string, object?> { ["hid"] = code }));
        await registry.With<IFacts>(f => f.State(new(TestRegistry.County, "clerk", import), statements, TestContext.Current.CancellationToken));
    }

    private static Dictionary<string, object?> Values(Word word)
    {
        var values = new Dictionary<string, object?>();
        if (word.Phone > 0)
            values["phone"] = word.Phone > 1 ? Phones[word.Phone - 2] : null;
        if (word.Address > 0)
            values["address"] = $"{word.Address}组";
        return values;
    }

    private static Resolution Resolve(Word[] words) => Resolution.Of(Subject.Households, "500231", [.. words.Select((word, i) =>
    {
        var said = new Said(Subject.Households);
        foreach (var (field, value) in Values(word))
            said.Set(field, (string?)value);
        return new KeptStatement(() => said)
        {
            Id = Guid.CreateVersion7(), Source = Sources[word.Source], Reference = null, ObservedOn = Day(word), RecordedAt = i, RecordedBy = "clerk",
            Import = null, Hash = [],
        };
    })], Ranks)!;

    private static DateOnly Day(Word word) => new DateOnly(2020, 6, 1).AddDays(word.Day);
}
