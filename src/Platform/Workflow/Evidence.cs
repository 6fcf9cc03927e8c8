using System.Collections.Frozen;
using Shouwang.Kernel;

namespace Shouwang.Platform.Workflow;

/// <summary>What is attached to a step of a life cycle to show that it was really taken.</summary>
/// <param name="Code">Which evidence of the state table it is, such as <c>minutes</c>; see <see cref="EvidenceKinds"/>.</param>
/// <param name="File">The content hash of a stored file, for evidence that is a file.</param>
/// <param name="Text">Words, numbers or an id, for evidence that is written down. Stored encrypted.</param>
public sealed record Evidence(string Code, string? File = null, string? Text = null);

/// <summary>How evidence of a kind is given.</summary>
public enum EvidenceForm
{
    /// <summary>A stored file: photo, scan, signature.</summary>
    File,

    /// <summary>Words or numbers.</summary>
    Words,

    /// <summary>A record of ours that the step names: a visit, a notice.</summary>
    Record,
}

/// <param name="Code">As in the state tables.</param>
public sealed record EvidenceKind(string Code, Text Title, EvidenceForm Form);

/// <summary>Every kind of evidence a state table may ask for.</summary>
public static class EvidenceKinds
{
    public const string
        Reason = "reason", Visit = "visit", Photo = "photo", Order = "order", Investigators = "investigators", IncomeSheet = "income_sheet",
        Application = "application", Authorisation = "authorisation", MatchingResult = "matching_result", Minutes = "minutes", Votes = "votes",
        Notice = "notice", NoticePhoto = "notice_photo", Objection = "objection", Finding = "finding", Checklist = "checklist", Decision = "decision",
        Approval = "approval", Plan = "plan", Measure = "measure", Receipt = "receipt", Amount = "amount", Effect = "effect", Guards = "guards",
        Announcement = "announcement", Responsible = "responsible", Rectification = "rectification", Signature = "signature",
        Remark = "remark", Reply = "reply", Document = "document";

    public static readonly IReadOnlyList<EvidenceKind> Table =
    [
        new(Reason, new("理由", "reason"), EvidenceForm.Words),
        new(Visit, new("走访记录", "visit record"), EvidenceForm.Record),
        new(Photo, new("照片", "photo"), EvidenceForm.File),
        new(Order, new("交办意见", "dispatch order"), EvidenceForm.Words),
        new(Investigators, new("两名以上核查人", "two or more investigators"), EvidenceForm.Words),
        new(IncomeSheet, new("收支测算", "income estimate"), EvidenceForm.Words),
        new(Application, new("申请书", "application"), EvidenceForm.File),
        new(Authorisation, new("承诺授权书", "commitment and authorisation"), EvidenceForm.File),
        new(MatchingResult, new("各部门比对结果", "matching result by source"), EvidenceForm.Words),
        new(Minutes, new("会议记录", "minutes"), EvidenceForm.File),
        new(Votes, new("到会与表决人数", "attendance and votes"), EvidenceForm.Words),
        new(Notice, new("公示", "public notice"), EvidenceForm.Record),
        new(NoticePhoto, new("公示栏照片", "photo of the notice board"), EvidenceForm.Record),
        new(Objection, new("异议", "objection"), EvidenceForm.Record),
        new(Finding, new("调查结论", "finding"), EvidenceForm.Words),
        new(Checklist, new("审核清单", "checklist"), EvidenceForm.Words),
        new(Decision, new("审定意见", "decision"), EvidenceForm.Words),
        new(Approval, new("批准意见", "approval note"), EvidenceForm.Words),
        new(Plan, new("帮扶计划", "plan"), EvidenceForm.Record),
        new(Measure, new("帮扶措施", "measure"), EvidenceForm.Record),
        new(Receipt, new("签收凭证", "receipt or signature"), EvidenceForm.File),
        new(Amount, new("金额或数量", "amount or quantity"), EvidenceForm.Words),
        new(Effect, new("成效说明", "effect"), EvidenceForm.Words),
        new(Guards, new("消除条件全部满足", "every condition of elimination met"), EvidenceForm.Record),
        new(Announcement, new("公告", "announcement"), EvidenceForm.Words),
        new(Responsible, new("责任单位、责任人和期限", "unit, person and date"), EvidenceForm.Words),
        new(Rectification, new("整改情况", "rectification"), EvidenceForm.Words),
        new(Signature, new("农户签字", "signature of the household"), EvidenceForm.File),
        new(Remark, new("意见", "view"), EvidenceForm.Words),
        new(Reply, new("上级答复", "answer from above"), EvidenceForm.Words),
        new(Document, new("文件扫描件", "scan of the document"), EvidenceForm.File),
    ];

    private static readonly FrozenDictionary<string, EvidenceKind> ByCode = Table.ToFrozenDictionary(k => k.Code);

    /// <exception cref="KeyNotFoundException">No such kind: a misspelt code in a state table.</exception>
    public static EvidenceKind Find(string code) => ByCode[code];

    public static bool Exists(string code) => ByCode.ContainsKey(code);
}
