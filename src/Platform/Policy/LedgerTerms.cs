using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;

namespace Shouwang.Platform.Policy;

/// <summary>Where a problem of the ledger 问题台账 can come from, such as a visit or a petition.</summary>
public sealed record IssueSource(string Code, Text Title, Text Source)
{
    /// <summary>What comes from there are tasks and no problems: followed in the ledger, not counted among problems.</summary>
    public bool IsOfTasks { get; init; }
}

/// <summary>A kind of problem 问题类别.</summary>
/// <param name="Department">The office that answers for the subject.</param>
/// <param name="Weekly">Townships report on it every week 周报, also when there is nothing.</param>
/// <param name="MonthlyZero">What was found in a month is struck off by its end 月清零.</param>
/// <param name="GraceDays">With the monthly zero: what is found in the last so many days of a month has until the end of the next. 0 or more.</param>
/// <param name="Assumed">No text sets the rule.</param>
public sealed record IssueKind(string Code, Text Title, string Department, bool Weekly, bool MonthlyZero, int GraceDays, Text Source, bool Assumed)
{
    /// <summary>The day by which the monthly zero wants it struck off; null where the rule does not hold for the kind.</summary>
    public DateOnly? ZeroBy(DateOnly foundOn)
    {
        if (!MonthlyZero)
            return null;
        var end = EndOfMonth(foundOn);
        return end.DayNumber - foundOn.DayNumber < GraceDays ? EndOfMonth(end.AddDays(1)) : end;
    }

    private static DateOnly EndOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
}

/// <summary>A fast lane for urgent problems of a subject 绿色通道, worked on by the departments of the joint office 集中办公.</summary>
/// <param name="Department">Whose queue a problem enters first.</param>
/// <param name="Others">Other departments of the channel, to which it may be handed over.</param>
/// <param name="Target">From entering the channel until the problem is put right; a hand-over changes nothing about it.</param>
public sealed record GreenChannel(string Code, Text Title, string Department, IReadOnlyList<string> Others, TimeLimit Target, Text Source, bool Assumed)
{
    /// <summary>Everybody who works on the channel, the first one first.</summary>
    public IEnumerable<string> Departments => Others.Prepend(Department).Distinct();
}

/// <summary>What a rule of entry looks at.</summary>
public enum IssueTrigger
{
    /// <summary>A finding of data quality that is on the list and that nobody explained.</summary>
    Finding,

    /// <summary>An open lead whose stage is past its last day.</summary>
    LeadWaiting,

    /// <summary>A lead whose check found that a rule was right, as long as the rule holds.</summary>
    LeadConfirmed,
}

/// <summary>What a lead waits for.</summary>
public enum LeadWait { Dispatch, Visit, Confirmation }

/// <summary>Who is to put right what a rule enters.</summary>
public enum IssueUnit
{
    Village,
    Township,
    County,

    /// <summary>The department of the kind of problem.</summary>
    Department,
}

/// <summary>A rule by which something wrong becomes a problem of the ledger without anybody typing it.</summary>
/// <remarks>Of several rules that look at the same thing the first that fits enters it. All findings of one check in one village, and all leads that wait in one village, are one problem.</remarks>
/// <param name="Checks">Numbers of data-quality or warning rules; empty for all.</param>
/// <param name="Severe">Of findings: errors only.</param>
/// <param name="WaitsFor">Of leads that wait: for what.</param>
/// <param name="AfterDays">How many days it has to have been there, or past its last day; 0 enters it at once.</param>
/// <param name="Kind">The kind of problem it becomes.</param>
/// <param name="DueDays">From entering it until it is to be put right; what the assignment proposes.</param>
public sealed record IssueRule(
    string Code, Text Title, IssueTrigger When, IReadOnlyList<string> Checks, bool Severe, LeadWait WaitsFor, int AfterDays, string Kind, IssueUnit Unit, int DueDays, Text Source, bool Assumed)
{
    /// <summary>The source of problems it stands under.</summary>
    public string From => When == IssueTrigger.Finding ? "data_quality" : "screening";

    /// <summary>True for a check the rule looks at.</summary>
    public bool Covers(string check) => Checks.Count == 0 || Checks.Contains(check);
}
