using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Tables;

namespace Shouwang.Tests.Kernel.Tables;

/// <summary>Numbers and dates as spreadsheets store them.</summary>
public class SheetValueTests
{
    [Theory]
    [InlineData("9.9023119640516E+17", "990231196405160000")]
    [InlineData("9.90231196405159936E17", "990231196405160000")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("62468.019999999997", "62468.02")]
    [InlineData("12345.60", "12345.6")]
    [InlineData("1E-3", "0.001")]
    [InlineData("-0", "0")]
    [InlineData("007", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("999999999999999.9", "1000000000000000")]
    [InlineData("123456789012345678", "123456789012346000")]
    [InlineData("0.0000000000000000000000000000000001", "0")]
    public void A_number_has_fifteen_significant_digits(string stored, string expected)
    {
        Assert.True(SheetNumber.TryRead(stored, out var value, out _));
        Assert.Equal(expected, SheetNumber.Print(value));
    }

    [Theory]
    [InlineData(""), InlineData("1E+300"), InlineData("abc"), InlineData("1.2.3"), InlineData("-"), InlineData("1e"), InlineData("１")]
    public void What_is_no_number_or_too_large_is_refused(string stored) => Assert.False(SheetNumber.TryRead(stored, out _, out _));

    [Fact]
    public void Numbers_of_up_to_fifteen_digits_come_back_exactly() => Prop.ForAll(Numbers, number =>
        SheetNumber.TryRead(number.ToString(CultureInfo.InvariantCulture), out var read, out _) && read == number)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_canonical_number_is_what_printing_gives() => Prop.ForAll(Written, text =>
        !SheetNumber.TryRead(text, out var read, out var canonical) || canonical == (SheetNumber.Print(read) == text))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("yyyy-mm-dd", true), InlineData("yyyy\"年\"m\"月\"d\"日\"", true), InlineData("yyyy年m月d日", true), InlineData("m\"月\"d\"日\"", true)]
    [InlineData("[$-804]e/m/d", true), InlineData("[DBNum1][$-804]yyyy\"年\"m\"月\"", true), InlineData("mmm-yy", true), InlineData("aaaa", true)]
    [InlineData("yyyy/m/d h:mm", true), InlineData("mmmm", true), InlineData("d;@", true)]
    [InlineData("General", false), InlineData("0.00E+00", false), InlineData("#,##0.00_ ;[Red]-#,##0.00", false), InlineData("h:mm:ss AM/PM", false)]
    [InlineData("[h]:mm", false), InlineData("mm:ss", false), InlineData("@", false), InlineData("0\"日\"", false), InlineData("0.0\\d", false), InlineData("", false)]
    [InlineData("\"unclosed", false), InlineData("[Red", false)]
    public void Formats_that_show_a_day_are_known(string code, bool expected) => Assert.Equal(expected, SheetDate.IsDateFormat(code));

    [Fact]
    public void Serials_count_from_1900_and_skip_the_day_that_never_was()
    {
        Assert.Equal(new DateOnly(1956, 3, 2), SheetDate.FromSerial(20516));
        Assert.Equal(new DateOnly(1900, 1, 1), SheetDate.FromSerial(1));
        Assert.Equal(new DateOnly(1900, 2, 28), SheetDate.FromSerial(59));
        Assert.Null(SheetDate.FromSerial(60));
        Assert.Equal(new DateOnly(1900, 3, 1), SheetDate.FromSerial(61));
        Assert.Equal(new DateOnly(1904, 1, 2), SheetDate.FromSerial(1, from1904: true));
        Assert.Equal(new DateOnly(9999, 12, 31), SheetDate.FromSerial(2_958_465));
        Assert.Null(SheetDate.FromSerial(2_958_466));
        Assert.Equal(new TimeOnly(8, 30), SheetDate.TimeOf(20516.354166666667m));
        Assert.Null(SheetDate.TimeOf(20516));
    }

    [Fact]
    public void Every_day_survives_its_serial() => Prop.ForAll(Gen.Choose(0, 2_900_000).ToArbitrary(), days =>
    {
        var day = new DateOnly(1900, 1, 1).AddDays(days);
        return SheetDate.FromSerial(SheetDate.ToSerial(day)) == day;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<decimal> Numbers { get; } = Gen.Choose(-1_000_000_000, 1_000_000_000)
        .SelectMany(n => Gen.Choose(0, 15), (n, scale) => new decimal(Math.Abs(n), 0, 0, n < 0, (byte)scale)).ToArbitrary();

    private static Arbitrary<string> Written { get; } = Gen.Elements("0", "1", "5", "9", ".", "-", "00", "E2").ListOf()
        .Select(parts => string.Concat(parts)).ToArbitrary();
}
