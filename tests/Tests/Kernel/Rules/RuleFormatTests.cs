using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Rules;

namespace Shouwang.Tests.Kernel.Rules;

public class RuleFormatTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void What_is_written_is_read_back_as_the_same_tree() => Prop.ForAll(RuleGenerators.Trees, tree =>
    {
        var text = RuleExpression.Format(tree);
        var read = RuleExpression.Parse(text);
        return (read.Succeeded && read.Root!.Equals(tree) && RuleExpression.Format(read.Root) == text)
            .Label($"{text} -> {read.Root}{(read.Succeeded ? "" : read.Errors[0].ToString())}");
    }).Check(Many);

    [Fact]
    public void Equal_trees_have_equal_hashes() => Prop.ForAll(RuleGenerators.Trees,
        tree => RuleExpression.Parse(tree.ToString()).Root!.GetHashCode() == tree.GetHashCode()).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_generated_condition_passes_the_checker() => Prop.ForAll(RuleGenerators.Conditions,
        tree => RuleGenerators.Rule(tree) is { Type: RuleType.Bool } rule && rule.Root.Equals(tree)).Check(Many);

    [Theory]
    [InlineData("a&&(b&&c)", "a && b && c")]
    [InlineData("(a || b) && c", "(a || b) && c")]
    [InlineData("a || (b && c)", "a || b && c")]
    [InlineData("((1))+(2*3)", "1 + 2 * 3")]
    [InlineData("1-(2-3)", "1 - (2 - 3)")]
    [InlineData("(1-2)-3", "1 - 2 - 3")]
    [InlineData("a?b:(c?d:e)", "a ? b : c ? d : e")]
    [InlineData("(a?b:c)?d:e", "(a ? b : c) ? d : e")]
    [InlineData("!(a)&&!!b", "!a && !!b")]
    [InlineData("!(a&&b)", "!(a && b)")]
    [InlineData("-5", "-5")]
    [InlineData("-(5)", "-(5)")]
    [InlineData("0.40", "0.4")]
    [InlineData("5.0", "5.0")]
    [InlineData("1e2", "100.0")]
    [InlineData("'it\\'s \"x\"'", "\"it's \\\"x\\\"\"")]
    [InlineData("x . contains ( 'a' )", "x.contains(\"a\")")]
    [InlineData("x.size()", "size(x)")]
    [InlineData("a in [1,2,]", "a in [1, 2]")]
    [InlineData("a // why\n&& b", "a && b")]
    [InlineData("date('2020-06-30')", "date(\"2020-06-30\")")]
    public void The_canonical_text(string text, string canonical) =>
        Assert.Equal(canonical, RuleExpression.Format(RuleExpression.Parse(text).Root!));
}
