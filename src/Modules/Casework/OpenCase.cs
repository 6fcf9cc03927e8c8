using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Opens identification cases: from a lead, or because a household applies.</summary>
internal sealed class OpenCase(ShouwangDb db, IHouseholds households, FindVisit visits, Policies policies, Secrets secrets, Today today) : ILeadFollowing
{
    public async Task<Outcome<LeadVisit>> VerificationVisit(string county, Guid household, Guid visit, DateOnly notBefore, CancellationToken cancel)
    {
        var found = await visits.Verifying(county, household, visit, notBefore, cancel);
        return found.Succeeded
            ? new LeadVisit(found.Value.Visit.Id, found.Value.Visit.VisitedOn, [.. found.Value.Visitors.Select(v => v.User).OfType<Guid>()],
                found.Value.Visit.RecordedBy, found.Value.Visit.IncomeFen is not null)
            : found.Problems.ToList();
    }

    Task<Outcome<Guid>> ILeadFollowing.OpenCase(LeadRef lead, LeadVisit? visit, string? greenChannel, Actor actor, CancellationToken cancel) =>
        Open(actor, lead.Household, new(lead.Village), lead.Id, lead.RaisedOn, lead.Category, greenChannel, cancel);

    /// <summary>A household applies of itself, or is guided to, without a lead.</summary>
    public async Task<Outcome<Guid>> Apply(Actor actor, Guid household, string? category, CancellationToken cancel)
    {
        if (await households.Find(actor, household.ToString(), cancel) is not { } found)
            return Refusals.NoHousehold;
        return actor.May(Permissions.CasesApply, found.Area, household)
            ? await Open(actor, household, found.Area, null, today.Day, category, null, cancel)
            : Steps.NotPermitted(Permissions.CasesApply);
    }

    private async Task<Outcome<Guid>> Open(
        Actor actor, Guid household, AreaCode village, Guid? lead, DateOnly raised, string? category, string? greenChannel, CancellationToken cancel)
    {
        var county = actor.County;
        var open = await db.Set<IdentificationCase>().AsNoTracking()
            .FirstOrDefaultAsync(c => c.County == county && c.HouseholdId == household && CaseStates.Open.Contains(c.State), cancel);
        if (open is not null)
            return Refusals.AlreadyOpen(open.Code);

        return await db.Atomically<Guid>(async () =>
        {
            var policy = await policies.For(village, today.Day, cancel);
            var total = CaseSchedule.TotalDue(policy, raised);
            var schedule = CaseSchedule.Of(policy, total, new(today.Day, null, null, null, null, null, null, null), today.Day);
            var opened = new IdentificationCase
            {
                County = county, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(county, 'C', today.Day, cancel), HouseholdId = household, Area = village.Digits,
                LeadId = lead, RaisedOn = raised, OpenedOn = today.Day, RoundOn = today.Day, Category = category, GreenChannel = greenChannel is not null,
                GreenReasonEnc = secrets.Encrypt(greenChannel), TotalDueOn = total, StageDueOn = schedule[(int)CaseStage.Visit].DueOn,
                MatchDueOn = schedule[(int)CaseStage.Matching].DueOn,
            };
            db.Add(opened);
            db.Log("casework.case.Open", village, opened.Code, actor.Name, today.Clock, new { Household = household, Lead = lead, opened.GreenChannel, opened.RaisedOn });
            await db.SaveChangesAsync(cancel);
            return opened.Id;
        }, cancel);
    }
}
