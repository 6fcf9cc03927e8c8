using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>What became of warnings, counted from leads that took their ordinary way.</summary>
public sealed class RulePrecisionTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Warnings_are_counted_by_what_people_found(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (wrong, right, open) = (await Uninsured(world), await Uninsured(world), await Uninsured(world));
        var result = await world.With<IScreening, ScreeningResult>((s, cancel) => s.Run(CaseworkWorld.County, world.Day, "tester", null, cancel));
        Assert.Equal(3, result.LeadsOpened);
        var joined = await world.Lead(open);

        await Dispatched(world, await LeadOf(world, wrong));
        world.Day = world.Day.AddDays(4);
        await Dismiss(world, await LeadOf(world, wrong), wrong);
        await Dispatched(world, await LeadOf(world, right));
        var visit = CaseworkWorld.Done(await world.Visit(right));
        CaseworkWorld.Done(await world.Step(world.Cadre, await LeadOf(world, right), new LeadStepRequest(LeadEvent.Escalate, Visit: visit)));

        var report = await Report(world);
        var rule = report.Rules.Single(r => r.Id == "W21");
        Assert.Equal((3, 1, 1, 1), (rule.Warned, rule.Confirmed, rule.Dismissed, rule.Open));
        Assert.Equal((0.5m, 4m), (rule.Share!.Value.Share, rule.MedianDays));
        // The cadre's report joined the lead of a rule, and counts for itself too.
        Assert.Equal(joined, await LeadOf(world, open));
        Assert.Equal([("CadreScreening", 1), ("DepartmentWarning", 3)], report.Sources.Select(s => (s.Id, s.Warned)).Order());
        // Live rules that never spoke stand in the list as well, behind those that are known to err.
        Assert.Equal("W21", report.Rules[0].Id);
        Assert.Contains(report.Rules, r => r.Id == "W14" && r.Warned == 0 && r.Share is null);

        Assert.Equal("家中无异常", Assert.Single(await world.With<RulePrecision, IReadOnlyList<RulePrecision.Dismissal>>((p, cancel) => p.Dismissed(world.Office, new(), "W21", 10, cancel))).Words);
        Assert.Null(Assert.Single(await world.With<RulePrecision, IReadOnlyList<RulePrecision.Dismissal>>((p, cancel) => p.Dismissed(
            CaseworkWorld.Person("s", Role.Supervisor, CaseworkWorld.County), new(), "W21", 10, cancel))).Words);

        // Period, area, and people of another village.
        Assert.Equal(0, (await Report(world, new(From: world.Day.AddDays(1)))).Rules.Single(r => r.Id == "W21").Warned);
        Assert.Equal(3, (await Report(world, new(To: world.Day, Area: CaseworkWorld.Village))).Rules.Single(r => r.Id == "W21").Warned);
        Assert.All((await world.With<IRulePrecision, PrecisionReport>((p, cancel) => p.Of(world.Stranger, new(), cancel))).Rules, r => Assert.Equal(0, r.Warned));

        // Each figure opens as many leads as it says.
        foreach (var (state, count) in new[] { ("all", 3), ("confirmed", 1), ("Dismissed", 1), ("", 1) })
        {
            var page = await world.With<LeadSearch, LeadSearch.Page>((s, cancel) => s.List(world.Office, new(state, null, null, "W21", null), cancel));
            Assert.Equal((state, count), (state, page.Rows.Count));
        }
        var cadres = await world.With<LeadSearch, LeadSearch.Page>((s, cancel) => s.List(world.Office, new("all", null, null, null, null, LeadSource.CadreScreening), cancel));
        Assert.Equal(report.Sources.Single(s => s.Id == "CadreScreening").Warned, cadres.Rows.Count);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_household_that_only_people_saw_is_one_nobody_warned_about(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var before = await world.Household();
        await world.Registered(before);
        world.Day = world.Day.AddDays(1);
        Assert.Null((await Report(world)).Unwarned.Since);

        var (seen, warned) = (await world.Household(), await Uninsured(world));
        await world.With<IScreening, ScreeningResult>((s, cancel) => s.Run(CaseworkWorld.County, world.Day, "tester", null, cancel));
        await world.Registered(seen);
        var lead = await LeadOf(world, warned);
        await Dispatched(world, lead);
        var visit = CaseworkWorld.Done(await world.Visit(warned));
        var id = CaseworkWorld.Done(await world.Step(world.Cadre, lead, new LeadStepRequest(LeadEvent.Escalate, Visit: visit))).Case!.Value;
        await world.Identified(id, warned);

        var unwarned = (await Report(world)).Unwarned;
        Assert.Equal(2, unwarned.Identified);
        Assert.Equal(seen, Assert.Single(unwarned.Households).Household);
        Assert.Equal([("UnstableLifted", 2, 1)], unwarned.Categories.Select(c => (c.Category, c.Identified, c.Unwarned)));
    }

    private static Task<PrecisionReport> Report(CaseworkWorld world, PrecisionFilter? filter = null) =>
        world.With<IRulePrecision, PrecisionReport>((p, cancel) => p.Of(world.Office, filter ?? new(), cancel));

    private static async Task<Guid> Uninsured(CaseworkWorld world)
    {
        var household = await world.Household();
        var member = Guid.Empty;
        await world.Read(async (db, cancel) =>
        {
            await db.Read("select id from members where household_id = @household", row => member = row.GetGuid(0), cancel, ("@household", household));
            return 0;
        });
        CaseworkWorld.Done(await world.Visit(household, facts: [new(member, "ins_res", false), new(member, "ins_emp", false)]));
        return household;
    }

    private static async Task<Guid> LeadOf(CaseworkWorld world, Guid household) =>
        (await world.With<ILeads, IReadOnlyList<LeadSummary>>((leads, cancel) => leads.Of(world.Office, household, cancel)))[0].Id;

    private static async Task Dispatched(CaseworkWorld world, Guid lead)
    {
        CaseworkWorld.Done(await world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.Dispatch, Evidence: [CaseworkWorld.Words(EvidenceKinds.Order)], AssignedTo: "村干部")));
        CaseworkWorld.Done(await world.Step(world.Cadre, lead, new LeadStepRequest(LeadEvent.Accept)));
    }

    private static async Task Dismiss(CaseworkWorld world, Guid lead, Guid household)
    {
        var visit = CaseworkWorld.Done(await world.Visit(household));
        CaseworkWorld.Done(await world.Step(world.Cadre, lead, new LeadStepRequest(LeadEvent.ReportNoRisk, Reason: "家中无异常", Visit: visit)));
        CaseworkWorld.Done(await world.Step(world.Clerk, lead, new LeadStepRequest(LeadEvent.ConfirmDismissal, Reason: "同意")));
    }
}
