using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Modules.Ledger.Weekly;
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
    /// <param name="again">It does not hold, and is reopened.</param>
    public async IAsyncEnumerable<int> Problem(Home home, IssueState stop, bool late = false, bool again = false)
    {
        var (subject, words, task) = Problems[home.Seed % Problems.Length];
        var onSpot = stop is IssueState.FixedOnSpot or IssueState.Held;
        var (photo, found) = (await stage.Pictures.Yard(home.Seed, stage.Cancel), stage.Today);
        await stage.Visit(home, VisitPurpose.Screening, new Dictionary<VisitSubject, string> { [subject] = words },
            problems: new VisitProblem(subject, words, onSpot ? "当场联系责任单位处理好。" : null, onSpot ? photo : null));
        var id = (await stage.Ask<ILedger, IReadOnlyList<IssueRef>>(l => l.Of(home.Village.County.Digits, home.Id, stage.Cancel)))[0].Id;
        if (stop is IssueState.Registered or IssueState.FixedOnSpot)
            yield break;
        yield return 1;
        if (stop == IssueState.Held)
        {
            await OnIssue(home.People.Clerk, id, new(IssueEvent.Close, Evidence: [Stage.Words(EvidenceKinds.Finding, "照片和农户反映一致，予以销号。")]));
            // A month of calendar days has to pass before it can be told.
            yield return 24;
            await OnIssue(home.People.Clerk, id, new(IssueEvent.ConfirmEffect, Evidence: [Stage.Words(EvidenceKinds.Effect, "回访农户，一个月来没有再出现。")]));
            yield break;
        }
        await OnIssue(home.People.Clerk, id, new(IssueEvent.Assign, Task: task, Unit: home.People.Name, Person: home.People.Cadre.DisplayName, PersonUser: home.People.Cadre.User,
            DueOn: DueOf(subject, found, late ? 5 : 12)));
        if (stop == IssueState.Assigned)
            yield break;
        yield return 1;
        if (stop is IssueState.Escalated or IssueState.SentUp or IssueState.Answered)
        {
            await OnIssue(home.People.Cadre, id, new(IssueEvent.Escalate, "需要更换主管道，村里无力解决。"));
            yield return 1;
            await OnIssue(home.People.Clerk, id, new(IssueEvent.Escalate, "涉及跨村管网，需县级部门立项，镇里无力解决。"));
            if (stop == IssueState.Escalated)
                yield break;
            yield return 1;
            await OnIssue(stage.People["county"], id, new(IssueEvent.SendUp, "涉及跨县事项，县级无权决定，请上级协调。", Level: AreaLevel.Province, Letter: $"县扶办〔2020〕{17 + home.Seed % 20}号"));
            if (stop == IssueState.SentUp)
                yield break;
            yield return 2;
            await OnIssue(stage.People["province"].In(home.Village.County), id, new(IssueEvent.Instruct, Evidence: [Stage.Words(EvidenceKinds.Reply, "由省级主管部门协调邻县，县里按方案实施。")]));
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
        await OnIssue(home.People.Clerk, id, new(IssueEvent.Examine, Evidence: [Stage.Words(EvidenceKinds.Finding, "现场查看，整改属实。")]));
        if (stop == IssueState.Examined)
            yield break;
        yield return 1;
        await OnIssue(stage.People["supervisor"], id, new(IssueEvent.Close, Evidence: [Stage.Words(EvidenceKinds.Effect, "问题解决，没有反弹，予以销号。")]));
        if (!again)
            yield break;
        yield return 3;
        await OnIssue(home.People.Clerk, id, new(IssueEvent.Reopen, "农户反映又出现同样问题，重新整改。"));
    }

    private static readonly string[] EnteredByRules = ["data_quality", "screening"];

    /// <summary>The townships hand what rules entered in their villages to the cadres, the day after.</summary>
    public async Task HandOut()
    {
        foreach (var town in stage.People.Villages.Values.Where(v => !v.IsSlow).Select(v => v.Clerk).Distinct())
            await HandOut(town);
    }

    private async Task HandOut(Actor town)
    {
        foreach (var source in EnteredByRules)
        {
            var entered = await stage.Ask<IssueLists, IssueRows>(l => l.List(town, new(Source: source, State: IssueState.Registered, To: stage.Today.AddDays(-1), Take: 200), stage.Cancel));
            foreach (var issue in entered.Rows.Where(i => i.Task is not null && stage.People.Villages.ContainsKey(new(i.Area))))
            {
                var village = stage.People.Villages[new(issue.Area)];
                await OnIssue(town, issue.Id, new(IssueEvent.Assign, Task: issue.Task?.Zh, Unit: village.Name, Person: village.Cadre.DisplayName, PersonUser: village.Cadre.User,
                    DueOn: issue.DueOn < stage.Today ? null : issue.DueOn));
            }
        }
    }

    /// <summary>Villages begin with what they were given, and hand in the tasks of meetings before their day; the township looks, the county's supervisors strike off.</summary>
    public async Task CarryOut()
    {
        foreach (var town in stage.People.Villages.Values.Where(v => !v.IsSlow).Select(v => v.Clerk).Distinct())
        {
            var open = await stage.Ask<IssueLists, IssueRows>(l => l.List(town, new(Take: 500), stage.Cancel));
            foreach (var issue in open.Rows.Where(i => stage.People.Villages.ContainsKey(new(i.Area))))
                await CarryOut(town, issue);
        }
    }

    private async Task CarryOut(Actor town, IssueRow issue)
    {
        var (village, isTask) = (stage.People.Villages[new(issue.Area)], stage.Policy.SourcesOfTasks.Contains(issue.Source));
        Actor? answers = village.Cadre.DisplayName == issue.Person ? village.Cadre : village.Secretary.DisplayName == issue.Person ? village.Secretary : null;
        switch (issue.State)
        {
            case IssueState.Assigned when answers is not null && (isTask || EnteredByRules.Contains(issue.Source)):
                await OnIssue(answers, issue.Id, new(IssueEvent.Start));
                break;
            case IssueState.InRectification when answers is not null && isTask && issue.DueOn <= stage.Today.AddDays(1):
                var photo = await stage.Pictures.Yard(issue.Code[^1] - '0', stage.Cancel);
                await OnIssue(answers, issue.Id, new(IssueEvent.Submit, Evidence: [Stage.Words(EvidenceKinds.Rectification, "已按议定事项办结。"), new(EvidenceKinds.Photo, photo)]));
                break;
            case IssueState.Submitted when isTask:
                await OnIssue(town, issue.Id, new(IssueEvent.Examine, Evidence: [Stage.Words(EvidenceKinds.Finding, "抽看两户，确已办结。")]));
                break;
            case IssueState.Examined when isTask:
                await OnIssue(stage.People["supervisor"], issue.Id, new(IssueEvent.Close, Evidence: [Stage.Words(EvidenceKinds.Effect, "核对无误，予以销号。")]));
                break;
        }
    }

    // Where the month has to be cleared, the township does not give more time than that.
    private DateOnly DueOf(VisitSubject subject, DateOnly found, int days)
    {
        var zero = subject == VisitSubject.Housing ? stage.Policy.IssueKind("housing")?.ZeroBy(found) : null;
        return stage.Today.AddDays(days) is var due && zero < due ? zero.Value : due;
    }

    private static readonly (string Source, string Channel, string Problem, string Task)[] UrgentProblems =
    [
        ("hotline", "medical", "住院费用出院时没有一站式结算，垫付后生活困难。", "补办结算，退还垫付费用"), ("petition", "water", "水源枯竭，三户断水一周。", "先送水，再接入邻近管网"),
        ("inspection", "aid", "家中主要劳动力去世，基本生活没有着落。", "按规定给予临时救助"), ("data_quality", "education", "系统显示适龄儿童没有学籍。", "核实就学去向，落实劝返或送教"),
    ];

    /// <summary>An urgent problem in a green channel of the joint office.</summary>
    /// <param name="handOver">The medical insurance, which it came to first, hands it on to civil affairs.</param>
    public async IAsyncEnumerable<int> Urgent(Home home, int which, bool handOver)
    {
        var (source, channel, words, task) = UrgentProblems[which];
        var id = await stage.Do<ILedger, Guid>(l => l.Report(new(source, null, home.Village, home.Id, channel is "aid" ? "living" : channel, words, stage.Today, Channel: channel),
            stage.People["county"], stage.Cancel));
        await OnIssue(stage.People["county"], id, new(IssueEvent.Assign, Task: task, Unit: stage.Policy.Departments[stage.Policy.GreenChannel(channel)!.Department].Title.Zh, Person: "集中办公室值班员"));
        if (!handOver)
            yield break;
        yield return 1;
        await OnIssue(stage.People["health"], id, new(IssueEvent.Start));
        await OnIssue(stage.People["health"], id, new(IssueEvent.HandOver, "费用已结算，仍有缺口，转临时救助。", Department: "civil_affairs", Person: "救助股"));
    }

    /// <summary>A village under listed supervision.</summary>
    public async IAsyncEnumerable<int> Listed(Home home, string target, decimal funds, ListingState stop)
    {
        var id = await stage.Do<PutOnList, Guid>(p => p.Run(stage.People["county"], new(ListedKind.Village, home.Village, null, null, "县委常委、县政府副县长", target,
            stage.LastDay.AddDays(stop == ListingState.Removed ? 10 : 60), "县扶领〔2020〕5号", funds), stage.Cancel));
        yield return 5;
        await OnListing(stage.People["leader"], id, new(ListingEvent.Supervise, Evidence: [Stage.Words(EvidenceKinds.Finding, "到村督战，召开院坝会，逐户核对问题清单。")]));
        yield return 5;
        await OnListing(stage.People["supervisor"], id, new(ListingEvent.Supervise, Evidence: [Stage.Words(EvidenceKinds.Finding, "资金已拨付，产业奖补和饮水管护到位。")], Spent: funds / 2));
        if (stop == ListingState.Listed)
            yield break;
        yield return 6;
        var photo = await stage.Pictures.Yard(home.Seed, stage.Cancel);
        await OnListing(home.People.Clerk, id, new(ListingEvent.ProposeRemoval, Evidence: [Stage.Words(EvidenceKinds.Effect, "目标任务完成，点上问题全部销号。"), new(EvidenceKinds.Photo, photo)]));
        if (stop == ListingState.RemovalProposed)
            yield break;
        yield return 2;
        await OnListing(stage.People["leader"], id, new(ListingEvent.Remove, Evidence: [Stage.Words(EvidenceKinds.Decision, "同意摘牌，继续巩固。")]));
    }

    /// <summary>The township files its reports of the week.</summary>
    public async Task Weekly(DateOnly week)
    {
        var town = stage.People["town"];
        foreach (var kind in stage.Policy.IssueKinds.Where(k => k.Weekly))
            await stage.Do<WeeklyReports, Guid>(r => r.File(town, town.Area, kind.Code, week, null, stage.Cancel));
    }

    private Task<ListingState> OnListing(Actor actor, Guid id, ListingStepRequest request) => stage.Do<TakeListingStep, ListingState>(s => s.Run(actor, id, request, stage.Cancel));

    private Task<IssueState> OnIssue(Actor actor, Guid id, IssueStepRequest request) => stage.Do<TakeIssueStep, IssueState>(s => s.Run(actor, id, request, stage.Cancel));
}
