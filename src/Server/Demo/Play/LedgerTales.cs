using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

internal sealed partial class Tales
{
    private static readonly (VisitSubject Subject, string Problem, string Task)[] Problems =
    [
        (VisitSubject.Water, "入户水管接头漏水，水表不走。", "更换接头和水表，恢复正常供水"), (VisitSubject.Housing, "屋后排水沟堵塞，雨天进水。", "清理排水沟，检查后墙"),
        (VisitSubject.Medical, "慢病卡没有办下来，药费不能按慢病报销。", "协助办理慢病待遇"), (VisitSubject.Education, "学生资助没有到账。", "与学校核对名册，补发资助"),
        (VisitSubject.IncomeAndWork, "公益性岗位补贴晚发一个月。", "核对考勤，补发岗位补贴"), (VisitSubject.FoodAndClothing, "明白卡上的措施与实际不符。", "更换明白卡"),
    ];

    /// <summary>A problem found at a visit: entered, handed over, put right and struck off, as far as the course goes.</summary>
    /// <param name="late">The date set for it lies before the end of the play.</param>
    public async IAsyncEnumerable<int> Problem(Home home, IssueState stop, bool late = false)
    {
        var (subject, words, task) = Problems[home.Seed % Problems.Length];
        var onSpot = stop == IssueState.FixedOnSpot;
        var photo = await stage.Pictures.Yard(home.Seed, stage.Cancel);
        await stage.Visit(home, VisitPurpose.Screening, new Dictionary<VisitSubject, string> { [subject] = words },
            problems: new VisitProblem(subject, words, onSpot ? "当场联系责任单位处理好。" : null, onSpot ? photo : null));
        var id = (await stage.Ask<ILedger, IReadOnlyList<IssueRef>>(l => l.Of(home.Village.County.Digits, home.Id, stage.Cancel)))[0].Id;
        if (stop is IssueState.Registered or IssueState.FixedOnSpot)
            yield break;
        yield return 1;
        await OnIssue(stage.People["town"], id, new(IssueEvent.Assign, Task: task, Unit: home.People.Name, Person: home.People.Cadre.DisplayName, PersonUser: home.People.Cadre.User,
            DueOn: stage.Today.AddDays(late ? 5 : 12)));
        if (stop == IssueState.Assigned)
            yield break;
        yield return 1;
        if (stop == IssueState.Escalated)
        {
            await OnIssue(home.People.Cadre, id, new(IssueEvent.Escalate, "需要县级部门更换主管道，村里无力解决。"));
            yield break;
        }
        await OnIssue(home.People.Cadre, id, new(IssueEvent.Start));
        if (stop == IssueState.InRectification)
            yield break;
        yield return 2;
        await OnIssue(home.People.Cadre, id, new(IssueEvent.Submit, Evidence: [Stage.Words(EvidenceKinds.Rectification, $"已{task}，农户认可。"), new(EvidenceKinds.Photo, photo)]));
        if (stop == IssueState.Submitted)
            yield break;
        yield return 1;
        await OnIssue(stage.People["town"], id, new(IssueEvent.Examine, Evidence: [Stage.Words(EvidenceKinds.Finding, "现场查看，整改属实。")]));
        if (stop == IssueState.Examined)
            yield break;
        yield return 1;
        await OnIssue(stage.People["supervisor"], id, new(IssueEvent.Close, Evidence: [Stage.Words(EvidenceKinds.Effect, "问题解决，没有反弹，予以销号。")]));
    }

    private Task<IssueState> OnIssue(Actor actor, Guid id, IssueStepRequest request) => stage.Do<TakeIssueStep, IssueState>(s => s.Run(actor, id, request, stage.Cancel));
}
