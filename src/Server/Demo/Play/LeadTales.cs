using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>Where a lead that does not become a case is left.</summary>
internal enum LeadCourse { New, Dispatched, Verifying, DismissalProposed, Dismissed, SentBack, ResolvedOnSpot }

/// <summary>What happens to households, told day by day: each tale gives the working days until it goes on, and ends where the household is left.</summary>
internal sealed partial class Tales(Stage stage)
{
    /// <summary>From the day it was raised until the visit has shown that nothing more is needed, or somebody lets it lie.</summary>
    public async IAsyncEnumerable<int> Lead(Home home, Guid lead, LeadCourse course)
    {
        if (course == LeadCourse.New)
            yield break;
        yield return 1;
        await Dispatch(home, lead);
        if (course == LeadCourse.Dispatched)
            yield break;
        yield return home.Seed % 2;
        await Accept(home, lead);
        if (course == LeadCourse.Verifying)
            yield break;

        yield return 2;
        if (course == LeadCourse.ResolvedOnSpot)
        {
            await Solve(home, lead);
            yield break;
        }
        await ReportNoRisk(home, lead);
        if (course == LeadCourse.DismissalProposed)
            yield break;
        yield return 1;
        if (course == LeadCourse.SentBack)
        {
            await OnLead(home.People.Clerk, lead, new(LeadEvent.SendBack, "没有说明慢性病人的用药支出，请补充了解后再报。"));
            yield return 2;
            await ReportNoRisk(home, lead);
            yield return 1;
        }
        await OnLead(home.People.Clerk, lead, new(LeadEvent.ConfirmDismissal, "走访记录齐全，支出有人承担，同意排除，继续日常走访。"));
    }

    /// <summary>A cadre tells the township what was seen or heard.</summary>
    public Task<Guid> Reported(Home home, bool urgent = false) => stage.Do<ILeads, Guid>(l => l.Report(home.People.Cadre,
        new(home.Id, nameof(LeadSource.CadreScreening), "illness", Troubles.Said(home), stage.Today, urgent), stage.Cancel));

    /// <summary>The household itself reports on the public page.</summary>
    /// <returns>Its open lead; null where name and phone did not show which household it is.</returns>
    public async Task<Guid?> ReportedItself(Home home)
    {
        await stage.Do<PersonReports, string>(r => r.Take(new(home.Village, home.Made.Head.Name, home.Made.Head.Phone, null, Troubles.Said(home)), stage.Cancel));
        return (await stage.OpenLead(home))?.Id;
    }

    private Task<LeadStepTaken> OnLead(Actor actor, Guid lead, LeadStepRequest request) => stage.Do<TakeLeadStep, LeadStepTaken>(s => s.Run(actor, lead, request, stage.Cancel));

    private Task<LeadStepTaken> Dispatch(Home home, Guid lead, Actor? by = null) => OnLead(by ?? home.People.Clerk, lead, new(LeadEvent.Dispatch,
        Evidence: [Stage.Words(EvidenceKinds.Order, "请两人以上入户核实收入、支出和“两不愁三保障”情况，三个工作日内反馈。")],
        AssignedTo: home.People.Cadre.DisplayName, AssignedUser: home.People.Cadre.User));

    private Task<LeadStepTaken> Accept(Home home, Guid lead) => OnLead(home.People.Cadre, lead, new(LeadEvent.Accept));

    private async Task Solve(Home home, Guid lead)
    {
        var visit = await stage.Visit(home, VisitPurpose.Verification, Troubles.Found(home));
        var photo = new Evidence(EvidenceKinds.Photo, await stage.Pictures.House(home.Seed, stage.Cancel));
        await OnLead(home.People.Cadre, lead, new(LeadEvent.SolveOnSpot, home.Made switch
        {
            { SafeWater: false } => "已联系供水站接通临时供水点，农户用水已恢复。",
            { HouseGrade: "C" or "D" } => "房屋已列入今年改造名册，已搬到儿子家中居住。",
            _ => "已帮助办好医疗费用报销手续，费用当场核对清楚，农户表示能够承担。",
        }, [photo], Visit: visit));
    }

    private async Task ReportNoRisk(Home home, Guid lead)
    {
        var visit = await stage.Visit(home, VisitPurpose.Verification, income: Math.Max(home.Made.Net, 9_200m * home.Made.Members.Count));
        await OnLead(home.People.Cadre, lead, new(LeadEvent.ReportNoRisk, home.Made.Monitoring is not null ? "该户已是监测户，措施正在落实，按原计划继续帮扶。" : (home.Seed % 3) switch
        {
            0 => "子女常年在外务工，每月寄钱回家，近期收入未登记；“两不愁三保障”无问题。",
            1 => "医疗费用已由商业保险赔付大部分，家庭有存款，生活稳定。",
            _ => "今年新开小卖部，收入比登记的高，实际无返贫致贫风险。",
        }, Visit: visit));
    }
}
