using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>How far the help for a monitored household goes.</summary>
internal enum HelpCourse
{
    /// <summary>On the list; the plan is still to be made.</summary>
    Identified,

    /// <summary>The plan waits for the township's approval.</summary>
    Draft,

    /// <summary>Approved; nothing has started.</summary>
    Planned,

    /// <summary>One measure was delivered, another is late.</summary>
    Delivered,

    /// <summary>One measure worked, one is suspended, one was called off, and another is proposed.</summary>
    Effective,

    /// <summary>One measure did not work.</summary>
    Ineffective,
}

internal sealed partial class Tales
{
    /// <summary>Somebody answers for the household, a plan is made, and measures reach it.</summary>
    public async IAsyncEnumerable<int> Help(Home home, IReadOnlyList<CauseFound> causes, HelpCourse course)
    {
        yield return 1;
        await Assign(home);
        if (course == HelpCourse.Identified)
            yield break;
        yield return 1;
        await Plan(home, causes, course == HelpCourse.Delivered && home.Seed % 4 == 0 ? 14 : 60);
        if (course == HelpCourse.Draft)
            yield break;
        yield return 1 + home.Seed % 2;
        await ApprovePlan(home);
        if (course == HelpCourse.Planned)
            yield break;
        yield return 1;
        await Start(home, [.. Enumerable.Range(0, (await Measures(home)).Count - (course == HelpCourse.Ineffective ? 1 : 0))]);
        yield return 1;
        await stage.Visit(home, VisitPurpose.Monthly, needs: "盼望鸡苗早点到户。", income: null);
        yield return 1;
        await Deliver(home, 0);
        if (course == HelpCourse.Delivered)
            yield break;
        yield return 2;
        if (course == HelpCourse.Ineffective)
        {
            await Judge(home, 0, MeasureEvent.FindIneffective, "介绍的岗位离家太远，务工不到一周即返回，没有带来收入。", 0);
            yield break;
        }
        await Judge(home, 0, MeasureEvent.FindEffective, "每月增加收入，家庭支出压力明显减轻。", 2_400);
        await OnMeasure(home.People.Cadre, (await Measures(home))[1].Id, new(MeasureEvent.Suspend, "责任单位人员调整，暂停两周。"));
        await OnMeasure(home.People.Clerk, (await Measures(home))[2].Id, new(MeasureEvent.Cancel, "与另一项措施重复，取消。"));
        yield return 1;
        await stage.Do<ProposeMeasure, Guid>(p => p.Run(home.People.Cadre, home.Id, new(null, causes[0].Code, "M802", "镇民政办", "民政经办", null, 1_500, "临时救助",
            stage.Today, stage.Today.AddDays(30)), stage.Cancel));
    }

    /// <summary>The township names who answers for the household: in the village of the printed accounts, their holders.</summary>
    private async Task Assign(Home home)
    {
        var here = home.Village == stage.People["helper"].Area;
        foreach (var (post, name, unit) in new[] { (Post.PairingHelper, "helper", "县级帮扶部门"), (Post.MonitoringOfficer, "officer", home.People.Name) })
        {
            var person = here ? stage.People[name].DisplayName : home.Made.Helper is { } known && post == Post.PairingHelper ? known : home.People.Cadre.DisplayName;
            // Of a form that belongs to nobody.
            var phone = here ? $"13{(int)post}00008001" : $"13{(int)post}0000{home.Seed:0000}";
            await stage.Do<AssignPerson, Guid>(a => a.Run(home.People.Clerk, new(home.Id, post, here ? stage.People[name].User : null, person, unit, phone, "按乡镇统一安排重新明确责任人"), stage.Cancel));
        }
    }

    /// <param name="days">By when the measures are to be carried out.</param>
    private Task<Guid> Plan(Home home, IReadOnlyList<CauseFound> causes, int days = 60) => stage.Do<MakePlan, Guid>(p => p.Run(home.People.Cadre, home.Id, new(
        "年底前人均纯收入稳定超过监测线，“两不愁三保障”不出问题。", causes, Troubles.Measures(home, causes, stage.Today, stage.Today.AddDays(days))), stage.Cancel));

    private Task<Guid> ApprovePlan(Home home, int revision = 1) => stage.Do<ApprovePlan, Guid>(p => p.Run(home.People.Clerk, home.Id, revision, stage.Cancel));

    /// <summary>Those that answer the causes first.</summary>
    private async Task<IReadOnlyList<MeasurePage>> Measures(Home home)
    {
        var page = await stage.Ask<HouseholdHelp, HouseholdHelpPage?>(h => h.Of(home.People.Clerk, home.Id, home.Village, stage.Cancel));
        return [.. page!.Measures.OrderBy(m => Troubles.Rank(m.Type))];
    }

    private async Task Start(Home home, params int[] which)
    {
        var measures = await Measures(home);
        foreach (var index in which)
            await OnMeasure(home.People.Cadre, measures[index].Id, new(MeasureEvent.Start));
    }

    private async Task Deliver(Home home, int index)
    {
        var measure = (await Measures(home))[index];
        await OnMeasure(home.People.Cadre, measure.Id, new(MeasureEvent.Deliver, Evidence: [new(EvidenceKinds.Receipt, await stage.Pictures.Signature(home.Seed + 1, stage.Cancel))],
            Amount: measure.Amount?.Yuan, Quantity: measure.Quantity));
    }

    private async Task Judge(Home home, int index, MeasureEvent finding, string words, decimal gain) => await OnMeasure(home.People.Clerk, (await Measures(home))[index].Id,
        new(finding, Evidence: [Stage.Words(EvidenceKinds.Effect, words)], IncomeGain: gain, HouseholdConfirms: finding == MeasureEvent.FindEffective));

    private Task<MeasureState> OnMeasure(Actor actor, Guid measure, MeasureStepRequest request) =>
        stage.Do<TakeMeasureStep, MeasureState>(s => s.Run(actor, measure, request, stage.Cancel));
}
