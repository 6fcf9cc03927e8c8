using System.Collections.Frozen;
using Shouwang.Kernel;
using static Shouwang.Platform.Security.Reach;
using static Shouwang.Platform.Security.Role;

namespace Shouwang.Platform.Security;

/// <summary>One row of the permission table: an operation, and which role may do it how far.</summary>
public sealed record Permission(string Name, Text Title, IReadOnlyDictionary<Role, Reach> Roles);

/// <summary>The permission table: the only place that says who may do what. Tests are generated from it.</summary>
/// <remarks>It follows the matrix of DOMAIN §3. The area is checked besides, by <c>VisibleTo</c> and <c>Actor.Sees</c>.</remarks>
public static class Permissions
{
    public const string
        HouseholdsRead = "households.read", HouseholdsEdit = "households.edit", HouseholdsReveal = "households.reveal",
        HouseholdsExport = "households.export", VisitsRecord = "visits.record", LeadsRead = "leads.read", LeadsReport = "leads.report",
        LeadsDispatch = "leads.dispatch", LeadsVerify = "leads.verify", LeadsConfirm = "leads.confirm",
        CasesRead = "cases.read", CasesApply = "cases.apply", CasesVerify = "cases.verify", CasesMatch = "cases.match",
        CasesReview = "cases.review", CasesNotice = "cases.notice", CasesTownship = "cases.township", CasesCounty = "cases.county",
        PlansEdit = "plans.edit", PlansApprove = "plans.approve", MeasuresRecord = "measures.record",
        EliminationPropose = "elimination.propose", EliminationAudit = "elimination.audit", EliminationConfirm = "elimination.confirm",
        AssignmentsEdit = "assignments.edit", NoticesPublish = "notices.publish", ObjectionsHandle = "objections.handle",
        IssuesRead = "issues.read", IssuesReport = "issues.report", IssuesAssign = "issues.assign", IssuesRectify = "issues.rectify", IssuesClose = "issues.close",
        IssuesHandOver = "issues.hand-over", IssuesWeekly = "issues.weekly", IssuesSendUp = "issues.send-up", IssuesAnswer = "issues.answer",
        CampaignsRead = "campaigns.read", CampaignsRun = "campaigns.run", CampaignsClose = "campaigns.close", CampaignsTeams = "campaigns.teams", CampaignsReview = "campaigns.review",
        CampaignsExamine = "campaigns.examine", CampaignsTables = "campaigns.tables", CampaignsConfirm = "campaigns.confirm", CampaignsDraw = "campaigns.draw", CampaignsCheck = "campaigns.check",
        CampaignsSign = "campaigns.sign", CampaignsReport = "campaigns.report", CampaignsProve = "campaigns.prove", CampaignsSupervise = "campaigns.supervise",
        ListingsRead = "listings.read", ListingsEdit = "listings.edit", ListingsLog = "listings.log", ListingsRemove = "listings.remove",
        OrganisationRead = "organisation.read", OrganisationEdit = "organisation.edit", RostersEdit = "rosters.edit", MeetingsRead = "meetings.read", MeetingsHold = "meetings.hold",
        MeetingsSign = "meetings.sign", HometownRecord = "hometown.record",
        ImportsRead = "imports.read", ImportsRun = "imports.run", ImportsUndo = "imports.undo", MatchesDecide = "matches.decide",
        QualityRead = "quality.read", QualityFix = "quality.fix", RulesRead = "rules.read", RulesEdit = "rules.edit", RulesPublish = "rules.publish", FormsEdit = "forms.edit", LinesEdit = "lines.edit",
        ScreeningRun = "screening.run", IndicatorsRead = "indicators.read", IndicatorsEdit = "indicators.edit", IndicatorsPublish = "indicators.publish",
        BulletinsRead = "bulletins.read", BulletinsWrite = "bulletins.write", BulletinsSign = "bulletins.sign", BulletinsPublish = "bulletins.publish", BulletinsRemark = "bulletins.remark",
        UsersEdit = "users.edit", AuditRead = "audit.read", CountiesOpen = "counties.open", BackupRun = "backup.run";

    private static readonly Role[] Village = [VillageCadre, FirstSecretary, WorkTeamMember];
    private static readonly Role[] Township = [TownshipClerk, TownshipLeader];

    /// <summary>Every operation there is.</summary>
    public static readonly IReadOnlyList<Permission> Table =
    [
        Row(HouseholdsRead, "查看农户", "See households", [.. Village, GridWorker, .. Township, CountyOffice, HigherOffice], (MonitoringOfficer, Assigned), (PairingHelper, Assigned),
            (IndustryDept, Subject | Masked), (Supervisor, Masked), (Auditor, Area)),
        Row(HouseholdsEdit, "修改农户信息", "Change household data", [VillageCadre, .. Township]),
        Row(HouseholdsReveal, "查看完整证件号等敏感信息", "Open full numbers", [.. Village, .. Township, CountyOffice, Auditor]),
        Row(HouseholdsExport, "导出名单", "Export lists", [.. Township, CountyOffice, HigherOffice, Auditor], (VillageCadre, Area)),
        Row(VisitsRecord, "登记走访", "Record a visit", [.. Village, GridWorker], (MonitoringOfficer, Assigned), (PairingHelper, Assigned)),
        Row(LeadsRead, "查看线索", "See leads", [.. Village, GridWorker, .. Township, CountyOffice, HigherOffice, Auditor], (MonitoringOfficer, Assigned), (PairingHelper, Assigned),
            (IndustryDept, Subject | Masked), (Supervisor, Masked), (CountyLeader, Aggregate)),
        Row(LeadsReport, "上报线索", "Report a lead", [.. Village, GridWorker, .. Township, CountyOffice, IndustryDept, Supervisor], (MonitoringOfficer, Assigned), (PairingHelper, Assigned)),
        Row(LeadsDispatch, "交办线索", "Dispatch a lead", [.. Township, CountyOffice]),
        Row(LeadsVerify, "核查线索", "Verify a lead", [.. Village]),
        Row(LeadsConfirm, "确认核查结论", "Confirm the finding", [.. Township, CountyOffice]),
        Row(CasesRead, "查看识别与监测个案", "See cases", [.. Village, GridWorker, .. Township, CountyOffice, HigherOffice, Auditor], (MonitoringOfficer, Assigned), (PairingHelper, Assigned),
            (IndustryDept, Subject | Masked), (Supervisor, Masked)),
        Row(CasesApply, "登记申请", "Register an application", [.. Village, GridWorker]),
        Row(CasesVerify, "入户核实", "Verify a household", [.. Village, TownshipClerk]),
        Row(CasesMatch, "数据比对", "Match data", [TownshipClerk, CountyOffice], (IndustryDept, Subject)),
        Row(CasesReview, "民主评议", "Village review", [VillageCadre, FirstSecretary]),
        Row(CasesNotice, "村级公示", "Village notice", [VillageCadre, FirstSecretary]),
        Row(CasesTownship, "乡镇审核", "Township review", Township),
        Row(CasesCounty, "县级审定", "County decision", [CountyOffice]),
        Row(PlansEdit, "制定帮扶计划", "Make a plan", [.. Village, TownshipClerk], (PairingHelper, Assigned)),
        Row(PlansApprove, "审核帮扶计划", "Approve a plan", [.. Township, CountyOffice]),
        Row(MeasuresRecord, "登记帮扶措施", "Record measures", [.. Village, GridWorker, TownshipClerk], (MonitoringOfficer, Assigned), (PairingHelper, Assigned), (IndustryDept, Subject)),
        Row(EliminationPropose, "提出风险消除", "Propose elimination", [.. Village], (PairingHelper, Assigned)),
        Row(EliminationAudit, "乡镇核查风险消除", "Audit elimination", Township),
        Row(EliminationConfirm, "县级确认风险消除", "Confirm elimination", [CountyOffice]),
        Row(AssignmentsEdit, "指定责任人", "Assign people", [.. Township, CountyOffice]),
        Row(NoticesPublish, "发布公示", "Publish a notice", [VillageCadre, FirstSecretary]),
        Row(ObjectionsHandle, "处理异议", "Handle objections", [VillageCadre, FirstSecretary, .. Township]),
        Row(IssuesRead, "查看问题台账", "See the ledger", [.. Village, GridWorker, .. Township, CountyOffice, HigherOffice, IndustryDept, Supervisor, CountyLeader, Auditor]),
        Row(IssuesReport, "登记问题", "Register an issue", [.. Village, GridWorker, .. Township, CountyOffice, IndustryDept, Supervisor]),
        Row(IssuesAssign, "交办问题", "Assign an issue", [.. Township, CountyOffice]),
        Row(IssuesRectify, "整改问题", "Rectify an issue", [.. Village, GridWorker, .. Township, CountyOffice, IndustryDept]),
        Row(IssuesClose, "审查销号", "Examine and close an issue", [.. Township, CountyOffice, Supervisor]),
        Row(IssuesHandOver, "移交部门", "Hand an issue over to another department", [CountyOffice, IndustryDept]),
        Row(IssuesSendUp, "向市级或省级报送问题", "Send an issue up to the prefecture or province", [CountyOffice]),
        Row(IssuesAnswer, "答复县级报送的问题", "Answer issues that counties sent up", [HigherOffice]),
        Row(IssuesWeekly, "报送周报", "File the weekly report", Township),
        Row(ListingsRead, "查看挂牌督战", "See listed supervision", [.. Village, .. Township, CountyOffice, IndustryDept, Supervisor, CountyLeader, Auditor]),
        Row(ListingsEdit, "挂牌", "Put on the list", [CountyOffice]),
        Row(ListingsLog, "登记督战", "Keep the log of a listed object", [.. Township, CountyOffice, Supervisor, CountyLeader]),
        Row(ListingsRemove, "审定摘牌", "Decide on removal from the list", [CountyOffice, CountyLeader]),
        Row(OrganisationRead, "查看组织队伍", "See groups, teams and rosters", [.. Village, GridWorker, .. Township, CountyOffice, CountyLeader, IndustryDept, Supervisor, Auditor]),
        Row(OrganisationEdit, "管理组织队伍", "Manage groups, teams and links", [.. Township, CountyOffice]),
        Row(RostersEdit, "编排值班", "Make duty rosters", [.. Township, CountyOffice]),
        Row(MeetingsRead, "查看会议", "See meetings", [.. Village, .. Township, CountyOffice, CountyLeader, IndustryDept, Supervisor, Auditor]),
        Row(MeetingsHold, "登记会议", "Record meetings", [.. Village, .. Township, CountyOffice]),
        Row(MeetingsSign, "签发会议纪要", "Sign minutes", [VillageCadre, FirstSecretary, TownshipLeader, CountyOffice, CountyLeader]),
        Row(HometownRecord, "登记返乡走访", "Record hometown visits", [.. Village, .. Township, CountyOffice]),
        Row(CampaignsRead, "查看战役", "See drives", [.. Village, GridWorker, .. Township, CountyOffice, HigherOffice, IndustryDept, Supervisor, CountyLeader, Auditor]),
        Row(CampaignsRun, "发起和推进战役", "Start a drive and move it on", [CountyOffice]),
        Row(CampaignsClose, "结束战役", "Close a drive", [CountyOffice, CountyLeader]),
        Row(CampaignsTeams, "组建战役工作组", "Form teams of a drive", [.. Township, CountyOffice]),
        Row(CampaignsReview, "记录会审", "Record a joint review", [.. Village, .. Township]),
        Row(CampaignsExamine, "记录审查", "Record an examination", [.. Township, CountyOffice, Supervisor]),
        Row(CampaignsSupervise, "记录督导", "Record a supervision visit", [CountyOffice, Supervisor]),
        Row(CampaignsTables, "填报村表县表", "Fill village and county tables", [VillageCadre, .. Township, CountyOffice, IndustryDept]),
        Row(CampaignsConfirm, "确认表已核查", "Confirm tables", [.. Township, CountyOffice]),
        Row(CampaignsDraw, "抽取样本", "Draw a spot check", [CountyOffice, Supervisor]),
        Row(CampaignsCheck, "登记抽查结果", "Record what a spot check found", [CountyOffice, Supervisor]),
        Row(CampaignsSign, "编制和签署责任清单", "Prepare and sign sheets of a drive", [VillageCadre, FirstSecretary, .. Township, CountyOffice, IndustryDept, Supervisor, CountyLeader]),
        Row(CampaignsReport, "报送自查评估", "File a self-assessment", [CountyOffice, IndustryDept]),
        Row(CampaignsProve, "生成佐证材料", "Make a proof pack", [CountyOffice, CountyLeader, Auditor]),
        Row(ImportsRead, "查看导入", "See imports", [.. Township, CountyOffice, Auditor], (IndustryDept, Subject)),
        Row(ImportsRun, "导入文件", "Import files", [TownshipClerk, CountyOffice], (IndustryDept, Subject)),
        Row(ImportsUndo, "撤销导入", "Undo an import", [CountyOffice]),
        Row(MatchesDecide, "裁定疑似匹配", "Decide doubtful matches", [TownshipClerk, CountyOffice]),
        Row(QualityRead, "查看数据质量", "See data quality", [.. Village, .. Township, CountyOffice, Auditor]),
        Row(QualityFix, "说明数据疑点", "Explain findings", [VillageCadre, .. Township]),
        Row(RulesRead, "查看预警规则", "See rules", [.. Village, .. Township, CountyOffice, CountyLeader, HigherOffice, IndustryDept, Supervisor, Auditor]),
        Row(RulesEdit, "调整预警规则", "Change rules", [CountyOffice]),
        Row(RulesPublish, "发布规则调整方案", "Publish a rehearsed change of rules", [CountyOffice, CountyLeader, HigherOffice]),
        Row(FormsEdit, "修改走访表单", "Change forms of visits", [CountyOffice]),
        Row(LinesEdit, "录入监测线", "Enter lines", [CountyOffice]),
        Row(ScreeningRun, "运行筛查", "Run screening", [CountyOffice]),
        Row(IndicatorsRead, "查看统计指标", "See indicators", [.. Village, GridWorker, .. Township, CountyOffice, CountyLeader, HigherOffice, IndustryDept, Supervisor, Auditor]),
        Row(IndicatorsEdit, "上报和调整统计指标", "Report and adjust indicators", [TownshipClerk, CountyOffice]),
        Row(IndicatorsPublish, "发布统计指标", "Publish indicators", [CountyOffice, CountyLeader]),
        Row(BulletinsRead, "查看通报、排名与考核", "See bulletins, rankings and appraisals", [.. Village, GridWorker, .. Township, CountyOffice, CountyLeader, HigherOffice, IndustryDept, Supervisor, Auditor]),
        Row(BulletinsWrite, "起草通报、排名与考核", "Write bulletins, rankings and appraisals", [CountyOffice]),
        Row(BulletinsSign, "签发通报、排名与考核", "Sign bulletins, rankings and appraisals", [CountyLeader]),
        Row(BulletinsPublish, "发布通报、排名与考核", "Publish bulletins, rankings and appraisals", [CountyOffice, CountyLeader]),
        Row(BulletinsRemark, "对本单位考核陈述意见", "Speak on the own unit's appraisal", [.. Village, .. Township], (IndustryDept, Subject)),
        Row(UsersEdit, "管理用户", "Manage users", [Administrator]),
        Row(AuditRead, "查看审计日志", "Read the audit log", [Administrator, Auditor, CountyOffice]),
        Row(CountiesOpen, "选择县区", "Choose a county", [HigherOffice]),
        Row(BackupRun, "备份与恢复", "Back up and restore", [Administrator]),
    ];

    private static readonly FrozenDictionary<string, Permission> ByName = Table.ToFrozenDictionary(p => p.Name);

    /// <exception cref="KeyNotFoundException">No such permission: a misspelt name in code.</exception>
    public static Permission Find(string name) => ByName[name];

    /// <summary>How far a role may go, or null where it may not at all.</summary>
    public static Reach? Of(Role role, string permission) =>
        Find(permission).Roles.TryGetValue(role, out var reach) ? reach : null;

    private static Permission Row(string name, string zh, string en, Role[] wholeArea, params (Role Role, Reach Reach)[] limited) =>
        new(name, new(zh, en), wholeArea.Select(r => (Role: r, Reach: Area)).Concat(limited).GroupBy(r => r.Role).ToDictionary(g => g.Key, g => g.First().Reach));
}
