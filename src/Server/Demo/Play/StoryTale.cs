using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

internal sealed partial class Tales
{
    private static readonly IReadOnlyList<CauseFound> StoryCauses = [new("01"), new("04")];

    /// <summary>
    /// The story of the fifth county report: a man of 42 with uraemia, lifted in 2015, a child at primary school, the allowance,
    /// a tenth of the treatment to pay himself. 80 citrus seedlings that bear next year, 50 ducklings just delivered.
    /// </summary>
    public async IAsyncEnumerable<int> Story(Home home, Guid lead)
    {
        yield return 1;
        await Dispatch(home, lead);
        await Accept(home, lead);
        yield return 2;
        var visit = await stage.Visit(home, VisitPurpose.Verification, new Dictionary<VisitSubject, string>
        {
            [VisitSubject.Medical] = "户主患尿毒症，每月透析，报销后仍要自付一成，家底已经掏空。",
            [VisitSubject.IncomeAndWork] = "干不了重活，靠低保生活；去年栽下的晚柚要到明年才挂果，上个月收入只有几百元。",
        }, income: 9_540, needs: "盼望晚柚早点挂果；希望养些鸭子，离家近、不费力。");
        var id = (await OnLead(home.People.Cadre, lead, new(LeadEvent.Escalate, "虽已脱贫，日子仍紧巴，返贫风险高。", Visit: visit))).Case!.Value;
        yield return 1;
        await OnCase(home.People.Cadre, id, new(CaseEvent.Verify, Evidence: [await stage.Page(EvidenceKinds.Application, home), await stage.Page(EvidenceKinds.Authorisation, home)],
            Visit: visit, Causes: StoryCauses));
        yield return 1;
        await OnCase(stage.People["health"], id, new(CaseEvent.AnswerMatching, Evidence: [Stage.Words(EvidenceKinds.MatchingResult,
            "医保：十二个月慢特病门诊结算每月自付520元；民政：享受低保；教育：子女在校；住建、水利：安全；银行、车辆、不动产：无。")]));
        yield return 1;
        await OnCase(home.People.Secretary, id, new(CaseEvent.PassReview, Evidence: [await stage.Page(EvidenceKinds.Minutes, home)], Attended: 34, VotesFor: 33, VotesAgainst: 0,
            Category: "UnstableLifted"));
        await HangOut(home, NoticeKind.Identification, id);
        yield return UntilNoticeIsOver();
        await OnCase(home.People.Cadre, id, new(CaseEvent.CloseNotice));
        yield return 1;
        await OnCase(stage.People["townlead"], id, new(CaseEvent.PassTownship, Evidence: [Stage.Words(EvidenceKinds.Checklist, "程序到位，材料齐全，公示无异议。")]));
        yield return 1;
        await OnCase(stage.People["county"], id, new(CaseEvent.Approve, Evidence: [Stage.Words(EvidenceKinds.Decision, "同意纳入监测，医疗、产业、教育措施一并落实。")]));
        yield return 1;
        await Assign(home);
        yield return 1;
        await PlanOfStory(home);
        yield return 1;
        await ApprovePlan(home);
        await foreach (var days in HelpOfStory(home))
            yield return days;
    }

    /// <summary>The pairing helper makes the plan, since the helper sees the household.</summary>
    private async Task PlanOfStory(Home home)
    {
        var (helper, from) = (await stage.Assigned("helper"), stage.Today);
        PlannedMeasure Measure(string cause, string type, string unit, string person, decimal? amount, string quantity, int days, string? department = null) =>
            new(null, cause, type, unit, person, department, amount, quantity, from, from.AddDays(days));
        await stage.Do<MakePlan, Guid>(p => p.Run(helper, home.Id, new("透析不断、孩子不辍学，养鸭当年见效，晚柚明年挂果，收入稳定超过监测线。", StoryCauses,
        [
            Measure("01", "M402", "县医保部门", "医疗救助经办", 4_680, "大病保险、医疗救助一站式结算", 180, "medical_insurance"),
            Measure("01", "M403", "镇卫生院", "签约家庭医生", null, "家庭医生签约，每月随访1次", 180),
            Measure("01", "M501", "镇中心小学", "资助专干", 1_000, "义务教育家庭经济困难学生生活补助", 100),
            Measure("04", "M801", "镇民政办", "民政经办", 5_040, "继续享受低保", 200),
            Measure("04", "M101", "镇农业服务中心", "产业专干", 640, "80株垫江晚柚苗", 540),
            Measure("04", "M101", "村集体经济组织", "产业专干", 500, "50只鸭苗", 12),
            // The last day of the play: somebody has to see to it today.
            Measure("04", "M105", "镇农业服务中心", "果树技术员", null, "晚柚管护技术到户，夏季修剪", UntilTheEnd),
            Measure("04", "M106", "结对帮扶单位", "结对帮扶责任人", null, "联系帮扶单位食堂收购成鸭", 90),
        ]), stage.Cancel));
    }

    private int UntilTheEnd => stage.LastDay.DayNumber - stage.Today.DayNumber;

    private async IAsyncEnumerable<int> HelpOfStory(Home home)
    {
        yield return 1;
        foreach (var what in new[] { "M402", "M403", "M801", "80株", "50只", "M105" })
            await OnMeasure(home.People.Cadre, await MeasureOf(home, what), new(MeasureEvent.Start));
        yield return 1;
        var helper = await stage.Assigned("helper");
        await OnMeasure(helper, await MeasureOf(home, "50只"), new(MeasureEvent.Deliver, Evidence: [new(EvidenceKinds.Receipt, await stage.Pictures.Yard(2, stage.Cancel))],
            Amount: 500, Quantity: "50只鸭苗"));
        await stage.Visit(home, VisitPurpose.Monthly, by: helper, needs: "鸭棚还差一道围网。", trouble: new Dictionary<VisitSubject, string>
        {
            [VisitSubject.IncomeAndWork] = "鸭苗到户，户主说有奔头；围网不够，怕黄鼠狼。",
        });
        await OnMeasure(home.People.Cadre, await MeasureOf(home, "M801"), new(MeasureEvent.Deliver, Evidence: [new(EvidenceKinds.Receipt, await stage.Pictures.Signature(3, stage.Cancel))],
            Amount: 420, Quantity: "6月低保金"));
        yield return 4;
        await OnMeasure(stage.People["town"], await MeasureOf(home, "M801"), new(MeasureEvent.FindEffective,
            Evidence: [Stage.Words(EvidenceKinds.Effect, "低保金按月到账，基本生活有保障。")], IncomeGain: 5_040, HouseholdConfirms: true));
        yield return 3;
        var officer = await stage.Assigned("officer");
        await stage.Visit(home, VisitPurpose.FollowUp, by: officer, trouble: new Dictionary<VisitSubject, string>
        {
            [VisitSubject.Medical] = "六月有一次透析没有走一站式结算，自己先垫了钱。",
        }, needs: "请帮忙把垫付的透析费报下来。");
        await stage.Do<ILedger, Guid>(l => l.Report(new("visit", null, home.Village, home.Id, "medical", "一次透析费用未走一站式结算，由农户垫付。", stage.Today), home.People.Cadre, stage.Cancel));
        yield return 1;
        var issue = (await stage.Ask<ILedger, IReadOnlyList<IssueRef>>(l => l.Of(home.Village.County.Digits, home.Id, stage.Cancel)))[0].Id;
        await OnIssue(stage.People["town"], issue, new(IssueEvent.Assign, Task: "联系医院补办一站式结算，退还垫付费用", Unit: home.People.Name, Person: home.People.Cadre.DisplayName,
            PersonUser: home.People.Cadre.User, DueOn: stage.LastDay.AddDays(3)));
        await OnIssue(home.People.Cadre, issue, new(IssueEvent.Start));
    }

    /// <summary>A measure of the story, by its code or the beginning of what it brings.</summary>
    private async Task<Guid> MeasureOf(Home home, string what) => (await Measures(home)).Single(m => m.Type == what || m.Quantity?.StartsWith(what, StringComparison.Ordinal) == true).Id;
}
