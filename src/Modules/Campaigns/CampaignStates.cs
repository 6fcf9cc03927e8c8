using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Campaigns.Contracts.CampaignEvent;
using static Shouwang.Modules.Campaigns.Contracts.CampaignState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Campaigns;

/// <summary>The life of a drive (SM-10). Dates of its stages bind nobody's hands: they say what is late.</summary>
public static class CampaignStates
{
    public static readonly LifeCycle<CampaignState, CampaignEvent> Life = new("SM-10", new("战役", "Campaign"), new(
        Planned, new HashSet<CampaignState> { Closed, Cancelled },
        new(Planned, Deploy, Deployed, CampaignsRun, null, Order),
        new(Planned, Cancel, Cancelled, CampaignsRun, null, Reason),
        new(Deployed, BeginFieldWork, FieldWork, CampaignsRun),
        new(Deployed, Cancel, Cancelled, CampaignsRun, null, Reason),
        new(FieldWork, BeginDataEntry, DataEntry, CampaignsRun),
        new(DataEntry, ReportUp, ReportedUp, CampaignsRun),
        new(DataEntry, GoBack, FieldWork, CampaignsRun, null, Reason),
        new(ReportedUp, BeginSpotCheck, SpotCheck, CampaignsRun),
        new(ReportedUp, GoBack, DataEntry, CampaignsRun, null, Reason),
        new(SpotCheck, FileSelfAssessment, SelfAssessed, CampaignsRun),
        new(SpotCheck, GoBack, DataEntry, CampaignsRun, null, Reason),
        new(SelfAssessed, Close, Closed, CampaignsClose, null, Decision),
        new(SelfAssessed, GoBack, SpotCheck, CampaignsRun, null, Reason)),
        NameOf, NameOf);

    /// <summary>Under way or planned.</summary>
    public static readonly IReadOnlyList<CampaignState> Open = [.. Enum.GetValues<CampaignState>().Except([Closed, Cancelled])];

    public static Text NameOf(CampaignState state) => state switch
    {
        Planned => new("筹备中", "planned"),
        Deployed => new("已部署培训", "deployed and trained"),
        FieldWork => new("入户实施", "field work"),
        DataEntry => new("数据核查录入", "data entry"),
        ReportedUp => new("乡镇已总结上报", "reported up"),
        SpotCheck => new("县级抽查", "county spot check"),
        SelfAssessed => new("部门自查已报送", "self-assessments filed"),
        Closed => new("已结束", "closed"),
        Cancelled => new("已取消", "cancelled"),
    };

    public static Text NameOf(CampaignEvent happening) => happening switch
    {
        Deploy => new("部署", "deploy"),
        BeginFieldWork => new("开始入户", "begin field work"),
        BeginDataEntry => new("转入数据核查", "begin data entry"),
        ReportUp => new("总结上报", "report up"),
        BeginSpotCheck => new("开始县级抽查", "begin the spot check"),
        FileSelfAssessment => new("自查报告收齐", "take in the self-assessments"),
        Close => new("结束", "close"),
        GoBack => new("退回上一步", "go back"),
        Cancel => new("取消", "cancel"),
    };

    public static Text NameOf(TeamDuty duty) => duty switch
    {
        TeamDuty.SelfAssessment => new("自查评估", "self-assessment"),
        TeamDuty.JointReview => new("会审", "joint review"),
        TeamDuty.Examination => new("审查", "examination"),
    };

    public static Text NameOf(SheetLevel level) => level switch
    {
        SheetLevel.Village => new("每村一张", "one for each village"),
        SheetLevel.Township => new("每乡镇一张", "one for each township"),
        SheetLevel.Department => new("每部门一张", "one for each department"),
        SheetLevel.County => new("全县一张", "one for the county"),
    };
}
