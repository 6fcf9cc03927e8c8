using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Modules.Screening;

/// <summary>Gives the households of counties as sets: the seam between rehearsal and the engine that evaluates rules.</summary>
internal interface IRuleSets
{
    /// <returns>Of each county, in the order asked.</returns>
    Task<IReadOnlyList<RuleSets>> For(IReadOnlyList<AreaCode> counties, DateOnly asOf, CancellationToken cancel);
}

/// <summary>Households of a county as bits: bit <c>i % 64</c> of word <c>i / 64</c> stands for household <c>i</c>.</summary>
/// <remarks>Whatever is asked twice is the same object, so that what is worked out from it can be kept with it.</remarks>
internal abstract class RuleSets
{
    public abstract int Count { get; }

    /// <summary>Codes of villages, or of what lies above where the village is not known.</summary>
    public abstract IReadOnlyList<string> Areas { get; }

    /// <summary>Of each household, its place in <see cref="Areas"/>.</summary>
    public abstract ReadOnlySpan<int> AreaOf { get; }

    /// <summary>Of each household, how many members of state normal; 255 stands for more, 0 for not known.</summary>
    public abstract ReadOnlySpan<byte> Persons { get; }

    /// <summary>When the facts were read.</summary>
    public abstract DateTimeOffset ReadAt { get; }

    public abstract Guid IdOf(int index);

    /// <summary>For whom a condition holds, and for how many it cannot be told.</summary>
    /// <param name="constants">Values of names that are no features, such as <c>param.limit</c>; others than the rule reads do not matter.</param>
    public abstract RuleSet Evaluate(RuleExpression rule, IReadOnlyDictionary<string, RuleValue> constants);

    /// <summary>Works out at once what <see cref="Evaluate"/> is going to be asked for.</summary>
    public virtual void Prepare(IEnumerable<(RuleExpression Rule, IReadOnlyDictionary<string, RuleValue> Constants)> asked)
    {
    }

    public abstract RuleValue Value(int index, string feature);

    /// <summary>Words of 64 bits that all households need.</summary>
    public int Words => (Count + 63) / 64;
}

/// <summary>The households for which a condition holds, and how many it cannot be told for. Bits past the last household are 0.</summary>
internal sealed record RuleSet(ulong[] True, int TrueCount, int UnknownCount);
