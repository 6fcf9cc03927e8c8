using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Organisation.Hometown;
using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Organisation;

/// <summary>C08, C12–C14 and C17–C19 of INDICATORS: teams and links of the day, meetings of the year or month, hometown visits until the day.</summary>
internal sealed class OrganisationIndicators(ShouwangDb db, IHouseholdSums households) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C08m", "C08n", "C08p", "C12a", "C12b", "C12c", "C13b", "C13t", "C14", "C17", "C18h", "C18m", "C18p", "C19a", "C19b", "C19c"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        await Teams(county.Digits, asOf, policy, part, cancel);
        await Links(county, asOf, part, cancel);
        await Held(county.Digits, asOf, policy, part, cancel);
        await foreach (var v in db.Set<HometownVisit>().AsNoTracking().Where(v => v.County == county.Digits && v.VisitedOn <= asOf).AsAsyncEnumerable().WithCancellation(cancel))
        {
            part(new("C18h", v.Area, null, v.Households, 0));
            part(new("C18p", v.Area, null, v.People, 0));
            part(new("C18m", v.Area, null, v.People, v.Households));
            part(new("C19a", v.Area, null, v.Suggestions, 0));
            part(new("C19b", v.Area, null, v.Disputes, 0));
            part(new("C19c", v.Area, null, v.Solved, 0));
        }
    }

    private async Task Teams(string county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var posted = policy.GroupKinds.Where(k => k.Posted).Select(k => k.Code).ToList();
        var teams = await db.Set<OrgGroup>().AsNoTracking().Where(g => g.County == county && posted.Contains(g.Kind) && g.FromOn <= asOf && (g.ToOn == null || g.ToOn >= asOf))
            .Select(g => new { g.Area, People = db.Set<OrgMember>().Count(m => m.County == g.County && m.GroupId == g.Id && m.FromOn <= asOf && (m.ToOn == null || m.ToOn >= asOf)) }).ToListAsync(cancel);
        foreach (var team in teams)
        {
            part(new("C08n", team.Area, null, 1, 0));
            part(new("C08p", team.Area, null, team.People, 0));
            part(new("C08m", team.Area, null, team.People, 1));
        }
    }

    private async Task Links(AreaCode county, DateOnly asOf, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var linked = (await db.Set<AreaLink>().AsNoTracking().Where(l => l.County == county.Digits && l.FromOn <= asOf && (l.ToOn == null || l.ToOn >= asOf)).Select(l => l.Area).Distinct().ToListAsync(cancel)).ToHashSet();
        // The villages are those of the register: figures are about places where somebody lives.
        foreach (var village in (await households.ByArea(county, asOf, [new(null, null)], cancel))[0].Select(p => p.Area).Where(a => a.Length == (int)AreaLevel.Village).Distinct())
            part(new("C14", village, null, linked.Contains(village) ? 1 : 0, 1));
    }

    private async Task Held(string county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (year, month) = (new DateOnly(asOf.Year, 1, 1), new DateOnly(asOf.Year, asOf.Month, 1));
        var held = await db.Set<Meeting>().AsNoTracking().Where(m => m.County == county && m.HeldOn >= year && m.HeldOn <= asOf && (m.State == MeetingState.Held || m.State == MeetingState.Signed))
            .Select(m => new { m.Area, m.Kind, m.HeldOn, m.Attended }).ToListAsync(cancel);
        foreach (var m in held)
        {
            switch (policy.MeetingKind(m.Kind)?.CountsAs)
            {
                case "party_committee":
                    part(new("C12a", m.Area, null, 1, 0));
                    break;
                case "government":
                    part(new("C12b", m.Area, null, 1, 0));
                    break;
                case "leading_group":
                    part(new("C12c", m.Area, null, 1, 0));
                    break;
                case "training":
                    part(new("C13b", m.Area, null, 1, 0));
                    part(new("C13t", m.Area, null, m.Attended ?? 0, 0));
                    break;
                case "courtyard" when m.HeldOn >= month:
                    part(new("C17", m.Area, null, 1, 0));
                    break;
                default:
                    break;
            }
        }
    }
}
