using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Campaigns;
using Shouwang.Tests.Modules.Casework;
using Shouwang.Tests.Modules.Ledger;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>Indicators with numbers put in: what comes out, on which day, and by what it is told apart.</summary>
public class NewFigureTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Kinds_of_elimination_add_up_and_files_are_as_complete_and_fresh_as_they_are(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        (string, object?) listed = ("mon_cat", nameof(MonitoringCategory.MarginalAtRisk));
        await world.Household(RegistryStatus.Ordinary, "1", listed, ("elim_state", nameof(EliminationKind.ByAssistance)));
        await world.Household(RegistryStatus.Ordinary, "1", listed, ("elim_state", nameof(EliminationKind.ByAssistance)));
        await world.Household(RegistryStatus.Ordinary, "1", listed, ("elim_state", nameof(EliminationKind.Natural)));
        await world.Household(RegistryStatus.Ordinary, "1", listed);
        await world.Household(RegistryStatus.Lifted);
        var day = world.Day;

        var figures = await Figures(world, day);
        Assert.Equal(((2, 3), (1, 3)), (Both(figures["M10h"]), Both(figures["M10n"])));
        Assert.Equal(figures["M09h"].Numerator, figures["M10h"].Numerator + figures["M10n"].Numerator);
        Assert.Equal((2, 3), Both(figures["M10h/MarginalAtRisk"]));
        Assert.Equal(3, figures["M09p"].Numerator);
        Assert.Equal((1, 1), Both(figures["M20"]));

        // One lifted household and one on the list have files. Of 10 and 11 values the household tables have the head's name, the size, the status; of 12
        // about each member the name, relation, labour and the two insurances are there. There is no income account, no grade, no answer on water.
        Assert.Equal((6, 21), Both(figures["R19/household"]));
        Assert.Equal((10, 24), Both(figures["R19/members"]));
        Assert.Equal(((0, 2), (0, 2), (0, 2)), (Both(figures["R19/income"]), Both(figures["R19/housing"]), Both(figures["R19/water"])));
        Assert.Equal((16, 51), Both(figures["R19"]));
        Assert.Equal("住房", figures["R19/housing"].Part!.Name.Zh);

        Assert.Equal((1, 1), Both((await Figures(world, world.Day = day.AddDays(30)))["M20"]));
        Assert.Equal((0, 1), Both((await Figures(world, world.Day = day.AddDays(31)))["M20"]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Drives_screen_registered_households_and_others_each_once(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var (registered, other, unseen, called) = (await world.Household(), await world.Household(RegistryStatus.Ordinary), await world.Household(), await world.Household(RegistryStatus.Ordinary));
        Guid[] drives = [await world.Drive("registry.size > 0"), await world.Drive("registry.registered")];
        Done(await world.Called(registered));
        Done(await world.Called(called, mode: VisitMode.ByPhone));
        var first = world.Day;
        world.Day = first.AddDays(1);
        Done(await world.Called(other));
        Done(await world.Called(registered, trouble: VisitSubject.FoodAndClothing));

        Assert.Equal(((1, 0), (1, 0), (0, 0)), await Screened(first));
        Assert.Equal(((2, 0), (1, 0), (1, 0)), await Screened(world.Day));
        Assert.Equal(new Guid?[] { registered, other }.Order(), (await world.Parts(world.Day, "M22")).Select(p => p.Household).Order());
        Assert.DoesNotContain((await world.Parts(world.Day, "M22")).Select(p => p.Household), h => h == unseen);

        // Four households are in scope of the first drive, two of the second. Three of the first said how food and clothing are, one of the second; nobody checked or signed anything.
        foreach (var drive in drives)
        {
            var campaign = await world.Campaign(drive);
            await world.With<CountCampaign, Board>((count, cancel) => count.Keep(campaign, cancel));
        }
        var parts = await world.Parts(world.Day, "G26", "M25", "C07");
        Assert.Equal((2, 4), parts.Of("G26"));
        Assert.Equal(((0, 6), (0, 2)), (parts.Of("M25", ("department", "village")), parts.Of("M25", ("department", "education"))));
        Assert.Equal(((0, 2), (0, 2)), (parts.Of("C07", ("department", "education")), parts.Of("C07", ("department", "county_office"))));

        async Task<((decimal, decimal), (decimal, decimal), (decimal, decimal))> Screened(DateOnly day) =>
            await world.Parts(day, "M22", "M22a", "M22b") is var parts ? (parts.Of("M22"), parts.Of("M22a"), parts.Of("M22b")) : default;
    }

    /// <summary>Xiushan screened 140,776 households: 17,018 registered and 123,758 others.</summary>
    [Fact]
    public async Task The_screening_of_the_first_report_comes_out_and_its_parts_add_up()
    {
        await using var world = await CaseworkWorld.Open("sqlite");
        await world.Drive("registry.size > 0");
        var county = new ScreenedCounty(17_018, 123_758, await world.With<IHouseholdSums, ISymbols>((s, _) => Task.FromResult(s.Names)));
        var sums = new AreaSums(County);
        await world.Read(async (db, cancel) =>
        {
            await new ScreenedHouseholds(db, new(county), county, county).Compute(County, world.Day, LifeCycles.Policy, p => sums.Add(p.Village, p.Code, p.Numerator, p.Denominator), cancel);
            return 0;
        });
        Assert.Equal((140_776, 17_018, 123_758), (sums["500231", "M22"].Numerator, sums["500231", "M22a"].Numerator, sums["500231", "M22b"].Numerator));

        var indicators = LifeCycles.Policy.Indicators.ToDictionary(i => i.Code);
        var figures = new[] { "M22", "M22a", "M22b" }.Select(c => Shouwang.Modules.Insight.Figures.FigureOf(indicators[c], County, world.Day, sums["500231", c].Numerator, 0, LifeCycles.Policy)).ToList();
        var found = CrossChecks.Run(figures, [], indicators.ToDictionary(i => i.Key, i => new ReadyIndicator(i.Value, null, null))).Single(c => c.Check == CrossCheck.PartsAddUp);
        Assert.Equal((1, 0), (found.Looked, found.Findings.Count));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Villages_with_a_record_of_supervision_are_covered_from_that_day_on(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Household();
        await world.Household(OtherVillage);
        var listing = Done(await world.With<PutOnList, Outcome<Guid>>((put, cancel) =>
            put.Run(world.Office, new(ListedKind.Village, Village, null, null, "县委常委", "未脱贫户清零", world.Day.AddMonths(2), "县扶领〔2020〕5号", 300_000m), cancel)));
        var before = world.Day;
        world.Day = before.AddDays(3);
        Done(await world.With<TakeListingStep, Outcome<ListingState>>((step, cancel) =>
            step.Run(LedgerWorld.Supervisor, listing, new(ListingEvent.Supervise, Evidence: [Words(EvidenceKinds.Finding, "水厂主管道已铺设")], Spent: 200_000m), cancel)));
        Assert.Equal((0, 2), (await world.Parts(before, "C05")).Of("C05"));
        Assert.Equal((1, 2), (await world.Parts(world.Day, "C05")).Of("C05"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Problems_are_told_apart_by_unit_source_and_subject_and_guarantees_count_what_is_struck_off(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.StruckOff(await world.Reported("water"));
        await world.Reported("water");
        await world.Reported("housing");
        await world.Reported("help");
        var parts = await world.Parts(world.Day, "C01n", "C01c", "G25");
        Assert.Equal(((4, 0), (2, 0), (1, 0)), (parts.Of("C01n", ("source", "inspection")), parts.Of("C01n", ("subject", "water")), parts.Of("C01n", ("unit", "金钱村"))));
        Assert.Equal((1, 2), parts.Of("C01c", ("subject", "water")));
        Assert.Equal(((1, 3), (0, 1)), (parts.Of("G25"), parts.Of("G25", ("subject", "housing"))));

        var figures = await Figures(world, world.Day);
        Assert.Equal((1, 2), Both(figures["C01c/subject=water"]));
        Assert.Equal(("饮水安全", "drinking water"), (figures["C01n/subject=water"].Part!.Name.Zh, figures["C01n/subject=water"].Part!.Name.En));
        Assert.Equal((1, 1), Both(figures["C01c/金钱村"]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Findings_of_a_month_are_those_on_the_list_in_it_without_what_is_explained(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Read(async (db, cancel) =>
        {
            await Finding(db, 1, "DQ-02", new(2020, 5, 2), null, null, cancel);
            await Finding(db, 2, "DQ-02", new(2020, 5, 2), new(2020, 6, 10), null, cancel);
            await Finding(db, 3, "DQ-04", new(2020, 5, 2), new(2020, 5, 15), null, cancel);
            await Finding(db, 4, "DQ-04", new(2020, 6, 1), null, new(2020, 6, 20), cancel);
            await Finding(db, 5, "DQ-04", new(2020, 7, 1), null, null, cancel);
            return 0;
        });
        Assert.Equal(((3, 0), (1, 3)), await Of(new(2020, 5, 31)));
        Assert.Equal(((3, 0), (0, 3)), await Of(new(2020, 6, 9)));
        Assert.Equal(((2, 0), (1, 2)), await Of(new(2020, 6, 30)));
        var june = await world.Parts(new(2020, 6, 19), "C25r");
        Assert.Equal(((1, 2), (0, 1)), (june.Of("C25r", ("rule", "DQ-02")), june.Of("C25r", ("rule", "DQ-04"))));
        Assert.Contains("DQ-02", (await Figures(world, new(2020, 6, 30)))["C25n/DQ-02"].Part!.Name.En, StringComparison.Ordinal);

        async Task<((decimal, decimal), (decimal, decimal))> Of(DateOnly day) => await world.Parts(day, "C25n", "C25r") is var parts ? (parts.Of("C25n"), parts.Of("C25r")) : default;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_department_is_in_time_when_its_file_was_handed_in_by_the_day_and_stayed(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.Read(async (db, cancel) =>
        {
            await Push(db, 1, "medical", new(2020, 6, 4), new(2020, 6, 6), null, cancel);
            await Push(db, 2, "education", new(2020, 6, 9), new(2020, 6, 9), null, cancel);
            await Push(db, 3, "loans", new(2020, 6, 3), new(2020, 6, 3), new(2020, 6, 20), cancel);
            await Push(db, 4, "housing", new(2020, 5, 30), new(2020, 6, 1), null, cancel);
            await Push(db, 5, "households", new(2020, 6, 1), new(2020, 6, 1), null, cancel);
            return 0;
        });
        // Not due yet: only what is there counts.
        Assert.Equal((1, 1), (await world.Parts(new(2020, 6, 4), "M15")).Of("M15"));
        Assert.Equal((2, 8), (await world.Parts(new(2020, 6, 19), "M15")).Of("M15"));
        var june = await world.Parts(new(2020, 6, 30), "M15");
        Assert.Equal((1, 8), june.Of("M15"));
        Assert.Equal(((1, 1), (0, 1), (0, 1)), (june.Of("M15", ("department", "medical_insurance")), june.Of("M15", ("department", "education")), june.Of("M15", ("department", "bank"))));
        Assert.Equal((0, 8), (await world.Parts(new(2020, 7, 31), "M15")).Of("M15"));
    }

    private static Task<int> Finding(ShouwangDb db, int number, string rule, DateOnly first, DateOnly? closed, DateOnly? explained, CancellationToken cancel) => db.Execute("""
        insert into quality_findings (county, id, rule, severity, kind, subject, area, message_enc, first_on, last_on, state, closed_on, explained_at)
        values ('500231', @id, @rule, 'Error', 'Household', @subject, @area, @message, @first, @first, @state, @closed, @explained)
        """, cancel, ("@id", Guid.CreateVersion7()), ("@rule", rule), ("@subject", $"H{number}"), ("@area", Village.Digits), ("@message", new byte[] { 1 }), ("@first", first),
        ("@state", closed is not null ? "Fixed" : explained is not null ? "Explained" : "Open"), ("@closed", closed), ("@explained", explained is { } on ? Today.Begin(on).ToUnixTimeMilliseconds() : null));

    private static Task<int> Push(ShouwangDb db, int number, string kind, DateOnly handedIn, DateOnly taken, DateOnly? undone, CancellationToken cancel) => db.Execute("""
        insert into imports (county, id, area, file_name, content_hash, bytes, kind, state, as_of_on, sender, row_count, warned, refused, by_id, by_household, by_name, doubtful, unmatched,
            uploaded_at, uploaded_by, applied_at, undone_at)
        values ('500231', @id, '500231', 'a.xlsx', @hash, 1, @kind, 'Applied', @day, 'clerk', 1, 0, 0, 1, 0, 0, 0, 0, @uploaded, 'clerk', @applied, @undone)
        """, cancel, ("@id", Guid.CreateVersion7()), ("@hash", $"{number}"), ("@kind", kind), ("@day", handedIn), ("@uploaded", At(handedIn)), ("@applied", At(taken)), ("@undone", undone is { } on ? At(on) : null));

    private static long At(DateOnly day) => Today.Begin(day).AddHours(9).ToUnixTimeMilliseconds();

    private static async Task<Dictionary<string, Figure>> Figures(CaseworkWorld world, DateOnly day) => await world.With<IFigures, Dictionary<string, Figure>>(async (f, cancel) =>
    {
        await f.Compute(County, day, cancel);
        return (await f.Of(world.Office, County, day, cancel)).ToDictionary(x => x.Code);
    });

    private static (decimal, decimal) Both(Figure figure) => (figure.Numerator, figure.Denominator ?? 0);

    /// <summary>A county in which every household was visited.</summary>
    private sealed class ScreenedCounty(int registered, int others, ISymbols names) : IHouseholdSums, IVisitCourse
    {
        private readonly Guid[] _households = [.. Enumerable.Range(0, registered + others).Select(_ => Guid.CreateVersion7())];

        public ISymbols Names => names;

        public Task Each(AreaCode within, DateOnly asOf, IReadOnlyList<HouseholdSum> sums, Action<HouseholdPart> part, CancellationToken cancel)
        {
            for (var sum = 0; sum < sums.Count; sum++)
                foreach (var household in sums[sum].When!.Source.Contains("registry.registered", StringComparison.Ordinal) ? _households.Take(registered) : _households)
                    part(new(sum, household, Village.Digits, "", 1));
            return Task.CompletedTask;
        }

        public Task Homes(AreaCode county, DateOnly from, DateOnly to, Action<Guid> read, CancellationToken cancel)
        {
            Array.ForEach(_households, read);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<IReadOnlyList<AreaSum>>> ByArea(AreaCode county, DateOnly asOf, IReadOnlyList<HouseholdSum> sums, CancellationToken cancel) => throw new NotSupportedException();

        public Task Read(AreaCode within, DateOnly from, DateOnly to, bool answers, Action<VisitMade> read, CancellationToken cancel) => throw new NotSupportedException();
    }
}
