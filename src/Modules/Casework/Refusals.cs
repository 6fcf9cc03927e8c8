using Shouwang.Kernel;

namespace Shouwang.Modules.Casework;

/// <summary>Every refusal of this module. The codes are part of the interface: add, never reuse.</summary>
internal static class Refusals
{
    public static Problem NoHousehold { get; } = new("casework.no-household", 404,
        new("您的区域内没有这一户。", "There is no such household in your area."),
        new("请核对户编号。", "Check the household's code."));

    public static Problem NotFound { get; } = new("casework.not-found", 404,
        new("您的区域内没有这个事项。", "There is no such thing in your area."),
        new("它可能属于其他乡镇或已被撤回。", "It may belong elsewhere or have been withdrawn."));

    public static Problem NoVisit { get; } = new("casework.no-visit", 422,
        new("没有找到这次走访。", "This visit was not found."),
        new("请先登记走访，再办理本步。", "Record the visit first."));

    public static Problem VisitOfOther { get; } = new("casework.visit-of-other", 422,
        new("这次走访不是这一户的。", "This visit was to another household."),
        new("请选择本户的走访记录。", "Choose a visit to this one."));

    public static Problem VisitTooOld(DateOnly from) => new("casework.visit-too-old", 422,
        new($"走访早于 {from:yyyy-MM-dd}。", $"The visit was before {from:yyyy-MM-dd}."),
        new("请重新入户后再办理。", "Visit the household again."));

    public static Problem VisitByPhone { get; } = new("casework.visit-by-phone", 422,
        new("电话走访不能作为核实依据。", "A call does not verify anything."),
        new("请入户核实。", "Visit the household."));

    public static Problem TwoInvestigators { get; } = new("casework.two-investigators", 422,
        new("入户核实须两人以上。", "A verification needs two people or more."),
        new("请由两名以上人员共同入户并登记姓名。", "Go with somebody else, and record both names."));

    public static Problem NoCause { get; } = new("casework.no-cause", 422,
        new("没有选择风险类型。", "No cause of risk was chosen."),
        new("请至少选择一项，主要风险排在第一位。", "Choose at least one, the main one first."));

    public static Problem TooManyCauses { get; } = new("casework.too-many-causes", 422,
        new("风险类型最多五项。", "At most five causes."),
        new("请保留最主要的五项。", "Keep the five that matter most."));

    public static Problem UnknownCause(string code) => new("casework.unknown-cause", 422,
        new($"没有编号为“{code}”的风险类型。", $"There is no cause \"{code}\"."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem CauseTwice(string code) => new("casework.cause-twice", 422,
        new($"风险类型“{code}”重复。", $"The cause \"{code}\" is there twice."),
        new("每种风险只选一次。", "Choose each once."));

    public static Problem NoDisaster { get; } = new("casework.no-disaster", 422,
        new("选择了因自然灾害，但未选灾害子项。", "A natural disaster was chosen, but not which kind."),
        new("请选择洪涝、地质、旱灾等子项。", "Choose flood, drought or another kind."));

    public static Problem NoRemark { get; } = new("casework.no-remark", 422,
        new("选择了其他，但未填写备注。", "The cause is \"other\", but there is no remark."),
        new("请在备注中说明。", "Say in the remark what it is."));

    public static Problem Category(string category) => new("casework.unknown-category", 422,
        new($"当前政策没有类别“{category}”。", $"The policy has no category \"{category}\"."),
        new("请从列表中选择监测对象类别。", "Choose one of the list."));

    public static Problem NoCategory { get; } = new("casework.no-category", 422,
        new("没有确定监测对象类别。", "The monitoring category has not been decided."),
        new("请在评议或审定时选择类别。", "Choose it at the review or the decision."));

    public static Problem CategoryUnfit(Text category, Text why) => new("casework.category-unfit", 422,
        new($"该户不能认定为“{category.Zh}”：{why.Zh}。", $"The household cannot be \"{category.En}\": {why.En}."),
        new("请改选类别，或先更正户的脱贫属性。", "Choose another category, or correct the household's status first."));

    public static Problem Votes { get; } = new("casework.votes", 422,
        new("表决人数不对：同意与反对之和不能超过到会人数，且须有人到会。", "The votes do not add up: for and against together are more than were present, or nobody was."),
        new("请按会议记录更正。", "Correct them from the minutes."));

    public static Problem VotedDown { get; } = new("casework.voted-down", 422,
        new("同意票未过半，不能通过评议。", "Fewer than half voted for it, so it did not pass."),
        new("请选择“不予认定”并写明理由。", "Choose to reject it, and say why."));

    public static Problem NoNotice { get; } = new("casework.no-notice", 409,
        new("还没有张贴公示。", "No notice was put up yet."),
        new("请先发布村级公示。", "Publish one first."));

    public static Problem ObjectionStillOpen { get; } = new("casework.objection-open", 409,
        new("异议由“公示与异议”页面处理。", "Objections are handled on the page of notices."),
        new("全部处理后个案会自动继续。", "The case goes on by itself once all are handled."));

    public static Problem AlreadyOpen(string code) => new("casework.already-open", 409,
        new($"该户已有在办个案 {code}。", $"The household has an open case already: {code}."),
        new("请在该个案中继续办理。", "Go on with that one."));

    public static Problem NotMonitored { get; } = new("casework.not-monitored", 409,
        new("该户不是监测对象，也没有绿色通道个案。", "The household is not monitored and has no case in the green channel."),
        new("先完成识别认定，或启动绿色通道。", "Identify it first, or open the green channel."));

    public static Problem NoMeasures { get; } = new("casework.no-measures", 422,
        new("计划中没有帮扶措施。", "The plan has no measures."),
        new("请为每项风险至少选择一项措施。", "Choose at least one for each cause."));

    public static Problem UnknownMeasure(string type) => new("casework.unknown-measure", 422,
        new($"措施目录中没有“{type}”。", $"The catalogue has no measure \"{type}\"."),
        new("请从目录中选择。", "Choose one of the catalogue."));

    public static Problem MeasureIncomplete(int number, Text what) => new("casework.measure-incomplete", 422,
        new($"第 {number} 项措施：{what.Zh}。", $"Measure {number}: {what.En}."),
        new("请补充后再提交。", "Complete it and send it again."));

    public static Problem CauseWithoutMeasure(Text cause, Text families) => new("casework.cause-without-measure", 422,
        new($"风险“{cause.Zh}”没有对应的措施。", $"Nothing answers the cause \"{cause.En}\"."),
        new($"请选择其中一类：{families.Zh}。", $"Choose from one of: {families.En}."));

    public static Problem NoDevelopment(long able) => new("casework.no-developmental-measure", 422,
        new($"该户有 {able} 名劳动力，但没有开发式帮扶措施。", $"The household has {able} people who can work, but no developmental measure."),
        new("请增加产业、就业、公益岗位或金融类措施。", "Add a measure of industry, employment, posts or finance."));

    public static Problem NoDraft { get; } = new("casework.no-draft", 409,
        new("没有待审核的计划。", "There is no plan to approve."),
        new("请先提交计划。", "Somebody has to make one first."));

    public static Problem PlanNotApproved { get; } = new("casework.plan-not-approved", 409,
        new("帮扶计划尚未审核，措施不能开始。", "The plan has not been approved, so no measure can begin."),
        new("请先审核计划。", "Have it approved first."));

    public static Problem GuardsMissing(int count, Text missing) => new("casework.guards-missing", 409,
        new($"还有 {count} 项消除条件未满足：{missing.Zh}。", $"{count} conditions of elimination are not met: {missing.En}."),
        new("全部满足后再办理。", "Come back when all are."));

    public static Problem NaturalOnly { get; } = new("casework.natural-only", 409,
        new("尚未落实措施，只能提出自然消除。", "Nothing was done yet, so the risk can only have gone of itself."),
        new("选择自然消除并说明理由，或先落实措施。", "Choose natural elimination and say why, or carry the measures out first."));

    public static Problem VisitorsMissing { get; } = new("casework.visitors-missing", 422,
        new("没有登记走访人。", "The visitors are missing."),
        new("请登记走访人姓名和单位。", "Record their names and units."));

    public static Problem InFuture { get; } = new("casework.in-future", 422,
        new("日期不能晚于今天。", "The date lies in the future."),
        new("请更正日期。", "Correct it."));

    public static Problem SubjectsMissing(Text subjects) => new("casework.subjects-missing", 422,
        new($"未填写：{subjects.Zh}。", $"Not answered: {subjects.En}."),
        new("入户核实须逐项填写六个方面。", "A verification answers all six subjects."));

    public static Problem SignatureMissing { get; } = new("casework.signature-missing", 422,
        new("缺少农户签字。", "The household's signature is missing."),
        new("请上传签字。", "Upload it."));

    public static Problem FileMissing { get; } = new("casework.file-missing", 422,
        new("附件没有上传成功。", "An attached file has not arrived."),
        new("请重新上传。", "Upload it again."));

    public static Problem PersonMissing { get; } = new("casework.person-missing", 422,
        new("没有填写责任人姓名或单位。", "The person's name or unit is missing."),
        new("请补充完整。", "Fill them in."));

    public static Problem HandOverReason(string person) => new("casework.hand-over-reason", 422,
        new($"将从{person}移交，请说明原因。", $"This takes the household from {person}; say why."),
        new("写明移交原因和注意事项。", "Say why, and what the next person has to know."));

    public static Problem HandOverLater { get; } = new("casework.hand-over-later", 422,
        new("交接日期不能晚于今天。", "The day of the hand-over cannot lie in the future."),
        new("请在交接当天办理。", "Hand over on the day itself."));

    public static Problem HandOverTooEarly(DateOnly from) => new("casework.hand-over-too-early", 422,
        new($"其中有 {from:yyyy-MM-dd} 才开始帮扶的户，交接不能早于这一天。", $"Some of the households were taken over on {from:yyyy-MM-dd} only; the hand-over cannot lie before."),
        new($"请选择 {from:yyyy-MM-dd} 或以后的日期。", $"Choose {from:yyyy-MM-dd} or a later day."));

    public static Problem NothingToHandOver(string person) => new("casework.nothing-to-hand-over", 409,
        new($"在您的辖区内，{person}现在没有负责的户。", $"In your area {person} answers for no household now."),
        new("可能已经移交，请刷新页面。", "They may have been handed over already; reload the page."));

    public static Problem NoneChosen { get; } = new("casework.none-chosen", 422,
        new("没有选择农户。", "No household was chosen."),
        new("请至少勾选一户。", "Tick one at least."));

    public static Problem SamePerson { get; } = new("casework.same-person", 409,
        new("该户已由此人负责。", "This person answers for the household already."),
        new("无需重复指定。", "There is nothing to do."));

    public static Problem AmountNegative { get; } = new("casework.amount-negative", 422,
        new("金额不能为负数。", "The amount is negative."),
        new("请更正金额。", "Correct it."));
}
