using System.Runtime.InteropServices;

namespace Shouwang.Kernel.Rules;

/// <summary>Which of the symbols that a condition still names can decide it.</summary>
/// <remarks>
/// <para>
/// A symbol without a value <em>can decide</em> if, for some values of some of the others (the rest staying without one), the condition is
/// unknown as long as this symbol is, and known with some value of it. Since more values never make a known result unknown or another one,
/// what cannot decide makes no difference at any time; and the symbols that can are the least set of which that is true. Where every symbol
/// stands once they are simply those that are left when what is decided is struck out. Where one stands twice there may be fewer: in
/// <c>a &amp;&amp; (a || b)</c> nothing depends on <c>b</c>, in <c>c &amp;&amp; (c ? a : b)</c> neither.
/// </para>
/// <para>
/// The search tries every combination of values. A truth value has two. A symbol that is only compared with what is known has one value for
/// each side of each bound. Any other condition counts as something that may come out either way by itself, wherever it is written: a world
/// too many at worst, so that a symbol that can decide is never left out, while one that cannot may stay in. That cannot be had exactly:
/// whether <c>x * y == n &amp;&amp; x &gt; 1 &amp;&amp; y &gt; 1</c> can hold asks for the factors of <c>n</c>. Nor can it always be had soon, since to ask
/// whether truth values can make a condition true is hard by itself: after <see cref="Tries"/> combinations what is not settled stays in.
/// </para>
/// </remarks>
internal sealed class Decisive
{
    private const int Tries = 4_000, MostAsked = 4;

    private sealed record Variable(Symbol Symbol, IReadOnlyList<RuleValue> Values);

    private readonly Dictionary<Expr, List<Name>> _atoms = [];
    private readonly Dictionary<Symbol, Variable> _variables = [];
    private readonly Dictionary<Expr, Symbol> _free = [];
    private readonly World _world = new();
    private readonly List<Variable> _order;
    private readonly Step _step;
    private int _left = Tries;

    private Decisive(Expr rest)
    {
        Collect(rest);
        foreach (var symbol in _atoms.Values.SelectMany(names => names).Select(n => n.Symbol!).Distinct())
            if (BoundsOf(symbol) is { } bounds)
                _variables[symbol] = new(symbol, bounds);
        var skeleton = Skeleton(rest);
        _order = [.. _variables.Values.OrderBy(v => v.Values.Count)];
        _step = Interpreter.Compile(skeleton);
    }

    /// <param name="missing">The symbols that are left when what is decided is struck out, of an unknown condition.</param>
    /// <returns>Those that can decide, in the same order.</returns>
    public static IReadOnlyList<Symbol> Among(Expr condition, IRuleInputs inputs, IReadOnlyList<Symbol> missing)
    {
        var rest = Residual.Of(condition, inputs);
        if (!Repeats(rest) && !ChoosesInVain(rest))
            return missing;
        var search = new Decisive(rest);
        var decisive = search._order.Where(v => search.CanDecide(v, 0)).Select(v => v.Symbol).ToHashSet();
        return [.. missing.Where(s => decisive.Contains(s) || search._free.Any(f => decisive.Contains(f.Value) && search._atoms[f.Key].Exists(n => n.Symbol == s)))];
    }

    /// <summary>Both ways of a choice lead to the same: then the other way of whatever asks it is never taken.</summary>
    private static bool ChoosesInVain(Expr condition) =>
        condition is Conditional { Then: Literal { Value: var then }, Otherwise: Literal { Value: var otherwise } } && then.AsBool == otherwise.AsBool
        || PartsOf(condition)?.Any(ChoosesInVain) == true;

    /// <summary>It chooses between conditions somewhere.</summary>
    public static bool Chooses(Expr condition) => condition is Conditional { Kind.Type: RuleType.Bool } || PartsOf(condition)?.Any(Chooses) == true;

    /// <summary>A symbol stands in it more than once; within <c>has()</c> does not count.</summary>
    public static bool Repeats(Expr tree)
    {
        var names = Names(tree).Select(n => n.Dotted).ToList();
        return names.Distinct().Count() < names.Count;
    }

    /// <summary>Whether the variable makes the result known in some world that can be made from this one with the variables from a place on.</summary>
    private bool CanDecide(Variable variable, int from)
    {
        if (--_left < 0)
            return true;
        if (_step.Truth(_world) is not null)
            return false;
        if (Tried(variable, () => _step.Truth(_world) is not null))
            return true;
        for (var i = from; i < _order.Count; i++)
        {
            var next = i + 1;
            if (_order[i] != variable && Tried(_order[i], () => CanDecide(variable, next)))
                return true;
        }
        return false;
    }

    private bool Tried(Variable variable, Func<bool> found)
    {
        foreach (var value in variable.Values)
        {
            _world.Values[variable.Symbol] = value;
            if (found())
            {
                _world.Values.Remove(variable.Symbol);
                return true;
            }
        }
        _world.Values.Remove(variable.Symbol);
        return false;
    }

    private sealed class World : IRuleInputs
    {
        public Dictionary<Symbol, RuleValue> Values { get; } = [];

        public RuleValue Get(Symbol symbol) => Values.GetValueOrDefault(symbol);
    }

    /// <summary>The conditions that logic does not look into, and the names in each.</summary>
    private void Collect(Expr condition)
    {
        if (PartsOf(condition) is { } parts)
        {
            foreach (var part in parts)
                Collect(part);
        }
        else if (condition is Name name)
            _variables[name.Symbol!] = new(name.Symbol!, [RuleValue.Bool(true), RuleValue.Bool(false)]);
        else if (condition is not Literal)
            _atoms[condition] = [.. Names(condition)];
    }

    /// <summary>The same tree with a symbol of its own in place of each condition that may come out either way.</summary>
    private Expr Skeleton(Expr condition) => condition switch
    {
        Not not => new Not(Skeleton(not.Operand)) { Kind = not.Kind },
        Logic logic => new Logic(logic.Operator, new(logic.Terms.Select(Skeleton))) { Kind = logic.Kind },
        Conditional { Kind.Type: RuleType.Bool } choice => new Conditional(Skeleton(choice.Condition), Skeleton(choice.Then), Skeleton(choice.Otherwise)) { Kind = choice.Kind },
        Comparison { Left.Kind.Type: RuleType.Bool } equal => new Comparison(equal.Operator, Skeleton(equal.Left), Skeleton(equal.Right)) { Kind = equal.Kind },
        Name or Literal => condition,
        _ => _atoms[condition].TrueForAll(n => n.Symbol!.Type != RuleType.Bool && _variables.ContainsKey(n.Symbol)) ? condition : Free(condition),
    };

    private Name Free(Expr condition)
    {
        ref var symbol = ref CollectionsMarshal.GetValueRefOrAddDefault(_free, condition, out _);
        if (symbol is null)
        {
            symbol = new($"({_free.Count})", RuleType.Bool, Unit.None, default);
            _variables[symbol] = new(symbol, [RuleValue.Bool(true), RuleValue.Bool(false)]);
        }
        return new(symbol.Name) { Symbol = symbol, Kind = symbol.Kind };
    }

    /// <summary>
    /// A value on each side of each bound, and on it, if the symbol stands in several conditions and each compares it with what is known;
    /// null where a condition may come out either way anyhow, or asks something else.
    /// </summary>
    private List<RuleValue>? BoundsOf(Symbol symbol)
    {
        var conditions = _atoms.Where(a => a.Value.Exists(n => n.Symbol == symbol)).Select(a => a.Key).ToList();
        var known = conditions.Select(Against).ToList();
        if (conditions.Count < 2 || symbol.Type == RuleType.Bool || known.Contains(null))
            return null;
        var bounds = known.SelectMany(k => k!).Distinct().ToList();
        return symbol.Type == RuleType.List ? Lists(bounds)
            : [.. bounds.SelectMany(b => Around(symbol.Type, b)).Prepend(Anyhow(symbol.Type)).Where(v => v.IsKnown).Distinct()];
    }

    /// <summary>What a condition compares one symbol with, if it does that and nothing else.</summary>
    private static IReadOnlyList<RuleValue>? Against(Expr condition) => condition switch
    {
        Comparison { Left: Name, Right: Literal { Value: var value } } => [value],
        Comparison { Left: Literal { Value: var value }, Right: Name } => [value],
        Membership { Item: Literal { Value: var value }, List: Name } => [value],
        Membership { Item: Name, List: Literal { Value.AsList: { } values } } => [.. values.Where(v => v.IsKnown)],
        Membership { Item: Name, List: ListOf { Items: var items } } when items.All(i => i is Literal) => [.. items.Select(i => ((Literal)i).Value).Where(v => v.IsKnown)],
        _ => null,
    };

    /// <summary>The first of all texts; of the rest any value, for bounds that no value reaches.</summary>
    private static RuleValue Anyhow(RuleType type) => type switch
    {
        RuleType.Int => RuleValue.Int(0),
        RuleType.Decimal => RuleValue.Decimal(0),
        RuleType.Date => RuleValue.Date(DateOnly.MinValue),
        RuleType.Text => RuleValue.Text(""),
        RuleType.Bool or RuleType.Duration or RuleType.List => throw new InvalidOperationException($"A {type} has no bounds."),
    };

    private static IEnumerable<RuleValue> Around(RuleType type, RuleValue bound)
    {
        const decimal Least = 0.000_000_000_000_000_1m;
        switch (type)
        {
            case RuleType.Int:
                for (var whole = decimal.Floor(bound.Order) - 1; whole <= decimal.Floor(bound.Order) + 1; whole++)
                    yield return whole is >= long.MinValue and <= long.MaxValue ? RuleValue.Int((long)whole) : default;
                break;
            case RuleType.Decimal:
                yield return RuleValue.Decimal(bound.Order - Least);
                yield return RuleValue.Decimal(bound.Order);
                yield return RuleValue.Decimal(bound.Order + Least);
                break;
            case RuleType.Date:
                for (var day = bound.Order - 1; day <= bound.Order + 1; day++)
                    yield return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber ? RuleValue.Date(DateOnly.FromDayNumber((int)day)) : default;
                break;
            case RuleType.Text:
                // Right behind a text stands the one with the first of all characters after it.
                yield return bound;
                yield return RuleValue.Text(bound.TextOrEmpty + '\0');
                break;
            case RuleType.Bool or RuleType.Duration or RuleType.List:
                throw new InvalidOperationException($"A {type} has no bounds.");
        }
    }

    /// <summary>Lists with and without each of the values; null where these are too many.</summary>
    private static List<RuleValue>? Lists(List<RuleValue> asked) => asked.Count > MostAsked ? null
        : [.. Enumerable.Range(0, 1 << asked.Count).Select(set => RuleValue.List(asked.Where((_, i) => (set >> i & 1) != 0)))];

    /// <summary>What a condition is made of, as far as logic goes; null for what it does not look into.</summary>
    private static IReadOnlyList<Expr>? PartsOf(Expr condition) => condition switch
    {
        Not not => [not.Operand],
        Logic logic => logic.Terms,
        Conditional { Kind.Type: RuleType.Bool } choice => [choice.Condition, choice.Then, choice.Otherwise],
        Comparison { Left.Kind.Type: RuleType.Bool } equal => [equal.Left, equal.Right],
        _ => null,
    };

    private static IEnumerable<Name> Names(Expr tree) => tree switch
    {
        Name name => [name],
        Literal or Has => [],
        Not not => Names(not.Operand),
        Negation negation => Names(negation.Operand),
        Arithmetic arithmetic => [.. Names(arithmetic.Left), .. Names(arithmetic.Right)],
        Comparison comparison => [.. Names(comparison.Left), .. Names(comparison.Right)],
        Logic logic => logic.Terms.SelectMany(Names),
        Conditional choice => [.. Names(choice.Condition), .. Names(choice.Then), .. Names(choice.Otherwise)],
        Membership membership => [.. Names(membership.Item), .. Names(membership.List)],
        ListOf list => list.Items.SelectMany(Names),
        Call call => call.Arguments.SelectMany(Names),
        _ => throw new InvalidOperationException($"{tree.GetType().Name} is no node of a rule."),
    };
}
