using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Hometown;

/// <summary>A hometown visit to be entered; counts are 0 or more.</summary>
/// <param name="Funds">Yuan raised for the village.</param>
public sealed record NewHometownVisit(
    AreaCode Village, DateOnly On, string Visitor, string Unit, int Visitors, int Households, int People, int Suggestions = 0, int Disputes = 0, int Jobs = 0, int Solved = 0, decimal Funds = 0,
    string? Note = null);

/// <summary>A row of the register.</summary>
public sealed record HometownRow(HometownVisit Visit, string? Note);

/// <summary>What the visits of an area come to.</summary>
public sealed record HometownSums(int Visits, int Visitors, int Households, int People, int Suggestions, int Disputes, int Jobs, int Solved, Money Funds, int Villages);

/// <summary>The register of hometown visits.</summary>
internal sealed class HometownVisits(ShouwangDb db, Secrets secrets, Today today)
{
    public async Task<Outcome<Guid>> Enter(Actor actor, NewHometownVisit visit, CancellationToken cancel)
    {
        if (!actor.May(Permissions.HometownRecord, visit.Village))
            return Steps.NotPermitted(Permissions.HometownRecord);
        if (Faults(visit).ToList() is { Count: > 0 } problems)
            return problems;
        return await db.Atomically<Guid>(async () =>
        {
            var entered = new HometownVisit
            {
                County = actor.County, Id = Guid.CreateVersion7(), Area = visit.Village.Digits, VisitedOn = visit.On, Visitor = visit.Visitor.Trim(), Unit = visit.Unit.Trim(), Visitors = visit.Visitors,
                Households = visit.Households, People = visit.People, Suggestions = visit.Suggestions, Disputes = visit.Disputes, Jobs = visit.Jobs, Solved = visit.Solved,
                FundsFen = Money.FromYuan(visit.Funds), NoteEnc = secrets.Encrypt(string.IsNullOrWhiteSpace(visit.Note) ? null : visit.Note.Trim()), RecordedBy = actor.User,
                RecordedByName = actor.DisplayName, RecordedOn = today.Day,
            };
            db.Add(entered);
            db.Log("organisation.hometown-visit", visit.Village, visit.Unit.Trim(), actor.Name, today.Clock, new { visit.On, visit.Households, visit.People, visit.Solved });
            await db.SaveChangesAsync(cancel);
            return entered.Id;
        }, cancel);
    }

    /// <summary>Visits of an area, the latest first, and what all of them come to.</summary>
    public async Task<(IReadOnlyList<HometownRow> Rows, HometownSums Sums)> List(Actor actor, AreaCode? area, DateOnly? from, int limit, CancellationToken cancel)
    {
        var rows = db.Set<HometownVisit>().AsNoTracking().VisibleTo(actor, Permissions.OrganisationRead);
        if (area is { } a)
        {
            var (first, end) = (a.Digits, a.RangeEnd);
            rows = rows.Where(v => string.Compare(v.Area, first) >= 0 && string.Compare(v.Area, end) < 0);
        }
        if (from is { } day)
            rows = rows.Where(v => v.VisitedOn >= day);
        var sums = await rows.GroupBy(_ => 1).Select(g => new
        {
            Visits = g.Count(), Visitors = g.Sum(v => v.Visitors), Households = g.Sum(v => v.Households), People = g.Sum(v => v.People), Suggestions = g.Sum(v => v.Suggestions),
            Disputes = g.Sum(v => v.Disputes), Jobs = g.Sum(v => v.Jobs), Solved = g.Sum(v => v.Solved),
        }).SingleOrDefaultAsync(cancel);
        var funds = (await rows.Select(v => v.FundsFen).ToListAsync(cancel)).Aggregate(new Money(0), (sum, money) => sum + money);
        var villages = await rows.Select(v => v.Area).Distinct().CountAsync(cancel);
        var page = await rows.OrderByDescending(v => v.VisitedOn).ThenByDescending(v => v.Id).Take(limit).ToListAsync(cancel);
        return ([.. page.Select(v => new HometownRow(v, actor.SeesMasked ? null : secrets.Decrypt(v.NoteEnc)))],
            sums is null ? new(0, 0, 0, 0, 0, 0, 0, 0, new(0), 0) : new(sums.Visits, sums.Visitors, sums.Households, sums.People, sums.Suggestions, sums.Disputes, sums.Jobs, sums.Solved, funds, villages));
    }

    private IEnumerable<Problem> Faults(NewHometownVisit visit)
    {
        if (visit.Village.Level != AreaLevel.Village)
            yield return NotAVillage;
        if (string.IsNullOrWhiteSpace(visit.Visitor) || string.IsNullOrWhiteSpace(visit.Unit))
            yield return NoVisitor;
        if (visit.On > today.Day)
            yield return InFuture;
        if (visit.Visitors < 1 || visit.Households < 1 || visit.People < visit.Households
            || visit.Suggestions < 0 || visit.Disputes < 0 || visit.Jobs < 0 || visit.Solved < 0 || visit.Funds < 0)
            yield return BadCount;
    }

    private static Problem NotAVillage { get; } = new("hometown.not-a-village", 422,
        new("返乡走访要落到村。", "A hometown visit is to one village."),
        new("请选择村。", "Choose the village."));

    private static Problem NoVisitor { get; } = new("hometown.no-visitor", 422,
        new("没有填写返乡人员或单位。", "Nobody came, or from no unit."),
        new("请填写牵头人姓名和单位。", "Give who led the visit, and the unit."));

    private static Problem InFuture { get; } = new("hometown.in-future", 422,
        new("走访日期不能晚于今天。", "The visit cannot lie in the future."),
        new("请更正日期。", "Correct the day."));

    private static Problem BadCount { get; } = new("hometown.bad-count", 422,
        new("人数、户数要大于0，走访人口不少于户数，其余不小于0。", "Visitors and households are above 0, people not fewer than households, everything else not below 0."),
        new("请核对数字。", "Check the numbers."));
}
