using Shouwang.Modules.Field.Forms;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Conditions of forms come to the same on the server and on the phone.</summary>
public sealed class FormRulesTests
{
    /// <summary>So the file cannot say anything else than this program does; <c>web/field</c> is tested with it.</summary>
    /// <remarks>After a change that is meant, run this test with <c>SHOUWANG_WRITE_VECTORS=1</c>: it writes the file anew.</remarks>
    [Fact]
    public void The_vectors_for_the_phone_are_what_the_forms_come_to()
    {
        if (Environment.GetEnvironmentVariable("SHOUWANG_WRITE_VECTORS") == "1")
            File.WriteAllText(FormVectors.File(), FormVectors.Text());
        var (expected, written) = (FormVectors.Text().Split('\n'), File.ReadAllText(FormVectors.File()).Split('\n'));
        Assert.All(expected.Zip(written), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(expected.Length, written.Length);
        // Neither everything nor nothing is hidden and wrong in them.
        Assert.InRange(written.Count(l => l.Contains("\"wrong\":[]", StringComparison.Ordinal)), 1, 170);
        Assert.InRange(written.Count(l => l.Contains("\"form:county\"", StringComparison.Ordinal)), 15, 185);
    }

    [Theory]
    [InlineData("2010-06-30", 10)]
    [InlineData("2010-07-01", 9)]
    [InlineData("2010-06", 10)]
    [InlineData("2010", 10)]
    [InlineData("2020-12-01", -1)]
    [InlineData("", null)]
    [InlineData("unknown", null)]
    public void An_age_counts_full_years(string birth, int? age) => Assert.Equal(age, FormInputs.AgeOf(birth, new(2020, 6, 30)));
}
