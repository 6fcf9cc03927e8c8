using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>How an identification goes.</summary>
/// <param name="Stop">The state it is left in.</param>
/// <param name="Objection">Somebody objects during the notice: null nobody, else whether rightly.</param>
/// <param name="Returned">The township sends it back once.</param>
/// <param name="Help">What follows the registration.</param>
/// <param name="Pace">Days the village takes longer over a step than it could.</param>
internal sealed record CaseCourse(CaseState Stop, bool? Objection = null, bool Returned = false, HelpCourse Help = HelpCourse.Identified, int Pace = 0);

internal sealed partial class Tales
{
    /// <summary>From a lead through the whole procedure, as far as the course goes.</summary>
    public async IAsyncEnumerable<int> Case(Home home, Guid lead, CaseCourse course)
    {
        yield return 1;
        await Dispatch(home, lead);
        yield return course.Pace;
        await Accept(home, lead);
        yield return 1;
        var visit = await stage.Visit(home, VisitPurpose.Verification, Troubles.Found(home), needs: "希望有稳定的收入来源。");
        var id = (await OnLead(home.People.Cadre, lead, new(LeadEvent.Escalate, Troubles.Said(home), Visit: visit))).Case!.Value;
        await foreach (var days in FromApplication(home, id, visit, course))
            yield return days;
    }

    /// <summary>A shock that cannot wait: help first, the procedure afterwards.</summary>
    public async IAsyncEnumerable<int> GreenChannel(Home home, Guid lead, CaseCourse course)
    {
        var id = (await OnLead(home.People.Clerk, lead, new(LeadEvent.OpenGreenChannel, "家中主要劳动力重伤住院，需要马上救助。",
            [Stage.Words(EvidenceKinds.Approval, "同意先行救助，十五个工作日内补齐手续。")]))).Case!.Value;
        yield return 1;
        await Plan(home, Troubles.Causes(home));
        await ApprovePlan(home);
        await Start(home, 0, 1);
        yield return 1;
        await Deliver(home, 0);
        var visit = await stage.Visit(home, VisitPurpose.Verification, Troubles.Found(home));
        await foreach (var days in FromApplication(home, id, visit, course))
            yield return days;
    }

    private async IAsyncEnumerable<int> FromApplication(Home home, Guid id, Guid visit, CaseCourse course)
    {
        if (course.Stop == CaseState.Applied)
            yield break;
        if (course.Stop == CaseState.DataMatched)
        {
            yield return 1;
            await Match(home, id);
            yield break;
        }
        yield return course.Pace;
        await Verify(home, id, visit);
        if (course.Stop == CaseState.HouseholdVerified)
            yield break;
        yield return 1;
        if (course.Stop == CaseState.Withdrawn)
        {
            await OnCase(home.People.Cadre, id, new(CaseEvent.Withdraw, "农户表示儿子已找到工作，自愿撤回申请。"));
            yield break;
        }
        await Match(home, id);
        if (course.Stop == CaseState.VillageReview)
            yield break;
        yield return 1;
        if (course.Stop == CaseState.Rejected)
        {
            await OnCase(home.People.Secretary, id, new(CaseEvent.Reject, "评议认为该户有商铺出租收入，不符合监测条件，已当面说明理由。",
                [await stage.Page(EvidenceKinds.Minutes, home)], Attended: 29, VotesFor: 6, VotesAgainst: 21));
            yield break;
        }
        await foreach (var days in FromReview(home, id, course))
            yield return days;
    }

    private async IAsyncEnumerable<int> FromReview(Home home, Guid id, CaseCourse course)
    {
        var notice = await Review(home, id);
        if (course.Stop == CaseState.PublicNotice)
            yield break;
        if (course is { Objection: not null } or { Stop: CaseState.ObjectionHandling })
        {
            yield return 2;
            await Object(home, id, notice);
            if (course.Stop == CaseState.ObjectionHandling)
                yield break;
            yield return 1;
            await Answer(home, course.Objection == true);
            if (course.Objection == true)
            {
                yield return 1;
                await Review(home, id);
            }
        }
        yield return UntilNoticeIsOver();
        await OnCase(home.People.Cadre, id, new(CaseEvent.CloseNotice));
        if (course.Stop == CaseState.TownshipReview)
            yield break;
        yield return 1;
        if (course.Returned || course.Stop == CaseState.Returned)
        {
            await OnCase(home.People.Leader, id, new(CaseEvent.Return, "家庭成员务工收入与人社数据不一致，请重新入户核实。"));
            if (course.Stop == CaseState.Returned)
                yield break;
            yield return 1;
            await Verify(home, id, await stage.Visit(home, VisitPurpose.Verification, Troubles.Found(home)));
            yield return 1;
            await Review(home, id);
            yield return UntilNoticeIsOver();
            await OnCase(home.People.Cadre, id, new(CaseEvent.CloseNotice));
        }
        await OnCase(home.People.Leader, id, new(CaseEvent.PassTownship,
            Evidence: [Stage.Words(EvidenceKinds.Checklist, "申请书、授权书、走访记录、比对结果、评议记录和公示照片齐全，程序到位。")]));
        if (course.Stop == CaseState.CountyApproval)
            yield break;
        yield return 1;
        await OnCase(stage.People["county"], id, new(CaseEvent.Approve, Evidence: [Stage.Words(EvidenceKinds.Decision, "同意纳入监测，十日内制定帮扶计划。")]));
        await foreach (var days in Help(home, Troubles.Causes(home), course.Help))
            yield return days;
    }

    private Task<CaseState> OnCase(Actor actor, Guid id, CaseStepRequest request) => stage.Do<TakeCaseStep, CaseState>(s => s.Run(actor, id, request, stage.Cancel));

    private async Task Verify(Home home, Guid id, Guid visit) => await OnCase(home.People.Cadre, id, new(CaseEvent.Verify,
        Evidence: [await stage.Page(EvidenceKinds.Application, home), await stage.Page(EvidenceKinds.Authorisation, home)], Visit: visit, Causes: Troubles.Causes(home)));

    private Task<CaseState> Match(Home home, Guid id) => OnCase(home.Seed % 2 == 0 ? stage.People["health"] : home.People.Clerk, id, new(CaseEvent.AnswerMatching,
        Evidence: [Stage.Words(EvidenceKinds.MatchingResult, "医保、民政、人社、住建、水利、教育、残联、银行八部门比对，无车辆、商品房和财政供养人员。")]));

    /// <summary>The village assembly, and the notice on the same day with a photo of the board.</summary>
    private async Task<Guid> Review(Home home, Guid id)
    {
        var (attended, against) = (27 + home.Seed % 9, home.Seed % 3);
        await OnCase(home.People.Secretary, id, new(CaseEvent.PassReview, Evidence: [await stage.Page(EvidenceKinds.Minutes, home)], Attended: attended,
            VotesFor: attended - against - 1, VotesAgainst: against, Category: Troubles.Category(home, stage.Policy)));
        return await HangOut(home, NoticeKind.Identification, id);
    }

    private async Task<Guid> HangOut(Home home, NoticeKind kind, Guid subject)
    {
        var cadre = home.People.Cadre;
        var notice = await stage.Do<PostNotice, Guid>(p => p.Run(cadre, new(kind, [subject], $"{home.People.Name}村务公开栏", $"{home.People.Name}便民服务室，工作日上班时间"), stage.Cancel));
        var photo = await stage.Pictures.NoticeBoard(home.Seed, stage.Cancel);
        await stage.Do<AddNoticePhoto, int>(a => a.Run(cadre, notice, photo, stage.Cancel));
        return notice;
    }

    /// <summary>A neighbour objects on the public page of the notice.</summary>
    private async Task Object(Home home, Guid subject, Guid notice)
    {
        var county = home.Village.County.Digits;
        var standing = await stage.Ask<INotices, NoticeStanding?>(n => n.Standing(county, notice, subject, stage.Cancel));
        await stage.Do<LodgeObjection, string>(l => l.Run(county, standing!.Code, new(1, null, null, "听说这家在县城有门面房，请再查一查。"), stage.Cancel));
    }

    private async Task Answer(Home home, bool founded)
    {
        var secretary = home.People.Secretary;
        var open = await stage.Ask<NoticeQueries, IReadOnlyList<ObjectionRow>>(n => n.Objections(secretary, true, 50, stage.Cancel));
        await stage.Do<HandleObjection, ObjectionState>(h => h.Run(secretary, open.Single(o => o.Household == home.Id).Id, founded,
            founded ? "该户确有门面房，但已空置两年；重新评议收入情况后再公示。" : "经向不动产登记部门查询，门面房属于同名的另一户。", stage.Cancel));
    }

    /// <summary>Working days until a notice that is put up today has hung as long as the policy demands.</summary>
    private int UntilNoticeIsOver()
    {
        var (over, days) = (stage.Policy.Due("notice.village", stage.Today), 1);
        while (stage.Policy.WorkCalendar.AddWorkdays(stage.Today, days) < over)
            days++;
        return days;
    }
}
