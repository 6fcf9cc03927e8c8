using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Campaigns.Pages;

/// <summary>How things of a drive look on its pages.</summary>
internal static class Looks
{
    public static Tone ToneOf(CampaignState state) => state switch
    {
        CampaignState.Planned or CampaignState.Deployed => Tone.Note,
        CampaignState.FieldWork or CampaignState.DataEntry or CampaignState.ReportedUp or CampaignState.SpotCheck or CampaignState.SelfAssessed => Tone.Good,
        CampaignState.Closed or CampaignState.Cancelled => Tone.Plain,
    };

    public static Tone ToneOf(SheetStanding standing) => standing switch
    {
        SheetStanding.NotPrepared => Tone.Plain,
        SheetStanding.Prepared => Tone.Note,
        SheetStanding.Signed => Tone.Good,
        SheetStanding.ChangedSince => Tone.Warn,
    };

    public static Text NameOf(SheetStanding standing) => standing switch
    {
        SheetStanding.NotPrepared => new("未编制", "not prepared"),
        SheetStanding.Prepared => new("待签", "to be signed"),
        SheetStanding.Signed => new("已签齐", "signed"),
        SheetStanding.ChangedSince => new("数据有变", "changed since"),
    };

    public static Tone ToneOf(CheckResult result) => result switch
    {
        CheckResult.Waiting => Tone.Note,
        CheckResult.Agrees => Tone.Good,
        CheckResult.Differs => Tone.Warn,
    };

    public static Text NameOf(CheckResult result) => result switch
    {
        CheckResult.Waiting => new("待核对", "to be checked"),
        CheckResult.Agrees => new("一致", "agrees"),
        CheckResult.Differs => new("不一致", "differs"),
    };

    public static Text NameOf(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => new("周一", "Monday"),
        DayOfWeek.Tuesday => new("周二", "Tuesday"),
        DayOfWeek.Wednesday => new("周三", "Wednesday"),
        DayOfWeek.Thursday => new("周四", "Thursday"),
        DayOfWeek.Friday => new("周五", "Friday"),
        DayOfWeek.Saturday => new("周六", "Saturday"),
        DayOfWeek.Sunday => new("周日", "Sunday"),
    };

    /// <summary>The part of a drive an actor looks at: the chosen area inside the own one, else the own one.</summary>
    public static AreaCode Within(Screen screen, Actor actor) => AreaFilter.Of(screen.Query("area"), actor) ?? actor.Area;

    /// <summary>A share of households; nothing where there are none.</summary>
    public static decimal? Share(int part, int whole) => whole == 0 ? null : (decimal)part / whole;

    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static decimal? Number(string text) => decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static Text StateOf(Campaign campaign) => CampaignStates.NameOf(campaign.State);

    /// <summary>Rows of the progress table: the areas below one, in which there is anything, and what lies in none of them, such as problems of the county's offices.</summary>
    public static IReadOnlyList<(AreaCode Area, PlaceFigures Figures)> Below(Screen screen, Board board, AreaCode within) =>
        [.. screen.AreasBelow(within).Select(a => (a, board.Of(a))).Concat(within.Level < AreaLevel.Village && board.Places.TryGetValue(within.Digits, out var own) ? [(within, own)] : [])
            .Where(a => a.Item2.Households > 0 || a.Item2.Found > 0 || a.Item2.ToClean > 0)];

    /// <summary>A row's name: of what lies in no area below, the area itself.</summary>
    public static string NameOf(Screen screen, AreaCode area, AreaCode within) => area == within ? screen.Say(new($"{screen.AreaName(area)}本级", $"{screen.AreaName(area)} itself")) : screen.AreaName(area);
}
