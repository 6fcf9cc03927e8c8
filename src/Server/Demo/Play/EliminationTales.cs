using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>How the end of a risk goes.</summary>
/// <param name="Stop">The state it is left in; null when nobody proposes it.</param>
/// <param name="Rest">Working days between the judged help and the proposal.</param>
internal sealed record EliminationCourse(EliminationState? Stop, int Rest);

internal sealed partial class Tales
{
    /// <summary>A household that has been on the list since last year: its help is completed, and its risk taken off.</summary>
    public async IAsyncEnumerable<int> Watched(Home home, EliminationCourse course)
    {
        yield return 1;
        await Plan(home, RiskOf(home));
        yield return 1;
        await ApprovePlan(home);
        await Start(home, [.. Enumerable.Range(0, (await Measures(home)).Count)]);
        if (course.Stop is null)
        {
            // Called on over the weekend, recorded on Monday: the next visit falls due thirty days later.
            yield return 8;
            await stage.Visit(home, VisitPurpose.Monthly, on: stage.Today.AddDays(-1), needs: "希望村里帮忙联系鸡鸭销路。");
            yield break;
        }
        yield return 2;
        await Deliver(home, 0);
        yield return 2;
        await Judge(home, 0, MeasureEvent.FindEffective, "措施已见效，收入稳定。", 3_600);
        // Without a sourced line nobody can tell whether the income is above it.
        if (stage.Policy.MonitoringLine is null)
            yield break;

        yield return course.Rest;
        var id = await stage.Do<ProposeElimination, Guid>(p => p.Run(home.People.Cadre, home.Id, EliminationWay.ByAssistance,
            "收入连续半年稳定在监测线以上，措施落实见效，“两不愁三保障”稳定。", stage.Cancel));
        if (course.Stop == EliminationState.ListProposed)
            yield break;
        yield return 1;
        if (course.Stop == EliminationState.Withdrawn)
        {
            await OnElimination(home.People.Cadre, id, new(EliminationEvent.Withdraw, "入户时农户提出务工合同即将到期，暂缓提出。"));
            yield break;
        }
        await OnElimination(home.People.Cadre, id, new(EliminationEvent.Verify, Visit: await stage.Visit(home, VisitPurpose.Elimination)));
        if (course.Stop == EliminationState.HouseholdVerified)
            yield break;
        yield return 1;
        await OnElimination(home.People.Secretary, id, new(EliminationEvent.PassReview, Evidence: [await stage.Page(EvidenceKinds.Minutes, home)], Attended: 31, VotesFor: 30, VotesAgainst: 0));
        if (course.Stop == EliminationState.VillageReviewed)
            yield break;
        await foreach (var days in FromNotice(home, id, course))
            yield return days;
    }

    /// <summary>The cause for which the register has a household on the list.</summary>
    public static IReadOnlyList<CauseFound> RiskOf(Home home) => [new(home.Made.Risk == "因病" ? "01" : "07")];

    private async IAsyncEnumerable<int> FromNotice(Home home, Guid id, EliminationCourse course)
    {
        var notice = await HangOut(home, NoticeKind.Elimination, id);
        if (course.Stop == EliminationState.PublicNotice)
            yield break;
        if (course.Stop == EliminationState.ObjectionHandling)
        {
            yield return 1;
            await Object(home, id, notice);
            yield break;
        }
        yield return UntilNoticeIsOver();
        if (course.Stop == EliminationState.Rejected)
        {
            await OnElimination(home.People.Leader, id, new(EliminationEvent.Reject, "抽查发现务工不足半年，收入还不稳定，继续帮扶。"));
            yield break;
        }
        await OnElimination(home.People.Leader, id, new(EliminationEvent.Audit, Evidence: [Stage.Words(EvidenceKinds.Checklist, "条件逐项核对，全部满足；公示无异议。")]));
        if (course.Stop == EliminationState.TownshipAudited)
            yield break;
        yield return 1;
        await OnElimination(stage.People["county"], id, new(EliminationEvent.Confirm, Evidence: [Stage.Words(EvidenceKinds.Decision, "同意消除风险，保留日常走访。")]));
        if (course.Stop == EliminationState.CountyConfirmed)
            yield break;
        yield return 1;
        await OnElimination(stage.People["county"], id, new(EliminationEvent.Announce, Evidence: [Stage.Words(EvidenceKinds.Announcement, "已在县政府网站和乡镇公开栏公告。")]));
        if (course.Stop == EliminationState.Announced)
            yield break;
        yield return 1;
        await OnElimination(stage.People["county"], id, new(EliminationEvent.Flag));
        if (course.Stop != EliminationState.RolledBack)
            yield break;
        yield return 4;
        await OnElimination(stage.People["county"], id, new(EliminationEvent.RollBack, "户主务工受伤，收入中断，风险反弹，恢复监测。"));
    }

    private Task<EliminationState> OnElimination(Actor actor, Guid id, EliminationStepRequest request) =>
        stage.Do<TakeEliminationStep, EliminationState>(s => s.Run(actor, id, request, stage.Cancel));
}
