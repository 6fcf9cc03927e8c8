using Shouwang.Kernel;
using Shouwang.Kernel.Statistics;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight.Rankings;

/// <summary>Writes the card of a unit for a year: what it has come to, targets met, and last year beside it.</summary>
internal sealed class ComposeAppraisal(UnitFigures units, IFigures figures)
{
    public async Task<BulletinContent> Compose(AreaCode county, Policy policy, AppraisalSet set, string unit, BulletinPeriod period, DateOnly asOf, CancellationToken cancel)
    {
        var all = await units.Of(county, policy, set, asOf, cancel);
        var shares = await units.Read(county, policy, set, all, period, asOf, cancel);
        var rank = UnitFigures.Rank(set, shares, $"{county} {set.Code} {period.Text}").First(r => r.Unit == unit);
        var (own, name, last) = (shares[unit], all.First(u => u.Code == unit).Name, new BulletinPeriod(period.From.AddYears(-1), period.To.AddYears(-1)));
        // Without figures of last year there is nothing to compare with, and the column says so.
        var before = await figures.LastBefore(county, last.To.AddDays(1), cancel) is { } day && day >= last.From
            ? (await units.Read(county, policy, set, [.. all.Where(u => u.Code == unit)], last, day, cancel))[unit] : null;
        return new(new($"{name.Zh}{set.Title.Zh}（{period.Name.Zh}）", $"{name.En}: {set.Title.En}, {period.Name.En}"), new("", ""),
        [
            new(ComposeMonthly.Numbered(new("总的情况", "In short"), 0), [new(Words(set, own, rank, name, asOf), null)]),
            new(ComposeMonthly.Numbered(new("考核表", "Card"), 1), [new(null, Table(set, policy, own, before))]),
            new(ComposeMonthly.Numbered(new("指标说明", "About the indicators"), 2), [new(null, RankWords.Items(set, policy))]),
        ], 0);
    }

    private static ContentParagraph Words(AppraisalSet set, IReadOnlyList<UnitShare> own, UnitRank rank, Text name, DateOnly asOf)
    {
        var told = set.Items.Zip(own).Where(p => p.Second.Percent is not null).ToList();
        List<ContentField> fields =
        [
            RankWords.Field("day", BulletinDates.Of(asOf)), RankWords.Field("unit", name), RankWords.Field("met", $"{told.Count(p => p.First.IsMet(p.Second.Percent!.Value))}"),
            RankWords.Field("told", $"{told.Count}"), RankWords.Field("all", $"{set.Items.Count}"),
        ];
        Text score = new("件数太少，不计综合得分。", "There are too few cases for a score.");
        if (rank is { Rank: not null })
        {
            fields.AddRange([RankWords.Field("score", RankWords.Score(rank.Score)), RankWords.Field("range", RankWords.Range(rank))]);
            score = new("综合得分{score}；就现有件数，真实得分可能在{range}之间。", "The score is {score}; as far as so many cases can tell it may really lie in {range}.");
        }
        return new(new($"截至{{day}}，{{unit}}{{all}}项指标中有数的{{told}}项，达标{{met}}项。{score.Zh}",
            $"As of {{day}}, of {{all}} indicators {{unit}} has figures for {{told}} and meets the target in {{met}}. {score.En}"), fields, false);
    }

    private static ContentTable Table(AppraisalSet set, Policy policy, IReadOnlyList<UnitShare> own, IReadOnlyList<UnitShare>? before) => new(new("考核表", "Card"),
        [
            new(new("指标", "Indicator"), false), new(new("权重", "Weight"), true), new(new("数值", "Value"), true), new(new("目标", "Target"), true), new(new("达标", "Met"), false),
            new(new("得分", "Points"), true), new(new("上年", "Last year"), true), new(new("变化（百分点）", "Change (points)"), true),
        ],
        [.. set.Items.Select((item, i) => (IReadOnlyList<ContentCell>)
        [
            new(RankWords.TitleOf(item, policy)), ContentCell.Of($"{item.Weight}"), RankWords.Cell(own[i]), ContentCell.Of($"{(item.HigherIsBetter ? "≥" : "≤")} {Screen.Number(item.Target, 0)}%"),
            own[i].Percent is { } value ? new(item.IsMet(value) ? new("达标", "yes") : new("未达标", "no")) : ContentCell.Empty,
            own[i].Percent is { } v ? ContentCell.Of(Screen.Number(item.Points(v), 1)) : ContentCell.Empty,
            before is null ? ContentCell.Empty : RankWords.Cell(before[i]),
            own[i].Percent is { } now && before?[i].Percent is { } then ? ContentCell.Of($"{(now > then ? "+" : "")}{Screen.Number(now - then, 1)}") : ContentCell.Empty,
        ])], 0);
}
