using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Workflow;

/// <summary>What somebody hands in to move something along its life cycle.</summary>
/// <param name="Reason">In the person's words; the household may be told it.</param>
/// <param name="Version">The version the person was looking at; null takes whatever there is now.</param>
public record StepRequest<TEvent>(TEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null)
    where TEvent : struct, Enum
{
    /// <summary>The evidence of that kind, or null.</summary>
    public Evidence? Of(string code) => Evidence?.FirstOrDefault(e => e.Code == code);
}

/// <summary>The checks every step of every life cycle goes through, and the refusals they give.</summary>
public static class Steps
{
    /// <summary>The row of the table to follow, or every reason why not.</summary>
    /// <param name="present">Kinds of evidence the caller has found in records of its own, besides those of the request.</param>
    public static Outcome<Step<TState, TEvent>> Check<TState, TEvent>(
        this LifeCycle<TState, TEvent> life, TState state, long version, StepRequest<TEvent> request, Actor actor, AreaCode area, Guid? household,
        params IReadOnlyList<string> present)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        if (request.Version is { } seen && seen != version)
            return ChangedMeanwhile;
        if (life.Table.Find(state, request.Event) is not { } step)
            return NotPossible(life, state, request.Event);
        if (!actor.May(step.Permission, area, household))
            return NotPermitted(step.Permission);

        var missing = step.Evidence.Where(code => !present.Contains(code) && !Given(request, code)).Select(Missing).ToList();
        return missing.Count > 0 ? missing : step;
    }

    private static bool Given<TEvent>(StepRequest<TEvent> request, string code) where TEvent : struct, Enum => EvidenceKinds.Find(code) switch
    {
        { Code: EvidenceKinds.Reason } => !string.IsNullOrWhiteSpace(request.Reason),
        { Form: EvidenceForm.File } => request.Evidence?.Any(e => e.Code == code && IsHash(e.File)) ?? false,
        _ => request.Evidence?.Any(e => e.Code == code && !string.IsNullOrWhiteSpace(e.Text)) ?? false,
    };

    private static bool IsHash(string? file) => file is { Length: 64 } && file.All(char.IsAsciiHexDigitLower);

    public static Problem ChangedMeanwhile { get; } = new("steps.changed-meanwhile", 409,
        new("在您打开期间，其他人已作了处理。", "Somebody else acted on this while you had it open."),
        new("请刷新后再决定。", "Reload it and decide again."));

    public static Problem NotPermitted(string permission) => new("steps.not-permitted", 403,
        new($"您的岗位或区域不能“{Permissions.Find(permission).Title.Zh}”。", $"Your post or area does not allow \"{Permissions.Find(permission).Title.En}\"."),
        new("请交由有权限的人员办理。", "Hand it to somebody whose post allows it."));

    private static Problem NotPossible<TState, TEvent>(LifeCycle<TState, TEvent> life, TState state, TEvent happening)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        var possible = life.Table.StepsFrom(state).Select(s => life.NameOf(s.Event)).ToList();
        return new("steps.not-possible", 409,
            new($"当前状态为“{life.NameOf(state).Zh}”，不能“{life.NameOf(happening).Zh}”。",
                $"In the state \"{life.NameOf(state).En}\" the step \"{life.NameOf(happening).En}\" is not possible."),
            possible.Count == 0
                ? new("该事项已办结。", "It is closed.")
                : new($"现在可以：{string.Join('、', possible.Select(p => p.Zh))}。", $"Possible now: {string.Join(", ", possible.Select(p => p.En))}."));
    }

    /// <summary>The refusal for evidence that a step needs and does not have.</summary>
    public static Problem Missing(string code)
    {
        var title = EvidenceKinds.Find(code).Title;
        return new("steps.evidence-missing", 422,
            new($"缺少：{title.Zh}。", $"Missing: {title.En}."),
            new($"请补充{title.Zh}后再提交。", $"Add the {title.En} and send it again."));
    }

    /// <summary>Who entered something is never the only one to approve it.</summary>
    public static Problem OwnWork(Text what) => new("steps.own-work", 403,
        new($"{what.Zh}由您本人办理，不能由您本人审核。", $"The {what.En} is your own work, and so not yours to approve."),
        new("请由另一名有权限的人员审核。", "Somebody else with this permission has to do it."));
}
