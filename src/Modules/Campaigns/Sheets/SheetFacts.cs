using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Reports;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Campaigns.Sheets;

/// <summary>Everything that can stand on a sheet, read once for all sheets of a drive.</summary>
internal sealed record SheetFacts(
    Campaign Campaign, CampaignTemplate Plan, Board Board, IReadOnlyList<TableRow> Villages, IReadOnlyList<TableRow> County, IReadOnlyDictionary<(string Village, TeamDuty Duty), int> Reviews,
    IReadOnlyList<(string Area, CheckResult Result)> Sampled, IReadOnlyDictionary<string, ReportRow> Reports)
{
    /// <summary>What a sheet for an area, or a department, says now.</summary>
    public SheetContents Contents(SheetTerm term, AreaCode area, string? department) =>
        new(Campaign.Code, term.Code, area.Digits, department, [.. term.Lines.Select(l => new LineValue(l, Value(l, area, department)))]);

    private string Value(SheetLine line, AreaCode area, string? department)
    {
        var place = Board.Of(area);
        return line switch
        {
            SheetLine.Households => Say(place.Households),
            SheetLine.Visited => Say(place.Visited),
            SheetLine.Unvisited => Say(place.Unvisited),
            SheetLine.ChecklistProblems => Say(place.ChecklistProblems),
            SheetLine.Found => Say(place.Found),
            SheetLine.PutRight => Say(place.PutRight),
            SheetLine.StruckOff => Say(place.StruckOff),
            SheetLine.Open => Say(place.Open),
            SheetLine.Overdue => Say(place.Overdue),
            SheetLine.TablesComplete => Say(place.Complete),
            SheetLine.ValuesMissing => Say(place.Missing),
            SheetLine.Cleaned => Say(place.Cleaned + place.Explained),
            SheetLine.ToClean => Say(place.ToClean),
            SheetLine.VillageTables => $"{Villages.Count(v => area.Contains(v.Area) && v.Done)}/{Villages.Count(v => area.Contains(v.Area))}",
            SheetLine.JointReviews => Say(Held(area, TeamDuty.JointReview)),
            SheetLine.Examinations => Say(Held(area, TeamDuty.Examination)),
            SheetLine.Sampled => Say(Sampled.Count(s => In(area, s.Area))),
            SheetLine.Agreed => Say(Sampled.Count(s => In(area, s.Area) && s.Result == CheckResult.Agrees)),
            SheetLine.Differed => Say(Sampled.Count(s => In(area, s.Area) && s.Result == CheckResult.Differs)),
            SheetLine.Unchecked => Say(Sampled.Count(s => In(area, s.Area) && s.Result == CheckResult.Waiting)),
            SheetLine.DepartmentOpen => Say(department is null ? Board.Departments.Values.Sum() : Board.Departments.GetValueOrDefault(department)),
            SheetLine.CountyTable => County.Where(c => department is null || c.Department == department).ToList() is var rows ? $"{rows.Sum(r => r.Cells.Count - r.Missing)}/{rows.Sum(r => r.Cells.Count)}" : "",
            // The report itself is signed by its hash.
            SheetLine.Report => department is not null && Reports.GetValueOrDefault(department) is { } report ? report.Hash : "—",
        };
    }

    private int Held(AreaCode area, TeamDuty duty) => Reviews.Where(r => r.Key.Duty == duty && In(area, r.Key.Village)).Sum(r => r.Value);

    private static bool In(AreaCode area, string place) => place.StartsWith(area.Digits, StringComparison.Ordinal);

    private static string Say(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static Text NameOf(SheetLine line) => line switch
    {
        SheetLine.Households => new("应排查户数", "Households in scope"),
        SheetLine.Visited => new("已入户排查", "Visited"),
        SheetLine.Unvisited => new("尚未入户", "Not visited yet"),
        SheetLine.ChecklistProblems => new("清单项有问题（项次）", "Checklist items with a problem"),
        SheetLine.Found => new("发现问题", "Problems found"),
        SheetLine.PutRight => new("已整改", "Put right"),
        SheetLine.StruckOff => new("已销号", "Struck off"),
        SheetLine.Open => new("未销号", "Not struck off"),
        SheetLine.Overdue => new("超期", "Overdue"),
        SheetLine.TablesComplete => new("户表完整户数", "Households with a complete table"),
        SheetLine.ValuesMissing => new("户表缺项", "Values missing in household tables"),
        SheetLine.Cleaned => new("已清洗或已说明的数据疑点", "Findings cleaned or explained"),
        SheetLine.ToClean => new("待清洗的数据疑点", "Findings still to be cleaned"),
        SheetLine.VillageTables => new("已核查村表", "Village tables confirmed"),
        SheetLine.JointReviews => new("会审次数", "Joint reviews"),
        SheetLine.Examinations => new("审查次数", "Examinations"),
        SheetLine.Sampled => new("抽查户数", "Households sampled"),
        SheetLine.Agreed => new("抽查一致", "Agree"),
        SheetLine.Differed => new("抽查不一致", "Differ"),
        SheetLine.Unchecked => new("抽中未核对", "Sampled, not checked yet"),
        SheetLine.DepartmentOpen => new("本部门未销号问题", "Problems of the department not struck off"),
        SheetLine.CountyTable => new("县表已填项", "Values of the county table"),
        SheetLine.Report => new("自查评估报告（哈希）", "Self-assessment (hash)"),
    };
}
