using Shouwang.Kernel;

namespace Shouwang.Modules.Campaigns;

/// <summary>Every refusal about drives. The codes are part of the interface: add, never reuse.</summary>
internal static class Refusals
{
    public static Problem NotFound { get; } = new("campaigns.not-found", 404,
        new("您的区域内没有这个战役。", "There is no such drive in your area."),
        new("请从战役列表打开。", "Open it from the list of drives."));

    public static Problem NoTemplate(string code) => new("campaigns.no-template", 422,
        new($"没有战役方案“{code}”。", $"There is no plan '{code}'."),
        new("请从列表中选择；方案写在政策包 campaigns 中。", "Choose one of the list; plans stand under campaigns in the policy pack."));

    public static Problem NoName { get; } = new("campaigns.no-name", 422,
        new("请写战役名称。", "The drive has no name."),
        new("如：某某县百日大会战。", "Such as: the county's hundred days."));

    public static Problem NoAreas { get; } = new("campaigns.no-areas", 422,
        new("没有选择乡镇，或乡镇不在本县。", "No township of this county was chosen."),
        new("请勾选全县或若干乡镇。", "Choose the whole county, or some townships."));

    public static Problem BadScope(string scope, Text what, Text remedy) => new("campaigns.bad-scope", 422,
        new($"范围条件“{scope}”不成立：{what.Zh}", $"The condition of the scope, '{scope}', is not valid: {what.En}"),
        remedy);

    public static Problem StagesOutOfOrder(Text stage) => new("campaigns.stages-out-of-order", 422,
        new($"“{stage.Zh}”的日期应在前一阶段之后，且止于开始之后。", $"The days of '{stage.En}' have to follow those of the stage before, and to end after they begin."),
        new("请更正起止日期。", "Correct the days."));

    public static Problem Ended { get; } = new("campaigns.ended", 409,
        new("战役已结束或取消，不能再改。", "The drive is closed or cancelled; nothing of it is changed any more."),
        new("如需继续，请另行发起。", "Start another one."));

    public static Problem Unfinished(IReadOnlyList<Text> missing) => new("campaigns.unfinished", 409,
        new($"还没有完成：{string.Join('；', missing.Select(m => m.Zh))}。", $"Not done yet: {string.Join("; ", missing.Select(m => m.En))}."),
        new("请先办完；确需先行推进的，写明理由，未完成事项会列入佐证材料。", "Finish it first; or go on with a reason: what is left open will stand in the proof pack."));

    public static Problem OutsideScope(string area) => new("campaigns.outside-scope", 422,
        new($"“{area}”不在战役范围内，或不在您的辖区。", $"'{area}' is not part of the drive, or lies outside your area."),
        new("请选择战役范围内的乡镇或村。", "Choose a township or village of the drive."));

    // --- teams

    public static Problem NoTeamKind(string kind) => new("campaigns.no-team-kind", 422,
        new($"方案中没有“{kind}”这类组。", $"The plan has no kind of team '{kind}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem NoTeam { get; } = new("campaigns.no-team", 404,
        new("没有这个组，或不在您的辖区。", "There is no such team, or it lies outside your area."),
        new("请刷新列表。", "Reload the list."));

    public static Problem NoMember { get; } = new("campaigns.no-member", 422,
        new("请写成员姓名和职务。", "A member has a name and a post."),
        new("如：张三，村党支部书记。", "Such as: the village's party secretary."));

    public static Problem TeamsThere { get; } = new("campaigns.teams-there", 409,
        new("每个村都已有这类组。", "Every village has such a team already."),
        new("请在原有的组里增加成员。", "Add members to the teams that are there."));

    // --- groups over townships

    public static Problem NoGroup { get; } = new("campaigns.no-group", 404,
        new("没有这个督战督导组，或它不属于方案中的类别。", "There is no such group, or it is of no kind of the plan."),
        new("请先在“组织队伍”中设立，再编入战役。", "Set it up under Organisation first, then take it into the drive."));

    public static Problem NoTownship { get; } = new("campaigns.no-township", 422,
        new("没有选择负责的乡镇。", "No township was chosen."),
        new("请至少勾选一个乡镇。", "Tick one township at least."));

    public static Problem NoDepartment(string department) => new("campaigns.no-department", 422,
        new($"没有部门“{department}”。", $"There is no department '{department}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem NotCovered(string group) => new("campaigns.not-covered", 422,
        new($"这里不归“{group}”负责。", $"The place is not covered by {group}."),
        new("请选择它负责的乡镇，或由负责这里的组记录。", "Choose one of its townships, or let the group record it that covers the place."));

    public static Problem NoSupervisionDay(DateOnly from, DateOnly to) => new("campaigns.no-supervision-day", 422,
        new($"督导日期应在 {from:yyyy-MM-dd} 至 {to:yyyy-MM-dd} 之间。", $"A supervision visit lies between {from:yyyy-MM-dd} and {to:yyyy-MM-dd}."),
        new("请更正日期。", "Correct the day."));

    public static Problem NoWords { get; } = new("campaigns.no-words", 422,
        new("没有写督导情况。", "It is not said what was looked at and found."),
        new("请写看了什么、情况怎样；要整改的另列为问题。", "Say what was looked at and how it was; what has to be mended is listed as a problem."));

    public static Problem ProblemIncomplete { get; } = new("campaigns.problem-incomplete", 422,
        new("问题要选类别并写明内容。", "A problem has a kind and words."),
        new("请补充完整，或清空这一行。", "Complete the line, or empty it."));

    // --- reviews

    public static Problem NoReviewDay(DateOnly from, DateOnly to) => new("campaigns.no-review-day", 422,
        new($"会审、审查日期应在 {from:yyyy-MM-dd} 至 {to:yyyy-MM-dd} 之间。", $"Reviews and examinations are held between {from:yyyy-MM-dd} and {to:yyyy-MM-dd}."),
        new("请更正日期。", "Correct the day."));

    public static Problem NoConclusion { get; } = new("campaigns.no-conclusion", 422,
        new("请写参加人员和结论。", "Say who was there and what was concluded."),
        new("走访户数和问题已自动列出，只需写结论。", "Visits and problems are listed already; only the conclusion is written."));

    public static Problem OwnReview { get; } = new("campaigns.own-review", 403,
        new("该村的会审由您本人记录，不能由您本人审查。", "The review of this village is your own work, and so not yours to examine."),
        new("请由审查组其他成员记录审查结果。", "Somebody else of the examination team has to do it."));

    // --- tables

    public static Problem NoColumn(string code) => new("campaigns.no-column", 422,
        new($"表中没有可填报的“{code}”。", $"The table has nothing to enter called '{code}'."),
        new("由农户汇总的数不填报；请从列表中选择。", "What is counted is not entered; choose one of the list."));

    public static Problem BadValue(Text column, string value, decimal least) => new("campaigns.bad-value", 422,
        new($"“{column.Zh}”不能填“{value}”：应为不小于 {least:0.##} 的数，是否类填 true 或 false。", $"'{column.En}' cannot be '{value}': it is a number, {least:0.##} or more; yes or no is true or false."),
        new("请更正。", "Correct it."));

    public static Problem TableIncomplete(int missing) => new("campaigns.table-incomplete", 409,
        new($"还缺 {missing} 项，不能确认核查。", $"{missing} values are missing; the table cannot be confirmed."),
        new("请先补齐村表或县表，户表缺项请入户或在数据导入中补。", "Fill the village or county table first; values of households come by visits and imports."));

    public static Problem OwnTable { get; } = new("campaigns.own-table", 403,
        new("表中的数由您本人填报，不能由您本人核查确认。", "The values were entered by you, and so are not yours to confirm."),
        new("请由乡镇或县级其他人员核查。", "Somebody else of the township or county has to do it."));

    public static Problem CheckedAlready { get; } = new("campaigns.checked-already", 409,
        new("这张表已确认核查。", "This table is confirmed already."),
        new("无需重复确认。", "There is no need to do it again."));

    // --- spot checks

    public static Problem BadPlan { get; } = new("campaigns.bad-plan", 422,
        new("抽查比例应在0至100之间，每层至少户数应在0至1000之间，且不能都为0。", "The share lies between 0 and 100, the least of a stratum between 0 and 1,000, and not both are 0."),
        new("如：比例5，至少2户。", "Such as 5 percent, and 2 at least."));

    public static Problem BadSeed { get; } = new("campaigns.bad-seed", 422,
        new("种子应为1至40个字母、数字或“-”。", "A seed has 1 to 40 letters, digits or hyphens."),
        new("可用开会时公开摇出的数，或留空由系统生成。", "Take a number drawn in public, or leave it empty."));

    public static Problem NobodyToDraw { get; } = new("campaigns.nobody-to-draw", 409,
        new("范围内没有农户可抽。", "There is no household to draw from."),
        new("请核对范围条件和已导入的数据。", "Check the scope and what was imported."));

    public static Problem NotSampled { get; } = new("campaigns.not-sampled", 404,
        new("该户不在样本中，或不在您的辖区。", "The household is not in the sample, or lies outside your area."),
        new("请从样本名单打开。", "Open it from the sample's list."));

    public static Problem OwnVisit { get; } = new("campaigns.own-visit", 403,
        new("该户在战役中由您本人走访，不能由您本人抽查。", "You visited this household yourself during the drive, and so do not check it."),
        new("请由抽查组其他成员核对。", "Somebody else has to check it."));

    public static Problem SayWhatDiffers { get; } = new("campaigns.say-what-differs", 422,
        new("不一致的，请选择问题类别并写明哪里不一致。", "Where it differs, choose the kind of problem and say what differs."),
        new("写清系统里是什么、现场是什么；会自动登记到问题台账。", "Say what the records have and what you saw; it is entered in the ledger by itself."));

    public static Problem ResultThere { get; } = new("campaigns.result-there", 409,
        new("该户已有核对结果。", "The household was checked already."),
        new("如有新的问题，请直接登记问题台账。", "Enter anything new in the ledger."));

    // --- sheets

    public static Problem NoSheet { get; } = new("campaigns.no-sheet", 404,
        new("没有这张责任清单，或不在您的辖区。", "There is no such sheet, or it lies outside your area."),
        new("请从清单列表打开。", "Open it from the list of sheets."));

    public static Problem SheetUnchanged { get; } = new("campaigns.sheet-unchanged", 409,
        new("内容没有变化，无需重新编制。", "Its contents are the same; there is nothing to prepare anew."),
        new("请直接签字。", "Sign the sheet as it is."));

    public static Problem NotASigner(IReadOnlyList<Text> signers) => new("campaigns.not-a-signer", 403,
        new($"这张清单由{string.Join('、', signers.Select(s => s.Zh))}签字，您的岗位不在其中或已签。", $"This sheet is signed by: {string.Join("; ", signers.Select(s => s.En))}; your post is not among them, or that place is signed."),
        new("请由相应岗位签字。", "Somebody with that post has to sign."));

    public static Problem SignedAlready { get; } = new("campaigns.signed-already", 409,
        new("您已在这张清单上签字。", "You have signed this sheet already."),
        new("一人只签一处。", "One person signs once."));

    public static Problem ChangedSince { get; } = new("campaigns.changed-since", 409,
        new("编制以后数据已变，签字前须重新编制。", "The figures have changed since it was prepared; prepare it anew before signing."),
        new("请点“重新编制”，核对后再签。", "Prepare it anew, look at it, then sign."));

    public static Problem OnlyPreparer { get; } = new("campaigns.only-preparer", 403,
        new("清单由您编制，不能只由您一人签字。", "You prepared the sheet, and so cannot be the only one who signs it."),
        new("请由其他签字人先签或共同签。", "Somebody else has to sign it, too."));

    // --- reports and packs

    public static Problem NotOfReports(string department) => new("campaigns.not-of-reports", 422,
        new($"方案中没有要求“{department}”报送自查评估。", $"The plan asks no self-assessment of '{department}'."),
        new("请选择方案列出的部门。", "Choose a department of the plan."));

    public static Problem ReportTooShort { get; } = new("campaigns.report-too-short", 422,
        new("自查评估没有写内容。", "The self-assessment has no text."),
        new("数字已自动列出，请写明自查情况、问题和整改。", "Figures are there already; say what was assessed, found and mended."));

    public static Problem NoPack { get; } = new("campaigns.no-pack", 404,
        new("没有这份佐证材料。", "There is no such proof pack."),
        new("请从列表打开。", "Open it from the list."));

    public static Problem NotYourCounty { get; } = new("campaigns.not-your-county", 403,
        new("佐证材料是全县的，由县级岗位打开。", "A proof pack is about the whole county, and opened by posts of the county."),
        new("请在战役页面看本辖区的情况。", "See your own area on the pages of the drive."));
}
