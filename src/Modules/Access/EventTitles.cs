using System.Collections.Frozen;
using Shouwang.Kernel;

namespace Shouwang.Modules.Access;

/// <summary>Events in plain words for the audit page. An event without an entry shows its name.</summary>
/// <remarks>Access knows no other module, so this is a dictionary and not a reference: a word that is missing costs nobody anything.</remarks>
internal static class EventTitles
{
    private static readonly FrozenDictionary<string, Text> Titles = new Dictionary<string, Text>
    {
        ["access.signed-in"] = new("登录", "Signed in"),
        ["access.sign-in-failed"] = new("登录失败", "Failed to sign in"),
        ["access.locked"] = new("账号锁定", "Account locked"),
        ["access.user-added"] = new("新建用户", "Added a user"),
        ["access.user-reset"] = new("重置密码", "Reset a password"),
        ["access.user-disabled"] = new("停用用户", "Disabled a user"),
        ["access.user-enabled"] = new("恢复用户", "Enabled a user"),
        ["access.user-moved"] = new("调整岗位", "Changed a post"),
        ["access.password-changed"] = new("修改密码", "Changed the password"),
        ["access.second-step-added"] = new("开启两步验证", "Turned on the second step"),
        ["access.second-step-dropped"] = new("关闭两步验证", "Turned off the second step"),
        ["access.device-enrolled"] = new("登记手机", "Enrolled a phone"),
        ["access.device-ended"] = new("停用手机", "Ended a phone"),
        ["lists.exported"] = new("导出名单", "Exported a list"),
        ["households.revealed"] = new("查看完整号码", "Opened full numbers"),
        ["imports.applied"] = new("导入文件", "Applied an import"),
        ["imports.undone"] = new("撤销导入", "Took back an import"),
        ["imports.matched"] = new("裁定匹配", "Decided a match"),
        ["screening.run"] = new("运行筛查", "Ran the screening"),
        ["screening.rescreened"] = new("自动复筛", "Screened again"),
        ["leads.opened"] = new("新开线索", "Opened leads"),
        ["leads.joined"] = new("并入线索", "Joined a lead"),
        ["reports.received"] = new("收到申报", "Received a report"),
        ["rules.changed"] = new("调整规则", "Changed a rule"),
        ["rehearsals.saved"] = new("保存推演", "Saved a rehearsal"),
        ["rehearsals.published"] = new("发布推演方案", "Published a rehearsal"),
        ["forms.published"] = new("启用走访表单", "Published a form"),
        ["lines.entered"] = new("录入监测线", "Entered a line"),
        ["casework.visit"] = new("登记走访", "Recorded a visit"),
        ["casework.visit-signed"] = new("共同签署走访", "Signed a visit, too"),
        ["field.received"] = new("收到手机上报", "Received from phones"),
        ["field.tried-again"] = new("重新入库", "Tried a submission again"),
        ["field.set-aside"] = new("留存上报", "Left a submission as it is"),
        ["field.conflict-decided"] = new("裁定数据冲突", "Decided a conflict"),
        ["casework.assign"] = new("指定责任人", "Assigned somebody"),
        ["casework.adopted"] = new("接管监测户", "Took in monitored households"),
        ["casework.case.Open"] = new("立案识别", "Opened a case"),
        ["casework.plan.Make"] = new("制定计划", "Made a plan"),
        ["casework.plan.Approve"] = new("审核计划", "Approved a plan"),
        ["casework.measure.Propose"] = new("提出措施", "Proposed a measure"),
        ["notices.published"] = new("发布公示", "Published a notice"),
        ["notices.photographed"] = new("公示拍照", "Photographed a notice"),
        ["notices.closed"] = new("结束公示", "Closed a notice"),
        ["notices.withdrawn"] = new("撤下公示", "Withdrew a notice"),
        ["notices.objected"] = new("收到异议", "Received an objection"),
        ["notices.objection-handled"] = new("处理异议", "Handled an objection"),
        ["ledger.issue-reported"] = new("登记问题", "Entered a problem"),
        ["ledger.weekly-filed"] = new("报送周报", "Filed a weekly report"),
        ["casework.hand-over"] = new("移交帮扶户", "Handed households over"),
        ["casework.paired-as-named"] = new("按户表建立结对", "Paired as files say"),
        ["organisation.group-set-up"] = new("建立机构", "Set up a group"),
        ["organisation.group-dissolved"] = new("撤销机构", "Dissolved a group"),
        ["organisation.member-added"] = new("登记成员", "Added a member"),
        ["organisation.member-left"] = new("成员离任", "A member left"),
        ["organisation.area-linked"] = new("登记联点", "Linked a leader"),
        ["organisation.link-ended"] = new("结束联点", "Ended a link"),
        ["organisation.roster-saved"] = new("保存值班表", "Saved a roster"),
        ["organisation.roster-confirmed"] = new("确认值班表", "Confirmed a roster"),
        ["organisation.meeting-called"] = new("召集会议", "Called a meeting"),
        ["organisation.hometown-visit"] = new("登记返乡走访", "Entered a hometown visit"),
        ["campaigns.started"] = new("发起战役", "Started a drive"),
        ["campaigns.dates-changed"] = new("调整战役日期", "Changed the days of a drive"),
        ["campaigns.team-formed"] = new("组建工作组", "Formed a team"),
        ["campaigns.teams-formed"] = new("批量组建工作组", "Formed teams"),
        ["campaigns.team-ended"] = new("撤销工作组", "Ended a team"),
        ["campaigns.member-added"] = new("增加组员", "Added a member of a team"),
        ["campaigns.group-taken"] = new("编入督战督导组", "Gave a group its townships"),
        ["campaigns.group-ended"] = new("撤出督战督导组", "Took a group out of a drive"),
        ["campaigns.supervised"] = new("记录督导", "Recorded a supervision visit"),
        ["campaigns.reviewed"] = new("记录会审", "Recorded a review"),
        ["campaigns.examined"] = new("记录审查", "Recorded an examination"),
        ["campaigns.table-entered"] = new("填报村表县表", "Entered a value of a table"),
        ["campaigns.table-checked"] = new("确认表已核查", "Confirmed a table"),
        ["campaigns.sample-drawn"] = new("抽取样本", "Drew a spot check"),
        ["campaigns.sample-checked"] = new("登记抽查结果", "Recorded what a spot check found"),
        ["campaigns.sheet-prepared"] = new("编制责任清单", "Prepared a sheet"),
        ["campaigns.sheet-signed"] = new("签署责任清单", "Signed a sheet"),
        ["campaigns.report-filed"] = new("报送自查评估", "Filed a self-assessment"),
        ["campaigns.pack-made"] = new("生成佐证材料", "Made a proof pack"),
        ["campaigns.pack-printed"] = new("生成佐证材料文件", "Printed a proof pack"),
        ["quality.run"] = new("检查数据质量", "Checked data quality"),
        ["quality.explained"] = new("说明数据疑点", "Explained a finding"),
        ["insight.reported"] = new("上报指标", "Reported an indicator"),
        ["insight.adjusted"] = new("调整指标", "Adjusted an indicator"),
        ["insight.published"] = new("发布统计指标", "Published figures"),
        ["insight.computed"] = new("统计指标", "Worked out figures"),
    }.ToFrozenDictionary();

    /// <summary>Families of events that are named after a step.</summary>
    private static readonly (string Prefix, Text Title)[] Families =
    [
        ("screening.lead.", new("线索办理", "Step of a lead")), ("casework.case.", new("个案办理", "Step of a case")),
        ("casework.object.", new("监测对象变更", "Step of a monitored household")), ("casework.measure.", new("措施办理", "Step of a measure")),
        ("casework.elimination.", new("风险消除办理", "Step of an elimination")), ("ledger.listing.", new("挂牌督战", "Listed supervision")), ("organisation.meeting.", new("会议办理", "Step of a meeting")), ("ledger.", new("问题办理", "Step of a problem")),
        ("campaigns.step.", new("战役推进", "Step of a drive")),
    ];

    public static Text Of(string name)
    {
        if (Titles.TryGetValue(name, out var title))
            return title;
        var family = Array.Find(Families, f => name.StartsWith(f.Prefix, StringComparison.Ordinal));
        return family.Prefix is null ? new(name, name) : new($"{family.Title.Zh}：{name[family.Prefix.Length..]}", $"{family.Title.En}: {name[family.Prefix.Length..]}");
    }
}
