using FsCheck;
using FsCheck.Fluent;
using Shouwang.Modules.Screening;
using Shouwang.Platform.Policy;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>What is asked of a rehearsal, as addresses, forms and the command line write it.</summary>
public sealed class RehearsalAskTests
{
    private static Policy Policy => Packs.Book.For(Packs.Dianjiang, Packs.June2020);

    [Fact]
    public void An_address_says_the_same_again_whatever_was_typed() => Prop.ForAll(ArbMap.Default.ArbFor<(NonNull<string>, NonNull<string>, NonNull<string>)>(), typed =>
    {
        var (a, b, c) = (typed.Item1.Get, typed.Item2.Get, typed.Item3.Get);
        var ask = RehearsalAsk.Read([("line.monitoring", a), ("W14.limit", b), ("W21", "off"), ("rule", c), ("rule.title", a), ("rule.category", ""), ("rule.cause", "01"), ("cost.M802", b)]);
        Assert.Equal(ask.Pairs().Select(Clean), RehearsalAsk.Parse("?" + ask.Query).Pairs().Select(Clean));

        // What is no text at all, such as half of a character, cannot stand in an address; anything else can.
        static (string, string) Clean((string Name, string Value) pair) => (pair.Name, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(pair.Value)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_form_with_every_field_filled_asks_for_its_changes_only()
    {
        var all = Policy.Rules.SelectMany(r => r.Parameters.Values.Select(p => ($"{r.Id}.{p.Name}", p.Value.ToString())).Append((r.Id, r.State == RuleState.Live ? "on" : "off")))
            .Append(("line.monitoring", "6000.00")).Append(("line.poverty", "4000")).Append(("visits", "1")).Append(("cost.M401", "220")).ToList();
        Assert.True(RehearsalAsk.Read(all).Without(Policy).IsEmpty);

        var ask = RehearsalAsk.Read([.. all, ("line.monitoring", "8,000"), ("W21", "off"), ("W33", "on"), ("W14.limit", "1")]).Without(Policy);
        Assert.Equal(["line.monitoring", "W14.limit", "W21", "W33"], ask.Pairs().Select(p => p.Name));
    }

    [Fact]
    public void New_rules_keep_their_parts_together()
    {
        var ask = RehearsalAsk.Read([("rule", ""), ("rule.title", ""), ("rule.cause", ""), ("rule", "registry.size > 5"), ("rule.title", "大家庭"), ("rule.cause", "01")]);
        Assert.Equal(new NewRule("registry.size > 5", "大家庭", "", "01"), Assert.Single(ask.Rules));
    }
}
