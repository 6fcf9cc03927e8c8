namespace Shouwang.Kernel;

/// <summary>A refusal the user can act on: what was wrong, in which case, and what to do about it.</summary>
/// <param name="Code">Stable, documented and searchable, such as <c>leads.already-closed</c>. Never reused.</param>
/// <param name="Status">The HTTP status it maps to.</param>
/// <param name="What">What is wrong in this case, with the values that matter.</param>
/// <param name="Remedy">The way out.</param>
/// <remarks>Problems are for what a careful user can meet. What only a programming mistake can cause is an exception.</remarks>
public sealed record Problem(string Code, int Status, Text What, Text Remedy)
{
    /// <summary>What is wrong and the way out, in one language.</summary>
    public string In(Language language) => language == Language.Zh
        ? $"{What.Zh} {Remedy.Zh}"
        : $"{What.En} {Remedy.En}";
}

/// <summary>Either the value asked for or the problems that prevented it; all of them, so that a form can show every one.</summary>
public readonly struct Outcome<T>
{
    private readonly T _value;

    private Outcome(T value, IReadOnlyList<Problem>? problems) => (_value, Problems) = (value, problems ?? []);

    /// <summary>Empty when there is a value.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    public bool Succeeded => Problems is null or { Count: 0 };

    /// <exception cref="InvalidOperationException">There are problems.</exception>
    public T Value => Succeeded ? _value : throw new InvalidOperationException($"No value: {Problems[0].Code}");

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Problem problem) => new(default!, [problem]);
    public static implicit operator Outcome<T>(List<Problem> problems) => new(default!, problems);
}
