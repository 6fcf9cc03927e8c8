using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>How leads and rules are called on the screen.</summary>
internal static class LeadWords
{
    public static Text Of(RuleLevel level) => level switch
    {
        RuleLevel.Red => new("红色", "red"),
        RuleLevel.Yellow => new("黄色", "yellow"),
        RuleLevel.Green => new("绿色", "green"),
    };

    public static Tone ToneOf(RuleLevel level) => level switch
    {
        RuleLevel.Red => Tone.Bad,
        RuleLevel.Yellow => Tone.Warn,
        RuleLevel.Green => Tone.Good,
    };

    public static Text Of(LeadSource source) => source switch
    {
        LeadSource.HouseholdReport => new("农户申报", "household"),
        LeadSource.CadreScreening => new("干部排查", "cadre"),
        LeadSource.DepartmentWarning => new("部门预警", "department"),
        LeadSource.Hotline => new("热线", "hot line"),
        LeadSource.PetitionOrMedia => new("信访舆情", "petition or media"),
        LeadSource.PlatformAnalysis => new("数据筛查", "screening"),
        LeadSource.Supervision => new("督查发现", "supervision"),
    };

    public static Tone ToneOf(LeadState state) => state switch
    {
        LeadState.New or LeadState.Dispatched => Tone.Note,
        LeadState.Verifying or LeadState.DismissalProposed => Tone.Warn,
        LeadState.Escalated or LeadState.GreenChannel => Tone.Bad,
        LeadState.Dismissed or LeadState.ResolvedOnSpot => Tone.Good,
    };

    public static Text Of(RuleState state) => state switch
    {
        RuleState.Live => new("正式", "live"),
        RuleState.Shadow => new("试运行", "shadow"),
    };
}
