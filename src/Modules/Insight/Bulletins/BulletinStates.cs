using Shouwang.Kernel;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Insight.Bulletins.BulletinEvent;
using static Shouwang.Modules.Insight.Bulletins.BulletinState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>The life of a bulletin, ranking or card. DOMAIN has no table of it; this one follows seed 2 and how offices issue papers: written, put forward, signed, published.</summary>
/// <remarks>Nothing is changed after it was signed. A mistake is put right by a new issue that names the old one.</remarks>
public static class BulletinStates
{
    public static readonly LifeCycle<BulletinState, BulletinEvent> Life = new("SM-16", new("通报、排名与考核", "Bulletin, ranking, appraisal card"), new(
        Draft, new HashSet<BulletinState> { Withdrawn, Replaced, Discarded },
        new(Draft, Edit, Draft, BulletinsWrite, null),
        new(Draft, Submit, PutForward, BulletinsWrite, null),
        new(Draft, Discard, Discarded, BulletinsWrite, null, Reason),
        new(PutForward, BulletinEvent.Remark, PutForward, BulletinsRemark, null, EvidenceKinds.Remark),
        new(PutForward, Answer, PutForward, BulletinsWrite, null, EvidenceKinds.Remark),
        new(PutForward, Return, Draft, BulletinsSign, null, Reason),
        new(PutForward, Sign, Signed, BulletinsSign, null, Decision),
        new(Signed, Return, Draft, BulletinsSign, null, Reason),
        new(Signed, Publish, Published, BulletinsPublish, null),
        new(Published, Withdraw, Withdrawn, BulletinsSign, null, Reason),
        new(Published, Replace, Replaced, BulletinsPublish, null)),
        NameOf, NameOf);

    /// <summary>Open to everybody who reads bulletins, also when it no longer holds.</summary>
    public static readonly IReadOnlyList<BulletinState> Public = [Published, Withdrawn, Replaced];

    /// <summary>What stands in the way of another one about the same.</summary>
    public static readonly IReadOnlyList<BulletinState> Live = [Draft, PutForward, Signed, Published];

    public static Text NameOf(BulletinState state) => state switch
    {
        Draft => new("草稿", "draft"),
        PutForward => new("待签发", "waiting for the signature"),
        Signed => new("已签发，待发布", "signed"),
        Published => new("已发布", "published"),
        Withdrawn => new("已撤回", "withdrawn"),
        Replaced => new("已被更正", "corrected by another issue"),
        Discarded => new("已作废", "discarded"),
    };

    public static Text NameOf(BulletinEvent happening) => happening switch
    {
        Write => new("起草", "write"),
        Edit => new("修改文字", "edit the text"),
        Submit => new("送签", "put forward"),
        BulletinEvent.Remark => new("单位陈述", "give the unit's view"),
        Answer => new("答复陈述", "answer the unit"),
        Return => new("退回修改", "send back"),
        Sign => new("签发", "sign"),
        Publish => new("发布", "publish"),
        Withdraw => new("撤回", "withdraw"),
        Replace => new("以更正件代替", "replace by a correction"),
        Discard => new("作废", "discard"),
    };

    public static Text NameOf(BulletinKind kind) => kind switch
    {
        BulletinKind.Monthly => new("月通报", "Monthly bulletin"),
        BulletinKind.Ranking => new("季度排名", "Quarterly ranking"),
        BulletinKind.Appraisal => new("年度考核", "Annual appraisal"),
    };
}
