using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>The lists that are views of the one ledger. Five lists 五张清单 are all of them, three lists 三张清单 are problem, task and responsibility.</summary>
public enum IssueList { Problem, Rectification, Task, Responsibility, Effect }

/// <summary>Which part of the ledger a list shows.</summary>
public enum IssueShow
{
    /// <summary>Not struck off.</summary>
    Open,
    Overdue,

    /// <summary>Struck off.</summary>
    Ended,

    /// <summary>Struck off, and it is time to see whether it held.</summary>
    ToCheck,
    All,
}

/// <summary>What a list is narrowed to. Everything set has to hold.</summary>
/// <param name="From">Found on or after.</param>
/// <param name="To">Found on or before.</param>
/// <param name="Text">The beginning of a code, or a part of the unit's or person's name.</param>
public sealed record IssueFilter(
    IssueShow Show = IssueShow.Open, AreaCode? Area = null, string? Kind = null, string? Source = null, IssueState? State = null, string? Channel = null,
    string? Department = null, DateOnly? From = null, DateOnly? To = null, string? Text = null, bool Recurring = false, int Skip = 0, int Take = 50);

/// <summary>A row of the ledger, with what any of the lists shows. Words that the reader may not see are <see cref="Withheld.Notice"/>.</summary>
public sealed record IssueRow(
    Guid Id, string Code, string Area, Guid? Household, string Subject, string Source, IssueState State, DateOnly FoundOn, string FoundBy, Text? Problem,
    Text? Task, string? Unit, string? Person, DateOnly? DueOn, AreaLevel Level, string? Department, DateOnly? DepartmentSince, string? Channel, DateOnly? ChannelOn,
    DateOnly? ChannelDueOn, Text? Rectification, DateOnly? SubmittedOn, Text? Effect, DateOnly? ClosedOn, string? ClosedBy, DateOnly? CheckOn, DateOnly? HeldOn,
    Text? Held, int TimesReopened, int Occurrence, DateOnly? StageDueOn, bool Overdue)
{
    /// <summary>How many days the stage is late on a day; null where it is in time.</summary>
    public int? DaysLate(DateOnly today) => StageDueOn < today ? today.DayNumber - StageDueOn.Value.DayNumber : null;
}

/// <param name="Total">All rows that match, not only the page.</param>
/// <param name="Homes">The households of the rows.</param>
public sealed record IssueRows(IReadOnlyList<IssueRow> Rows, int Total, IReadOnlyDictionary<Guid, HouseholdRef> Homes)
{
    public static IssueRows None { get; } = new([], 0, new Dictionary<Guid, HouseholdRef>());
}

/// <summary>The ledger as lists.</summary>
internal sealed class IssueLists(ShouwangDb db, IHouseholds households, Secrets secrets, Today today)
{
    public static readonly IReadOnlyList<IssueList> Five = Enum.GetValues<IssueList>(), Three = [IssueList.Problem, IssueList.Task, IssueList.Responsibility];

    /// <summary>The rows an actor can see, the most urgent first.</summary>
    public async Task<IssueRows> List(Actor actor, IssueFilter filter, CancellationToken cancel)
    {
        var rows = Narrowed(db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead), filter);
        var total = await rows.CountAsync(cancel);
        var page = await rows.OrderBy(i => i.StageDueOn == null).ThenBy(i => i.StageDueOn).ThenBy(i => i.Code).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancel);
        return new([.. page.Select(i => Row(i, actor))], total, await households.Refs(actor.County, [.. page.Select(i => i.HouseholdId).OfType<Guid>().Distinct()], cancel));
    }

    /// <summary>How many an actor can see of each kind of showing, for the tabs.</summary>
    public async Task<IReadOnlyDictionary<IssueShow, int>> Counts(Actor actor, IssueFilter filter, CancellationToken cancel)
    {
        var counts = new Dictionary<IssueShow, int>();
        foreach (var show in Enum.GetValues<IssueShow>())
            counts[show] = await Narrowed(db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead), filter with { Show = show }).CountAsync(cancel);
        return counts;
    }

    private IQueryable<Issue> Narrowed(IQueryable<Issue> rows, IssueFilter filter)
    {
        var day = today.Day;
        rows = filter.Show switch
        {
            IssueShow.Open => rows.Where(i => !IssueStates.Ended.Contains(i.State)),
            IssueShow.Overdue => rows.Where(i => i.StageDueOn < day),
            IssueShow.Ended => rows.Where(i => IssueStates.Ended.Contains(i.State)),
            IssueShow.ToCheck => rows.Where(i => i.State == IssueState.Closed && i.CheckOn <= day),
            IssueShow.All => rows,
        };
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            rows = rows.Where(i => string.Compare(i.Area, from) >= 0 && string.Compare(i.Area, to) < 0);
        }
        if (filter.Kind is { } kind)
            rows = rows.Where(i => i.Subject == kind);
        if (filter.Source is { } source)
            rows = rows.Where(i => i.Source == source);
        if (filter.State is { } state)
            rows = rows.Where(i => i.State == state);
        if (filter.Channel is { } channel)
            rows = rows.Where(i => i.Channel == channel);
        if (filter.Department is { } department)
            rows = rows.Where(i => i.Department == department);
        if (filter.From is { } first)
            rows = rows.Where(i => i.FoundOn >= first);
        if (filter.To is { } last)
            rows = rows.Where(i => i.FoundOn <= last);
        if (filter.Recurring)
            rows = rows.Where(i => i.Occurrence > 1);
        if (filter.Text is { Length: > 0 } text)
            rows = rows.Where(i => i.Code.StartsWith(text) || i.Unit!.Contains(text) || i.Person!.Contains(text));
        return rows;
    }

    private IssueRow Row(Issue i, Actor actor)
    {
        var reads = i.IsReadBy(actor);
        return new(i.Id, i.Code, i.Area, i.HouseholdId, i.Subject, i.Source, i.State, i.FoundOn, i.FoundByName, Clear(i.ProblemEnc), Clear(i.TaskEnc), i.Unit, i.Person,
            i.DueOn, i.Level, i.Department, i.DepartmentSince, i.Channel, i.ChannelOn, i.ChannelDueOn, Clear(i.RectificationEnc), i.SubmittedOn, Clear(i.EffectEnc), i.ClosedOn,
            i.ClosedByName, i.CheckOn, i.HeldOn, Clear(i.HeldEnc), i.TimesReopened, i.Occurrence, i.StageDueOn, i.StageDueOn < today.Day);

        Text? Clear(byte[]? stored) => EntryWords.Shown(stored, reads, secrets);
    }
}
