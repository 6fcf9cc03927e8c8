using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Enters income lines. A line without a source is refused: lines are never invented (DESIGN §11).</summary>
internal sealed class Lines(ShouwangDb db, TimeProvider clock) : ILines
{
    public async Task<Outcome<Guid>> Enter(Actor actor, LineEntry entry, CancellationToken cancel)
    {
        if (!actor.May(Permissions.LinesEdit, entry.Area))
            return Refusals.NotPermitted(Permissions.LinesEdit);
        var problems = Check(entry).ToList();
        if (problems.Count > 0)
            return problems;

        var line = new PolicyLine
        {
            County = entry.Area.County.Digits, Id = Guid.CreateVersion7(clock.GetUtcNow()), Area = entry.Area.Digits, FromOn = entry.From, ToOn = entry.To,
            PovertyFen = Fen(entry.Poverty), MonitoringFen = Fen(entry.Monitoring), Source = entry.Source.Trim(), EnteredBy = actor.Name, EnteredAt = clock.GetUtcNow(),
        };
        db.Add(line);
        db.Log("lines.entered", entry.Area, line.Id.ToString(), actor.Name, clock, entry);
        await db.SaveChangesAsync(cancel);
        return line.Id;
    }

    public async Task<IReadOnlyList<LineEntry>> Entered(AreaCode county, CancellationToken cancel) =>
        [.. (await db.Set<PolicyLine>().AsNoTracking().Where(l => l.County == county.Digits).OrderByDescending(l => l.FromOn).ToListAsync(cancel)).Select(l => l.ToEntry())];

    private static long? Fen(decimal? yuan) => yuan is { } y ? Money.FromYuan(y).Fen : null;

    private static IEnumerable<Problem> Check(LineEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Source))
            yield return new("lines.no-source", 422, new("没有注明文件依据。", "The source is missing."),
                new("请写明文件名称和文号。", "Give the document and its number: it is shown wherever the line is used."));
        if (entry.Poverty is null && entry.Monitoring is null)
            yield return new("lines.no-amount", 422, new("没有填写金额。", "No amount was given."), new("请填写扶贫标准或监测线。", "Give the poverty line, the monitoring line, or both."));
        if (entry.Poverty is <= 0 or > 1_000_000 || entry.Monitoring is <= 0 or > 1_000_000)
            yield return new("lines.bad-amount", 422, new("金额应为每人每年的元数，大于0。", "The amount is yuan a head and year, above 0."), new("请检查单位。", "Check the unit."));
        if (entry.Monitoring < entry.Poverty)
            yield return new("lines.below-poverty", 422, new("监测线低于扶贫标准。", "The monitoring line is below the poverty line."), new("请核对两个数字。", "Check the two numbers."));
        if (entry.To < entry.From)
            yield return new("lines.bad-dates", 422, new("结束日期早于开始日期。", "The last day is before the first."), new("请核对日期。", "Check the dates."));
    }
}
