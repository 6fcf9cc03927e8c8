namespace Shouwang.Kernel.Rules.Sql;

/// <summary>Many rules in one select: what is selected, and how an answer is read back from a row.</summary>
/// <remarks>
/// The answers of 31 rules are packed into a whole number of 64 bits, two bits each, so that a row of a hundred rules is four
/// numbers and every rule is worked out once.
/// </remarks>
public sealed class SqlQuery
{
    /// <summary>Rules in one number; the sign bit stays free.</summary>
    private const int InOne = 31;

    private readonly int[] _places;

    private SqlQuery(IReadOnlyList<string> columns, IReadOnlyList<string> texts, int[] places) => (Columns, Texts, _places) = (columns, texts, places);

    /// <summary>What to select, in this order; each a whole number.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What the parameters <c>@t0</c>, <c>@t1</c> … stand for.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <param name="names">What stands for a rule's names, given the position of the rule: constants may differ from rule to rule.</param>
    public static SqlQuery Of(SqlForm form, IReadOnlyList<RuleExpression> rules, Func<int, Symbol, SqlName> names)
    {
        var current = 0;
        var writer = new SqlWriter(form, symbol => names(current, symbol));
        var places = new int[rules.Count];
        var codes = new List<string>();
        for (; current < rules.Count; current++)
        {
            if (writer.Condition(rules[current]) is { } condition)
            {
                places[current] = codes.Count;
                codes.Add(form.Code(condition));
            }
            else
            {
                places[current] = -1;
            }
        }
        return new([.. codes.Chunk(InOne).Select(c => string.Join(" | ", c.Select((code, i) => $"({code} << {2 * i})")))], writer.Texts, places);
    }

    /// <summary>False for a rule that is not in the query; the interpreter has to answer it.</summary>
    public bool Asks(int rule) => _places[rule] >= 0;

    /// <summary>The answer of a rule for the household of a row.</summary>
    /// <param name="numbers">The row's values of <see cref="Columns"/>.</param>
    public bool? Answer(ReadOnlySpan<long> numbers, int rule) => (numbers[_places[rule] / InOne] >> (_places[rule] % InOne * 2) & 3) switch
    {
        0 => false,
        1 => true,
        _ => null,
    };
}
