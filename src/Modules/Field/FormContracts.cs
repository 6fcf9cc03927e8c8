using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Contracts;

/// <summary>What the register makes of a question of a new form.</summary>
public enum QuestionState
{
    /// <summary>Nobody has said it yet; it may be asked.</summary>
    New,

    /// <summary>It is known for some, or was said too long ago; it may be asked.</summary>
    Aged,

    /// <summary>It is known, and the form shows it to be confirmed.</summary>
    Shown,

    /// <summary>It is known and asked all the same: the form is refused.</summary>
    Known,
}

/// <summary>What is there already about a question.</summary>
/// <param name="Name">An attribute, a feature, a column of a department's file (<c>medical.self</c>), or another form's question.</param>
/// <param name="Share">0 to 1: for how many of those the question concerns it is known; null where that cannot be counted.</param>
/// <param name="MedianDays">Half of the values are not older; null where they have no day.</param>
/// <param name="Sources">Who said it, most first, with the share of the values.</param>
/// <param name="IsKnown">It counts as known: for enough, and fresh.</param>
public sealed record KnownFact(string Name, Text Title, decimal? Share, int? MedianDays, IReadOnlyList<(Text Source, decimal Share)> Sources, bool IsKnown);

/// <param name="Remedy">What to do about a known one; null where nothing has to be done.</param>
public sealed record CheckedQuestion(string Form, string Section, FormField Field, QuestionState State, IReadOnlyList<KnownFact> Known, Text? Remedy);

/// <summary>What becomes of a new form.</summary>
/// <param name="Problems">It does not read; then there are no questions.</param>
/// <param name="Looked">Households looked at; of large counties a part, evenly spread.</param>
/// <param name="Households">All there are.</param>
public sealed record CheckedForms(IReadOnlyList<PolicyProblem> Problems, IReadOnlyList<CheckedQuestion> Questions, int Looked, int Households)
{
    public bool Accepted => Problems.Count == 0 && Questions.Count > 0 && Questions.All(q => q.State != QuestionState.Known);
}

/// <summary>A county's own forms from a day on.</summary>
/// <param name="Fits">False where it no longer fits the packs, and is left out.</param>
public sealed record CountyForms(Guid Id, DateOnly From, string Source, string PublishedBy, DateTimeOffset PublishedAt, string Yaml, bool Fits);

/// <summary>Forms that a county adds to its visits.</summary>
public interface IVisitForms
{
    /// <summary>Holds every question of a form against what is known already.</summary>
    /// <param name="yaml">As in a pack: <c>visit_forms</c>, <c>forms</c>, <c>codes</c>.</param>
    /// <param name="name">How problems call the text.</param>
    Task<CheckedForms> Check(Actor actor, string yaml, string name, CancellationToken cancel);

    /// <summary>Makes a form part of the county's policy from a day on. Refused while it asks for what is known.</summary>
    /// <param name="source">The document that orders it.</param>
    Task<Outcome<Guid>> Publish(Actor actor, string yaml, DateOnly? from, string source, CancellationToken cancel);

    /// <summary>What was published, the latest first.</summary>
    Task<IReadOnlyList<CountyForms>> Published(Actor actor, CancellationToken cancel);
}
