using Shouwang.Kernel;
using Shouwang.Kernel.Statistics;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight.Rankings;

/// <summary>Writes the ranking of a quarter. Units that chance may have put apart share a rank; units with too few cases have none.</summary>
internal sealed class ComposeRanking(UnitFigures units)
{
    public async Task<BulletinContent> Compose(AreaCode county, Policy policy, AppraisalSet set, BulletinPeriod period, DateOnly asOf, CancellationToken cancel)
    {
        var all = await units.Of(county, policy, set, asOf, cancel);
        var shares = await units.Read(county, policy, set, all, period, asOf, cancel);
        var ranks = UnitFigures.Rank(set, shares, $"{county} {set.Code} {period.Text}");
        var names = all.ToDictionary(u => u.Code, u => u.Name);
        return new(new($"{set.Title.Zh}（{period.Name.Zh}）", $"{set.Title.En}, {period.Name.En}"), new("", ""),
        [
            new(ComposeMonthly.Numbered(new("结果", "Result"), 0), [new(Words(ranks, asOf), null), new(null, Table(ranks, names, set))]),
            new(ComposeMonthly.Numbered(new("各项数字", "The figures"), 1), [new(null, Figures(ranks, shares, names, set, policy))]),
            new(ComposeMonthly.Numbered(new("怎样比较", "How units are compared"), 2), [new(How(set), null), new(null, RankWords.Items(set, policy))]),
        ], 0);
    }

    private static ContentParagraph Words(IReadOnlyList<UnitRank> ranks, DateOnly asOf)
    {
        var (ranked, left) = (ranks.Count(r => r.Rank is not null), ranks.Count(r => r.Rank is null));
        var distinct = ranks.Select(r => r.Rank).OfType<int>().Distinct().Count();
        var result = distinct > 1 ? new Text("分出{ranks}个名次，同一名次内不分先后。", "They fall into {ranks} ranks; within a rank nobody stands before another.")
            : ranked == 1 ? new("没有别的单位可比，不分名次。", "There is no other unit to compare it with.")
            : ranked > 1 ? new("各单位的差别都在偶然波动之内，并列同一名次，不分先后。", "Chance may explain every difference between them: they share one rank.") : new("没有单位达到排名的最少件数。", "No unit has enough cases to be ranked.");
        Text few = left > 0 ? new("{left}个单位件数太少，不参加排名。", " {left} units have too few cases and are not ranked.") : new("", "");
        return new(new($"截至{{day}}，{{ranked}}个单位参加排名。{result.Zh}{few.Zh}", $"As of {{day}} {{ranked}} units are ranked. {result.En}{few.En}"),
        [
            RankWords.Field("day", BulletinDates.Of(asOf)), RankWords.Field("ranked", $"{ranked}"), .. distinct > 1 ? [RankWords.Field("ranks", $"{distinct}")] : Array.Empty<ContentField>(),
            .. left > 0 ? [RankWords.Field("left", $"{left}")] : Array.Empty<ContentField>(),
        ], false);
    }

    private static ContentTable Table(IReadOnlyList<UnitRank> ranks, Dictionary<string, Text> names, AppraisalSet set) => new(new("名次", "Ranks"),
        [
            new(new("名次", "Rank"), false), new(RankWords.Of(set.Units), false), new(new("得分", "Score"), true), new(new("得分可能在", "May really be"), true), new(new("名次可能在", "Rank may really be"), true),
        ],
        [.. ranks.Select(r => (IReadOnlyList<ContentCell>)
        [
            new(ranks.Count(o => o.Rank is not null) == 1 && r.Rank is not null ? new("—", "—") : RankWords.Rank(r, ranks.Count(o => o.Rank == r.Rank) - 1)), new(names[r.Unit]), ContentCell.Of(r.Rank is null ? "—" : RankWords.Score(r.Score)), ContentCell.Of(RankWords.Range(r)),
            ContentCell.Of(RankWords.Possible(r)),
        ])], 0);

    private static ContentTable Figures(
        IReadOnlyList<UnitRank> ranks, IReadOnlyDictionary<string, IReadOnlyList<UnitShare>> shares, Dictionary<string, Text> names, AppraisalSet set, Policy policy) => new(new("各项数字", "The figures"),
        [new(RankWords.Of(set.Units), false), .. set.Items.Select(i => new ContentColumn(RankWords.TitleOf(i, policy), true))],
        [.. ranks.Select(r => (IReadOnlyList<ContentCell>)[new(names[r.Unit]), .. shares[r.Unit].Select(RankWords.Cell)])], 0);

    private static ContentParagraph How(AppraisalSet set) => new(
        new("只比成效和超期，不比做了多少，不比个人。户数少的单位，几户的差别就会把名次推前或推后；因此按件数算出每个单位得分可能所在的范围，与同档最好的单位范围重叠、分不出高下的，并列同一名次。"
            + "在各单位其实完全一样的情况下，一百次排名里至少九十五次会全部并列。到目标得100分，到零分线得0分，两头照比例延伸，所以得分可以低于0或高于100。半数以上权重的指标不足{least}件的单位不排名。",
            "Units are compared by outcomes and by what is overdue, not by how much they did, and people are not compared at all. In a small unit a few households move the rank; so each score comes "
            + "with the range in which it may really lie, as far as so many cases can tell, and units that cannot be told from the best of their rank, since the ranges overlap, share it. If all units were alike, at least 95 of 100 rankings would give one "
            + "common rank. The target gives 100 points and the line below it none; beyond them points go on in proportion, so that a score can be below 0 or above 100. A unit with fewer than {least} cases in half of the weights is not ranked."),
        [RankWords.Field("least", $"{set.Least}")], false);
}
