using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Keeps a step and tells the event log, in the open unit of work.</summary>
internal sealed class StepRecord(ShouwangDb db, Secrets secrets, Today today)
{
    /// <summary>What a kind of thing is called in <see cref="CaseStep.Kind"/> and in the names of events.</summary>
    public const string Case = "case", Object = "object", Measure = "measure", Elimination = "elimination";

    /// <param name="code">How the event log names the subject.</param>
    /// <param name="due">The last day the step would have been in time.</param>
    public void Add<TState, TEvent>(
        string kind, Guid subject, string code, Guid household, string area, TState from, TState to, DateOnly? due, StepRequest<TEvent> request, Actor actor)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        var (evidence, note) = StepNote.Keep(request, secrets);
        db.Add(new CaseStep
        {
            County = new AreaCode(area).County.Digits, Id = Guid.CreateVersion7(), Kind = kind, SubjectId = subject, HouseholdId = household, Event = request.Event.ToString(),
            FromState = from.ToString(), ToState = to.ToString(), UserId = actor.User, Actor = actor.Name, HappenedOn = today.Day, RecordedAt = today.Clock.GetUtcNow(),
            DueOn = due, Evidence = evidence, NoteEnc = note,
        });
        db.Log($"casework.{kind}.{request.Event}", new(area), code, actor.Name, today.Clock, new { From = from.ToString(), To = to.ToString(), Household = household });
    }
}
