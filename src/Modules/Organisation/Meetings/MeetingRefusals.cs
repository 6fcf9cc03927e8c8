using Shouwang.Kernel;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Organisation.Meetings;

/// <summary>Every refusal about meetings. The codes are part of the interface: add, never reuse.</summary>
internal static class MeetingRefusals
{
    public static Problem NotFound { get; } = new("meetings.not-found", 404,
        new("您的区域内没有这次会议。", "There is no such meeting in your area."),
        new("请核对编号。", "Check the number."));

    public static Problem Unread { get; } = new("meetings.unread", 403,
        new("会议记录不对您的岗位开放，不能由您签发。", "The minutes are not open to your post, and so not yours to sign."),
        new("请由会议所在村或乡镇的签发人签发。", "Let whoever signs for the village or township where it was held sign them."));

    public static Problem NoChair { get; } = new("meetings.no-chair", 422,
        new("没有填写主持人。", "Nobody chairs it."),
        new("请填写主持人姓名及职务。", "Give the name and post of who chairs it."));

    public static Problem NobodyThere { get; } = new("meetings.nobody-there", 422,
        new("没有填写到会单位。", "No unit was there."),
        new("请至少填写一个单位，每行一个。", "Give one unit at least, one a line."));

    public static Problem BadCount { get; } = new("meetings.bad-count", 422,
        new("到会人数须为正整数，户数不小于0。", "People are a whole number above 0, households not below 0."),
        new("请更正人数或户数。", "Correct the numbers."));

    public static Problem NoMinutes { get; } = new("meetings.no-minutes", 422,
        new("没有会议记录，也没有议定事项。", "There are neither minutes nor decisions."),
        new("请写下会议情况，或登记一项议定事项。", "Write down what was said, or enter a decision."));

    public static Problem NoHouseholds { get; } = new("meetings.no-households", 422,
        new("院坝会要登记到会户数和人数。", "Of a courtyard meeting the households and people who came are counted."),
        new("只填数字，不登记个人。", "Numbers only; nobody is listed."));

    public static Problem NothingDecided { get; } = new("meetings.nothing-decided", 422,
        new("没有填写议定事项。", "No decision was entered."),
        new("请填写事项、责任单位和责任人。", "Give what is to be done, the unit and the person."));

    public static Problem DecisionWithoutWords { get; } = new("meetings.decision-without-words", 422,
        new("有一项议定事项没有内容。", "A decision has no words."),
        new("请写明要做什么，或删去这一行。", "Say what is to be done, or empty its line."));

    public static Problem OutsideItsArea { get; } = new("meetings.outside-its-area", 422,
        new("议定事项超出了会议所在的区域。", "A decision is about a place outside the meeting's area."),
        new("请选择辖区内的地方或农户。", "Choose a place or household inside it."));

    public static Problem NoHousehold(string code) => new("meetings.no-household", 422,
        new($"辖区内没有户编号“{code}”。", $"There is no household '{code}' in your area."),
        new("请核对户编号，或留空。", "Check the code, or leave it empty."));

    public static Problem KindUnknown(string kind) => new("meetings.kind-unknown", 422,
        new($"没有会议种类“{kind}”。", $"There is no kind of meeting '{kind}'."),
        new("请从列表中选择；新的种类由县级在政策包 meeting_kinds 中增加。", "Choose one of the list; a county adds kinds in its policy pack, under meeting_kinds."));

    public static Problem WrongLevel(MeetingKind kind) => new("meetings.wrong-level", 422,
        new($"“{kind.Title.Zh}”不在这一级召开。", $"A {kind.Title.En} is not held at this level."),
        new($"可以召开的有：{string.Join('、', kind.Levels.Select(l => GroupRefusals.LevelName(l).Zh))}。", $"It is held by: {string.Join(", ", kind.Levels.Select(l => GroupRefusals.LevelName(l).En))}."));

    public static Problem FieldDay(DateOnly day, DutyRule rule) => new("meetings.field-day", 409,
        new($"{day:yyyy-MM-dd} 为集中会战日（{rule.Title.Zh}），不开会。", $"{day:yyyy-MM-dd} is kept free of meetings: {rule.Title.En}."),
        new("请改期；确需召开的，写明原因。", "Choose another day, or give the reason why it has to be held."));

    public static Problem NotYet(DateOnly on) => new("meetings.not-yet", 409,
        new($"会议在 {on:yyyy-MM-dd} 召开，还没有到。", $"The meeting is on {on:yyyy-MM-dd}, which is still to come."),
        new("请在会后登记。", "Record it afterwards."));

    public static Problem ReviewedAlready(string code) => new("meetings.reviewed-already", 409,
        new($"这一天已有夜会商（{code}）。", $"The day was reviewed already ({code})."),
        new("请在原记录上补充议定事项。", "Add decisions to that one."));
}
