using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Insight.Rankings;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Insight.Bulletins;

/// <param name="Template">The template of the policy, or the set of indicators.</param>
/// <param name="Period"><c>2020-06</c>, <c>2020-Q2</c>, <c>2020</c>.</param>
/// <param name="Unit">Of a card the area's digits or the department's code; empty for every unit of the set, a card each.</param>
internal sealed record BulletinAsk(BulletinKind Kind, string Template, string Period, string Unit = "");

/// <summary>Writes a bulletin, a ranking or cards from the figures of the end of the period: a draft, which people go on with.</summary>
internal sealed class WriteBulletin(ShouwangDb db, Policies policies, IFigures figures, ComposeMonthly monthly, ComposeRanking ranking, ComposeAppraisal appraisal, UnitFigures units, Today today)
{
    /// <returns>The drafts: one, or of an appraisal of all units one each.</returns>
    public Task<Outcome<List<Guid>>> Write(Actor actor, BulletinAsk ask, CancellationToken cancel) => Write(actor, ask, null, cancel);

    /// <summary>Writes anew what was published: an issue of its own, which takes the old one's place when it is published.</summary>
    public async Task<Outcome<List<Guid>>> Correct(Actor actor, Guid id, CancellationToken cancel)
    {
        var county = actor.County;
        return await db.Set<Bulletin>().AsNoTracking().SingleOrDefaultAsync(b => b.County == county && b.Id == id && b.State == BulletinState.Published, cancel) is { } old
            ? await Write(actor, new(old.Kind, old.Template, new BulletinPeriod(old.PeriodFrom, old.PeriodTo).Text, old.Unit), old, cancel)
            : BulletinRefusals.NotFound;
    }

    private Task<Outcome<List<Guid>>> Write(Actor actor, BulletinAsk ask, Bulletin? old, CancellationToken cancel) => db.Atomically<List<Guid>>(async () =>
    {
        var county = actor.Area.County;
        if (!actor.May(Permissions.BulletinsWrite, county))
            return Steps.NotPermitted(Permissions.BulletinsWrite);
        if (BulletinPeriod.Parse(ask.Kind, ask.Period.Trim()) is not { } period)
            return BulletinRefusals.NoPeriod(ask.Period);
        if (today.Day < period.To)
            return BulletinRefusals.NotOver(period.To);
        if (await figures.LastBefore(county, period.To.AddDays(1), cancel) is not { } asOf || asOf < period.From)
            return BulletinRefusals.NoFigures(period.From, period.To);
        var policy = await policies.For(county, asOf, cancel);
        var wanted = await UnitsOf(county, policy, ask, asOf, cancel);
        if (!wanted.Succeeded)
            return wanted.Problems.ToList();
        var written = new List<Guid>();
        foreach (var unit in wanted.Value)
        {
            if (await Standing(county, ask, unit, period, cancel) is { } other && other.Id != old?.Id)
                return BulletinRefusals.Exists(other.Code);
            var content = await Compose(county, policy, ask.Kind, ask.Template, unit, period, asOf, cancel);
            var bulletin = new Bulletin
            {
                County = county.Digits, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), Code = await db.TakeNumber(county.Digits, Letter(ask.Kind), today.Day, cancel), Kind = ask.Kind,
                Area = AreaCode.TryParse(unit, out var area) && unit.Length > 0 ? area.Digits : county.Digits, Template = ask.Template, Unit = unit, PeriodFrom = period.From, PeriodTo = period.To,
                AsOf = asOf, State = BulletinState.Draft, Content = content.Json, WrittenBy = actor.User, WrittenByName = actor.DisplayName, WrittenOn = today.Day, ReplacesId = old?.Id,
            };
            db.Add(bulletin);
            db.Add(TakeBulletinStep.StepOf(bulletin, BulletinState.Draft, BulletinEvent.Write, "[]", null, actor, today));
            db.Log($"insight.bulletin.{BulletinEvent.Write}", new(bulletin.Area), bulletin.Code, actor.Name, today.Clock, new { bulletin.Kind, bulletin.Template, bulletin.Unit, Period = period.Text, bulletin.AsOf, Corrects = old?.Code });
            written.Add(bulletin.Id);
        }
        return written;
    }, cancel);

    /// <summary>The text as it comes out of the figures now.</summary>
    public Task<BulletinContent> Compose(AreaCode county, Policy policy, BulletinKind kind, string template, string unit, BulletinPeriod period, DateOnly asOf, CancellationToken cancel) => kind switch
    {
        BulletinKind.Monthly => monthly.Compose(county, policy, policy.Bulletins.First(t => t.Code == template), period, asOf, cancel),
        BulletinKind.Ranking => ranking.Compose(county, policy, policy.AppraisalSets.First(s => s.Code == template), period, asOf, cancel),
        BulletinKind.Appraisal => appraisal.Compose(county, policy, policy.AppraisalSets.First(s => s.Code == template), unit, period, asOf, cancel),
    };

    private async Task<Outcome<List<string>>> UnitsOf(AreaCode county, Policy policy, BulletinAsk ask, DateOnly asOf, CancellationToken cancel)
    {
        List<string> whole = [""];
        if (ask.Kind == BulletinKind.Monthly)
            return policy.Bulletins.Any(t => t.Code == ask.Template) ? whole : BulletinRefusals.NoTemplate(ask.Template);
        if (policy.AppraisalSets.FirstOrDefault(s => s.Code == ask.Template && s.Use == (ask.Kind == BulletinKind.Ranking ? SetUse.Ranking : SetUse.Appraisal)) is not { } set)
            return BulletinRefusals.NoTemplate(ask.Template);
        if (ask.Kind == BulletinKind.Ranking)
            return whole;
        var all = (await units.Of(county, policy, set, asOf, cancel)).Select(u => u.Code).ToList();
        if (ask.Unit.Length == 0)
            return all;
        return all.Contains(ask.Unit) ? new List<string> { ask.Unit } : BulletinRefusals.NoUnit(ask.Unit);
    }

    private Task<Bulletin?> Standing(AreaCode county, BulletinAsk ask, string unit, BulletinPeriod period, CancellationToken cancel)
    {
        var (digits, kind, template, from) = (county.Digits, ask.Kind, ask.Template, period.From);
        return db.Set<Bulletin>().AsNoTracking().Where(b => b.County == digits && b.Kind == kind && b.Template == template && b.Unit == unit && b.PeriodFrom == from && BulletinStates.Live.Contains(b.State))
            // A correction that is under way stands before what it corrects.
            .OrderByDescending(b => b.ReplacesId != null).FirstOrDefaultAsync(cancel);
    }

    private static char Letter(BulletinKind kind) => kind switch { BulletinKind.Monthly => 'B', BulletinKind.Ranking => 'R', BulletinKind.Appraisal => 'A' };
}
