using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Notices;

/// <summary>Data-quality rules about notices: DQ-96 and DQ-97 of FIELDS §D.</summary>
internal sealed class NoticeChecks(ShouwangDb db) : IQualityCheck
{
    public IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("DQ-96", QualitySeverity.Error, new("公示不足天数或缺照片", "notice too short or without evidence"), "U01"),
        new("DQ-97", QualitySeverity.Error, new("公示含敏感信息", "notice reveals private data"), "U01"),
    ];

    public async Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel)
    {
        var county = scope.County.Digits;
        await foreach (var notice in db.Set<Notice>().AsNoTracking().Where(n => n.County == county).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var lines = JsonSerializer.Deserialize<List<NoticeLine>>(notice.Lines, JsonTexts.Options)!;
            if (notice is { ClosedOn: { } closed, Withdrawn: false } && (closed < notice.EarliestEndOn || notice.Photos == "[]"))
                report(new("DQ-96", null, null, notice.Code, notice.Area, null, new(
                    $"公示 {notice.Code} 自 {notice.FromOn:yyyy-MM-dd} 至 {closed:yyyy-MM-dd}，{(notice.Photos == "[]" ? "缺少照片" : "天数不足")}。",
                    $"Notice {notice.Code} hung from {notice.FromOn:yyyy-MM-dd} to {closed:yyyy-MM-dd}: {(notice.Photos == "[]" ? "no photo" : "too short")}.")));
            var draft = new NewNotice(notice.Kind, new(notice.Area), notice.Title, notice.Body, notice.Place, notice.Contact, notice.FromOn, lines);
            foreach (var (where, leak) in PublishNotice.LeaksOf(draft, scope.Policy).DistinctBy(l => l.Leak.Kind))
                report(new("DQ-97", null, null, notice.Code, notice.Area, null, new(
                    $"公示 {notice.Code} 的{where.Zh}含有{LeakCheck.NameOf(leak.Kind).Zh}。", $"Notice {notice.Code}: the {where.En} holds {LeakCheck.NameOf(leak.Kind).En}.")));
        }
    }
}
