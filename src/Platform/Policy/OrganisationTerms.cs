using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;

namespace Shouwang.Platform.Policy;

/// <summary>A kind of group 组织机构: a leading group, a working group, a resident team, the staff of a township.</summary>
/// <param name="Level">Of the area it belongs to.</param>
/// <param name="Parent">The kind of the group above it; null where it stands alone or under any.</param>
/// <param name="Posted">It is posted to its area to stay there 派驻: a resident team.</param>
/// <param name="Duty">Its members stand on the duty roster of their township.</param>
/// <param name="Roles">The first one is what a member is unless said otherwise.</param>
public sealed record GroupKind(
    string Code, Text Title, AreaLevel Level, string? Parent, bool Posted, bool Duty, IReadOnlyList<GroupRole> Roles, Text Source, bool Assumed)
{
    /// <summary>The role of that code, or null.</summary>
    public GroupRole? Role(string code) => Roles.FirstOrDefault(r => r.Code == code);
}

/// <summary>What somebody is in a group.</summary>
/// <param name="Leads">Who has it stands at the head; of a township's staff, a leader of whom one has to be in the township 党政主要领导.</param>
/// <param name="Least">So many a group of the kind should have; fewer is shown as a gap.</param>
public sealed record GroupRole(string Code, Text Title, bool Leads, int Least);

/// <summary>A kind of link between a leader and an area 联点: who looks after which township or village.</summary>
/// <param name="Level">Of the areas it covers.</param>
public sealed record LinkKind(string Code, Text Title, AreaLevel Level, Text Source);

/// <summary>How often a meeting of a kind is held.</summary>
public enum MeetingRhythm
{
    /// <summary>When there is need.</summary>
    None,

    /// <summary>In the evening of each day on which households of the village were visited.</summary>
    VisitDay,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>A kind of meeting 会议.</summary>
/// <param name="Levels">Of the areas in which it is held; by its rhythm it is due at the first of them.</param>
/// <param name="Evening">It prepares itself from the visits of a day 夜会商.</param>
/// <param name="Courtyard">Households take part, and the points they raise are reported up 院坝会、院落会.</param>
/// <param name="OnFieldDays">It may be held on days that are kept free of meetings.</param>
/// <param name="CountsAs">The body, or the kind of occasion, for which indicators count it; null where none does.</param>
public sealed record MeetingKind(
    string Code, Text Title, IReadOnlyList<AreaLevel> Levels, MeetingRhythm Every, bool Evening, bool Courtyard, bool OnFieldDays, string? CountsAs, Text Source, bool Assumed)
{
    /// <summary>The first and last day of the period of the rhythm that holds a day; null where there is none.</summary>
    public (DateOnly From, DateOnly To)? Period(DateOnly day)
    {
        var (month, quarter) = (new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1));
        return Every switch
        {
            MeetingRhythm.None => null,
            MeetingRhythm.VisitDay => (day, day),
            MeetingRhythm.Week => (day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), day.AddDays(6 - (((int)day.DayOfWeek + 6) % 7))),
            MeetingRhythm.Month => (month, month.AddMonths(1).AddDays(-1)),
            MeetingRhythm.Quarter => (quarter, quarter.AddMonths(3).AddDays(-1)),
            MeetingRhythm.Year => (new(day.Year, 1, 1), new(day.Year, 12, 31)),
        };
    }
}

/// <summary>Of whom a duty rule speaks.</summary>
public enum DutyWho { Leaders, Staff }

/// <summary>Where they have to be: anywhere in the township, or posted to one of its villages.</summary>
public enum DutyWhere { Township, Village }

/// <summary>A rule about duty rosters 值班值守, such as "one of two leaders is in the township every day".</summary>
/// <param name="Least">At least so many people; 0 where the rule speaks of a share.</param>
/// <param name="LeastPercent">At least this share of the people on the roster, in whole percent, rounded up to people; 0 where it speaks of a number.</param>
/// <param name="Days">The days of the week on which it holds.</param>
/// <param name="OnlyWorkdays">It does not hold on holidays of the calendar.</param>
/// <param name="NoMeetings">No meetings are held on these days 集中会战日, but those that belong to the work in the villages.</param>
public sealed record DutyRule(
    string Code, Text Title, DutyWho Who, DutyWhere Where, int Least, int LeastPercent, IReadOnlyList<DayOfWeek> Days, bool OnlyWorkdays, bool NoMeetings, Text Source, bool Assumed)
{
    public bool HoldsOn(DateOnly day, WorkCalendar calendar) => Days.Contains(day.DayOfWeek) && (!OnlyWorkdays || calendar.IsWorkday(day));

    /// <summary>How many of so many people have to be there.</summary>
    public int Needed(int people) => Math.Min(people, Math.Max(Least, (people * LeastPercent + 99) / 100));
}
