using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Matching;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>Rows of departments find the people they are about, exactly as the answer key says.</summary>
public class MatchingTests
{
    public static TheoryData<string> Feeds => [.. Samples.Expected.RootElement.GetProperty("feeds").EnumerateArray().Select(f => f.GetProperty("file").GetString()!)];

    [Theory, MemberData(nameof(Feeds))]
    public async Task Every_row_finds_whom_the_key_says(string file)
    {
        await using var world = await ImportWorld.Open("sqlite");
        world.People.AddSamples(world.Secrets);
        var key = Samples.Expected.RootElement.GetProperty("feeds").EnumerateArray().Single(f => f.GetProperty("file").GetString() == file);
        var rows = new List<FeedRow>();
        world.OnCheck = (_, chunk) =>
        {
            rows.AddRange(chunk);
            // Repetitions are the feeds' own finding; they count nowhere.
            foreach (var row in chunk.Where(r => Rejected(file).Contains(r.Number)))
                row.Add(new(null, "duplicate_same", new("重复", "twice"), new("无", "none"), Verdict.Refused));
        };

        var import = Assert.Single(await world.Apply(await world.UploadSamples(file)));

        var by = key.GetProperty("by");
        Assert.Equal(key.GetProperty("accepted").GetInt32(), import.Counts.Accepted);
        Assert.Equal((By("id"), By("household_no"), By("name_birth_village"), By("unmatched"), By("ambiguous")),
            (import.Counts.ById, import.Counts.ByHousehold, import.Counts.ByName, import.Counts.Unmatched, import.Counts.Doubtful));
        var accepted = rows.Where(r => r.Verdict != Verdict.Refused).ToList();
        Assert.Equal(Numbers("unmatched_rows"), accepted.Where(r => r.MatchedBy == MatchedBy.Unmatched).Select(r => r.Number));
        Assert.Equal(Numbers("ambiguous_rows"), accepted.Where(r => r.MatchedBy == MatchedBy.Doubtful).Select(r => r.Number));
        Assert.Equal(Numbers("name_differs_rows"), accepted.Where(r => r.Findings.Any(f => f.Code == "name_differs")).Select(r => r.Number));
        Assert.Equal(
            key.GetProperty("by_name_birth_village").EnumerateArray().Select(r => $"{r.GetProperty("row").GetInt32()} {r.GetProperty("code").GetString()}"),
            accepted.Where(r => r.MatchedBy == MatchedBy.NameBirthVillage).Select(r => $"{r.Number} {(r.Member is null ? HeadOf(r) : world.People.NameOf(r.Member))}"));

        // Housing is about households; the key names the person.
        string HeadOf(FeedRow r) => key.GetProperty("by_name_birth_village").EnumerateArray().First(e => e.GetProperty("row").GetInt32() == r.Number)
            .GetProperty("code").GetString() is { } code && code.StartsWith(world.People.NameOf(r.Household), StringComparison.Ordinal) ? code : "other";
        int By(string name) => by.TryGetProperty(name, out var count) ? count.GetInt32() : 0;
        IEnumerable<int> Numbers(string name) => key.GetProperty(name).EnumerateArray().Select(r => r.GetInt32());
    }

    private static HashSet<int> Rejected(string file) => [.. Samples.Expected.RootElement.GetProperty("rejected_rows").EnumerateArray()
        .Where(r => r.GetProperty("file").GetString() == file).Select(r => r.GetProperty("row").GetInt32())];

    [Theory]
    [InlineData("金钱村")]
    [InlineData("鹤游镇金钱村")]
    [InlineData("垫江县鹤游镇金钱村")]
    [InlineData("金钱村村民委员会")]
    [InlineData("金钱村村委会")]
    [InlineData("金钱村委会")]
    [InlineData("金钱村民委员会")]
    [InlineData(" 金钱　村 ")]
    [InlineData("鹤游镇金钱村3组12号")]
    [InlineData("500231111200")]
    public void A_village_is_known_under_all_its_names(string name) =>
        Assert.Equal(new AreaCode("500231111200"), new VillageNames(ImportWorld.Villages, ImportWorld.Town).Find(name));

    [Theory]
    [InlineData("石鼓社区")]
    [InlineData("石鼓社区居委会")]
    [InlineData("石鼓社区居民委员会")]
    public void So_is_a_community(string name) =>
        Assert.Equal(new AreaCode("500231111001"), new VillageNames(ImportWorld.Villages, ImportWorld.Town).Find(name));

    [Theory]
    [InlineData("某某村")]
    [InlineData("村")]
    [InlineData("鹤游镇")]
    public void A_name_of_no_village_is_none(string name) =>
        Assert.Null(new VillageNames(ImportWorld.Villages, ImportWorld.Town).Find(name));

    [Fact]
    public void A_name_that_several_villages_bear_means_the_one_of_the_township()
    {
        var tree = new Shouwang.Modules.Registry.Contracts.AreaTree(
        [
            new(new("500231"), "垫江县", false), new(new("500231111"), "鹤游镇", false), new(new("500231112"), "普顺镇", false),
            new(new("500231111200"), "新桥村民委员会", false), new(new("500231112201"), "新桥村民委员会", false),
        ]);
        Assert.Equal(new AreaCode("500231112201"), new VillageNames(tree, new("500231112")).Find("新桥村"));
        Assert.Null(new VillageNames(tree, new("500231")).Find("新桥村"));
        Assert.Equal(new AreaCode("500231111200"), new VillageNames(tree, new("500231")).Find("鹤游镇新桥村"));
        Assert.Equal(new AreaCode("500231112201"), new VillageNames(tree, new("500231")).Find("新桥村", "普顺镇"));
    }

    /// <summary>A register of few names, dates and villages, so that people share them, and rows that are about its people.</summary>
    [Fact]
    public void A_row_finds_exactly_whom_it_fits()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new System.Random(seed);
            var (secrets, people) = (new Secrets(new byte[32]), new FakePeople());
            AreaCode[] villages = [new("500231111200"), new("500231111201")];
            string[] names = ["王柏", "李珍", "阿依·古丽"];
            var everybody = Enumerable.Range(0, 12).Select(i =>
            {
                var (name, birth, village) = (names[random.Next(3)], new DateOnly(1960 + random.Next(3), 1, 1), villages[random.Next(2)]);
                var number = random.Next(3) == 0 ? null : CitizenId.Synthetic(birth, i, Sex.Male);
                var state = random.Next(4) == 0 ? LifeState.Dead : LifeState.Normal;
                return (Id: people.Member(people.Household($"H{i}", village), $"M{i:00}", name, birth, number is null ? null : secrets.Hash(number), state),
                    name, birth, village, number, state);
            }).ToList();
            var matching = new PersonMatching(people.Index(secrets), new(ImportWorld.Villages, ImportWorld.Town), Shape);

            foreach (var one in everybody)
            {
                var numbered = Row(random.Next(2) == 0 ? one.name : "别人", one.number, null, null);
                matching.Match(numbered);
                var named = Row(one.name.Replace('·', '•'), null, one.birth, one.village);
                var several = matching.Match(named);
                var fitting = everybody.Where(e => (e.name, e.birth, e.village, e.state) == (one.name, one.birth, one.village, LifeState.Normal)).Select(e => e.Id).ToHashSet();
                var right = named.MatchedBy switch
                {
                    MatchedBy.NameBirthVillage => fitting.Count == 1 && fitting.Contains(named.Member!.Value),
                    MatchedBy.Doubtful => fitting.Count > 1 && fitting.SetEquals(several.Select(m => m.Id)) && named.Member is null,
                    _ => named.MatchedBy == MatchedBy.Unmatched && fitting.Count == 0 && named.Member is null,
                };
                if (!right || one.number is not null && (numbered.MatchedBy != MatchedBy.Id || numbered.Member != one.Id))
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static readonly FeedShape Shape = new(Packs.Book.For(new AreaCode("500231"), new(2020, 6, 30)).Feed("education"));

    private static FeedRow Row(string name, string? number, DateOnly? birth, AreaCode? village)
    {
        var row = new FeedRow("", 2, new object?[Shape.Feed.Fields.Count], new string?[Shape.Feed.Fields.Count]);
        (row.Values[Shape.Name], row.Values[Shape.Number], row.Texts[Shape.Number]) = (name, number, number);
        (row.Values[Shape.Birth], row.Values[Shape.Village]) = (birth, village);
        return row;
    }
}
