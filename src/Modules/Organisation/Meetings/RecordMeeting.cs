using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Duty;
using Shouwang.Modules.Organisation.Evening;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Meetings;

/// <summary>A meeting that is called.</summary>
/// <param name="Title">Null: the name of its kind.</param>
/// <param name="FieldDayReason">Why it is held on a day that is kept free of meetings.</param>
public sealed record CalledMeeting(
    string Kind, AreaCode Area, DateOnly On, string Chair, string? Title = null, string? Place = null, string? Agenda = null, Guid? Group = null, string? FieldDayReason = null);

/// <summary>Something decided: it becomes a task in the ledger.</summary>
/// <param name="Kind">A kind of problem of the policy; null for <c>other</c>.</param>
/// <param name="Household">Its code or id, where it is about one.</param>
/// <param name="DueOn">Null: the time the policy gives for putting something right.</param>
/// <param name="Area">Where it is to be done, so that whoever does it sees it; null: in the household's village, in the area of the person's post, or where the meeting is.</param>
public sealed record NewDecision(
    string Text, string Unit, string Person, DateOnly? DueOn = null, string? Kind = null, string? Household = null, Guid? PersonUser = null, AreaCode? Area = null);

/// <summary>What is written down of a meeting that was held.</summary>
/// <param name="Units">The units that were there.</param>
/// <param name="Households">Of a courtyard meeting: households that took part.</param>
/// <param name="Points">Of a courtyard meeting: what people raised, one point a line.</param>
public sealed record MeetingRecord(
    IReadOnlyList<string> Units, int? Attended, string? Minutes, IReadOnlyList<NewDecision> Decisions, int? Households = null, string? Points = null, string? Chair = null, long? Version = null);

/// <summary>Calls meetings, records what they came to, and signs the minutes.</summary>
internal sealed class RecordMeeting(ShouwangDb db, Policies policies, Rosters rosters, EveningReviews evening, ILedger ledger, IHouseholds households, IAreas areas, IUsers users, Secrets secrets, Today today)
{
    public async Task<Outcome<Guid>> Call(Actor actor, CalledMeeting called, CancellationToken cancel)
    {
        if (await Refused(actor, called, cancel) is { } refusal)
            return refusal;
        return await db.Atomically<Guid>(async () => (await Enter(actor, called, cancel)).Id, cancel);
    }

    /// <summary>Records a meeting that was called.</summary>
    public Task<Outcome<Guid>> Hold(Actor actor, Guid id, MeetingRecord record, CancellationToken cancel) => db.Atomically<Guid>(async () =>
        await Found(actor, id, cancel) is { } meeting ? await Hold(actor, meeting, record, cancel) : MeetingRefusals.NotFound, cancel);

    /// <summary>Records a meeting that nobody had called.</summary>
    public async Task<Outcome<Guid>> CallAndHold(Actor actor, CalledMeeting called, MeetingRecord record, CancellationToken cancel)
    {
        if (await Refused(actor, called, cancel) is { } refusal)
            return refusal;
        return await db.Atomically<Guid>(async () => await Hold(actor, await Enter(actor, called, cancel), record, cancel), cancel);
    }

    /// <summary>Adds decisions to a meeting whose minutes are not signed yet.</summary>
    public Task<Outcome<Guid>> Decide(Actor actor, Guid id, IReadOnlyList<NewDecision> decisions, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        if (await Found(actor, id, cancel) is not { } meeting)
            return MeetingRefusals.NotFound;
        if (Step(actor, meeting, new(MeetingEvent.Decide)) is { Count: > 0 } problems)
            return problems;
        if (decisions.Count == 0)
            return MeetingRefusals.NothingDecided;
        return await Entrust(actor, meeting, decisions, cancel) is { Count: > 0 } refused ? refused : await Stepped(actor, meeting, MeetingEvent.Decide, new { Decisions = decisions.Count }, cancel);
    }, cancel);

    /// <summary>Signs the minutes; whoever wrote them does not.</summary>
    public Task<Outcome<Guid>> Sign(Actor actor, Guid id, long? version, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        if (await Found(actor, id, cancel) is not { } meeting)
            return MeetingRefusals.NotFound;
        if (Step(actor, meeting, new(MeetingEvent.Sign, Version: version)) is { Count: > 0 } problems)
            return problems;
        if (meeting.RecordedBy == actor.User)
            return Steps.OwnWork(new("会议纪要", "minutes"));
        if (!meeting.IsReadBy(actor))
            return MeetingRefusals.Unread;
        (meeting.State, meeting.SignedBy, meeting.SignedOn) = (MeetingState.Signed, actor.DisplayName, today.Day);
        return await Stepped(actor, meeting, MeetingEvent.Sign, new { }, cancel);
    }, cancel);

    public Task<Outcome<Guid>> CallOff(Actor actor, Guid id, string? reason, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        if (await Found(actor, id, cancel) is not { } meeting)
            return MeetingRefusals.NotFound;
        if (Step(actor, meeting, new(MeetingEvent.Cancel, reason)) is { Count: > 0 } problems)
            return problems;
        (meeting.State, meeting.CancelledWhy) = (MeetingState.Cancelled, reason!.Trim());
        return await Stepped(actor, meeting, MeetingEvent.Cancel, new { }, cancel);
    }, cancel);

    private async Task<Problem?> Refused(Actor actor, CalledMeeting called, CancellationToken cancel)
    {
        if (!actor.May(Permissions.MeetingsHold, called.Area))
            return Steps.NotPermitted(Permissions.MeetingsHold);
        if ((await policies.For(called.Area, called.On, cancel)).MeetingKind(called.Kind) is not { } kind)
            return MeetingRefusals.KindUnknown(called.Kind);
        if (!kind.Levels.Contains(called.Area.Level))
            return MeetingRefusals.WrongLevel(kind);
        if (string.IsNullOrWhiteSpace(called.Chair))
            return MeetingRefusals.NoChair;
        if (!kind.OnFieldDays && string.IsNullOrWhiteSpace(called.FieldDayReason) && await rosters.KeepsFree(called.Area, called.On, cancel) is { } rule)
            return MeetingRefusals.FieldDay(called.On, rule);
        if (called.Group is { } group && !await db.Set<OrgGroup>().AnyAsync(g => g.County == actor.County && g.Id == group, cancel))
            return GroupRefusals.NotFound;
        var area = called.Area.Digits;
        return kind.Evening && await db.Set<Meeting>().Where(m => m.County == actor.County && m.Area == area && m.Kind == kind.Code && m.HeldOn == called.On && m.State != MeetingState.Cancelled)
            .Select(m => m.Code).FirstOrDefaultAsync(cancel) is { } code ? MeetingRefusals.ReviewedAlready(code) : null;
    }

    private async Task<Meeting> Enter(Actor actor, CalledMeeting called, CancellationToken cancel)
    {
        var kind = (await policies.For(called.Area, called.On, cancel)).MeetingKind(called.Kind)!;
        var meeting = new Meeting
        {
            County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'M', called.On, cancel), Area = called.Area.Digits, Kind = called.Kind, GroupId = called.Group,
            Title = Said(called.Title) ?? kind.Title.Zh, HeldOn = called.On, Chair = called.Chair.Trim(), Place = Said(called.Place), Agenda = Said(called.Agenda), Units = "[]",
            FieldDayReason = Said(called.FieldDayReason), CalledBy = actor.DisplayName,
        };
        db.Add(meeting);
        db.Log("organisation.meeting-called", called.Area, meeting.Code, actor.Name, today.Clock, new { meeting.Kind, On = meeting.HeldOn });
        await db.SaveChangesAsync(cancel);
        return meeting;
    }

    private async Task<Outcome<Guid>> Hold(Actor actor, Meeting meeting, MeetingRecord record, CancellationToken cancel)
    {
        var kind = (await policies.For(new(meeting.Area), meeting.HeldOn, cancel)).MeetingKind(meeting.Kind);
        var problems = Step(actor, meeting, new(MeetingEvent.Hold, Version: record.Version));
        if (meeting.HeldOn > today.Day)
            problems.Add(MeetingRefusals.NotYet(meeting.HeldOn));
        if (record.Units.All(string.IsNullOrWhiteSpace))
            problems.Add(MeetingRefusals.NobodyThere);
        if (record.Attended is < 1 || record.Households is < 0)
            problems.Add(MeetingRefusals.BadCount);
        if (string.IsNullOrWhiteSpace(record.Minutes) && record.Decisions.Count == 0)
            problems.Add(MeetingRefusals.NoMinutes);
        if (kind is { Courtyard: true } && (record.Households is null || record.Attended is null))
            problems.Add(MeetingRefusals.NoHouseholds);
        if (problems.Count > 0)
            return problems;

        meeting.State = MeetingState.Held;
        (meeting.Units, meeting.Attended, meeting.Households) = (JsonSerializer.Serialize(record.Units.Where(u => !string.IsNullOrWhiteSpace(u)).Select(u => u.Trim()).Distinct(), JsonTexts.Options), record.Attended, record.Households);
        (meeting.MinutesEnc, meeting.PointsEnc) = (secrets.Encrypt(Said(record.Minutes)), secrets.Encrypt(Said(record.Points)));
        (meeting.RecordedBy, meeting.RecordedByName, meeting.RecordedAt) = (actor.User, actor.DisplayName, today.Clock.GetUtcNow());
        meeting.Chair = Said(record.Chair) ?? meeting.Chair;
        // What lay before them stays as it was, whatever happens to the households later.
        if (kind is { Evening: true })
            meeting.PreparedEnc = secrets.Encrypt(JsonSerializer.Serialize(await evening.Prepare(actor, new(meeting.Area), meeting.HeldOn, cancel), JsonTexts.Options));
        return await Entrust(actor, meeting, record.Decisions, cancel) is { Count: > 0 } refused ? refused
            : await Stepped(actor, meeting, MeetingEvent.Hold, new { meeting.Kind, Decisions = record.Decisions.Count, record.Attended, record.Households }, cancel);
    }

    private async Task<List<Problem>> Entrust(Actor actor, Meeting meeting, IReadOnlyList<NewDecision> decisions, CancellationToken cancel)
    {
        var number = await db.Set<MeetingDecision>().Where(d => d.County == meeting.County && d.MeetingId == meeting.Id).MaxAsync(d => (int?)d.Number, cancel) ?? 0;
        foreach (var decision in decisions)
        {
            if (string.IsNullOrWhiteSpace(decision.Text))
                return [MeetingRefusals.DecisionWithoutWords];
            var household = string.IsNullOrWhiteSpace(decision.Household) ? null : await households.Find(actor, decision.Household.Trim(), cancel);
            if (household is null && !string.IsNullOrWhiteSpace(decision.Household))
                return [MeetingRefusals.NoHousehold(decision.Household)];
            var area = household?.Area ?? (decision.Area is { } chosen && chosen.Digits != meeting.Area ? chosen : await PlaceOf(decision.PersonUser, new(meeting.Area), cancel));
            if (!new AreaCode(meeting.Area).Contains(area))
                return [MeetingRefusals.OutsideItsArea];
            var policy = await policies.For(area, today.Day, cancel);
            var due = decision.DueOn ?? policy.Due("issue.rectify", today.Day);
            var entered = await ledger.Entrust(new(Meeting.Source, meeting.Id, area, household?.Id, decision.Kind ?? "other", decision.Text, meeting.HeldOn),
                new(decision.Text, decision.Unit, decision.Person, decision.PersonUser, due), await IsOwn(decision, meeting, cancel), actor, cancel);
            if (!entered.Succeeded)
                return [.. entered.Problems];
            db.Add(new MeetingDecision
            {
                County = meeting.County, Id = Guid.CreateVersion7(), MeetingId = meeting.Id, Number = ++number, HouseholdId = household?.Id, IssueId = entered.Value,
                TextEnc = secrets.Encrypt(decision.Text.Trim())!, Unit = decision.Unit.Trim(), Person = decision.Person.Trim(), DueOn = due,
            });
        }
        return [];
    }

    // Somebody with a post below sees only what lies there.
    private async Task<AreaCode> PlaceOf(Guid? person, AreaCode meeting, CancellationToken cancel) => (await Account(person, meeting, cancel))?.Area ?? meeting;

    /// <summary>Whoever is named belongs to where the meeting is: by the post of the account, or, of somebody without one, by the unit: an area from there down, or one of its groups.</summary>
    private async Task<bool> IsOwn(NewDecision decision, Meeting meeting, CancellationToken cancel)
    {
        var (area, unit) = (new AreaCode(meeting.Area), decision.Unit.Trim());
        if (decision.PersonUser is { } person)
            return await Account(person, area, cancel) is not null;
        var (from, to) = (area.Digits, area.RangeEnd);
        // 金钱村 and 金钱村村委会 alike.
        return (await areas.Of(meeting.County, cancel)).All.Any(a => area.Contains(a.Code) && unit.StartsWith(a.Name, StringComparison.Ordinal))
            || await db.Set<OrgGroup>().AnyAsync(g => g.County == meeting.County && g.Name == unit && string.Compare(g.Area, from) >= 0 && string.Compare(g.Area, to) < 0, cancel);
    }

    private async Task<UserRow?> Account(Guid? person, AreaCode within, CancellationToken cancel) =>
        person is { } id ? (await users.In(within, Enum.GetValues<Role>(), cancel)).FirstOrDefault(u => u.Id == id) : null;

    private static List<Problem> Step(Actor actor, Meeting meeting, StepRequest<MeetingEvent> request) =>
        [.. MeetingStates.Life.Check(meeting.State, meeting.Version, request, actor, new(meeting.Area), null).Problems];

    private async Task<Outcome<Guid>> Stepped(Actor actor, Meeting meeting, MeetingEvent happening, object details, CancellationToken cancel)
    {
        meeting.Version++;
        db.Log($"organisation.meeting.{happening}", new(meeting.Area), meeting.Code, actor.Name, today.Clock, details);
        await db.SaveChangesAsync(cancel);
        return meeting.Id;
    }

    private Task<Meeting?> Found(Actor actor, Guid id, CancellationToken cancel) => db.Set<Meeting>().VisibleTo(actor, Permissions.MeetingsRead).SingleOrDefaultAsync(m => m.Id == id, cancel);

    private static string? Said(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}
