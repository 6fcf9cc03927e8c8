using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Tables;

namespace Shouwang.Tests.Kernel.Tables;

/// <summary>What a cell means, by the conventions of the offices that fill them.</summary>
public class CellTextTests
{
    [Theory]
    [InlineData("脱贫 ", "脱贫")]
    [InlineData("　 王　芳\u00A0", "王 芳")]
    [InlineData("１３８Ｂ", "138B")]
    [InlineData("\uFEFF户\u200B主", "户主")]
    [InlineData("'9902", "9902")]
    [InlineData("9902\t", "9902")]
    [InlineData("甲，乙（丙）", "甲，乙（丙）")]
    [InlineData("一\r\n二", "一 二")]
    [InlineData("𬭎䶮㛃犇", "𬭎䶮㛃犇")]
    [InlineData("１．５／２", "1.5/2")]
    [InlineData(null, "")]
    public void A_text_loses_what_is_not_part_of_it(string? cell, string expected) => Assert.Equal(expected, CellText.Clean(cell));

    [Theory]
    [InlineData("990231 19650312 0914", "990231196503120914")]
    [InlineData("９９０２３１１９６５０３１２０９１ｘ", "99023119650312091X")]
    [InlineData("'990231196503120914\t", "990231196503120914")]
    [InlineData("１３８－０００", "138-000")]
    [InlineData("yb2019", "YB2019")]
    public void A_number_of_a_person_or_thing_is_one_code(string cell, string expected) => Assert.Equal(expected, CellText.Code(cell));

    [Theory]
    [InlineData("王　芳", "王芳")]
    [InlineData("欧阳 小 明", "欧阳小明")]
    [InlineData("买买提•艾力", "买买提·艾力")]
    [InlineData("买买提．艾力", "买买提·艾力")]
    [InlineData("买买提 ‧ 艾力", "买买提·艾力")]
    [InlineData("买买提.艾力", "买买提·艾力")]
    [InlineData("𬭎 䶮", "𬭎䶮")]
    [InlineData("Li Ming", "Li Ming")]
    [InlineData("J. Smith", "J. Smith")]
    public void A_name_is_the_same_however_its_dot_and_blanks_are_typed(string cell, string expected) =>
        Assert.Equal(expected, CellText.PersonName(cell));

    [Theory]
    [InlineData("无", true)]
    [InlineData(" — ", true)]
    [InlineData("－", true)]
    [InlineData("/", true)]
    [InlineData("\\", true)]
    [InlineData("n/a", true)]
    [InlineData("　", true)]
    [InlineData("无劳动力", false)]
    [InlineData("0", false)]
    public void A_sign_for_nothing_is_nothing(string cell, bool expected) => Assert.Equal(expected, CellText.IsPlaceholder(cell));

    [Theory]
    [InlineData("是", true), InlineData("有", true), InlineData("√", true), InlineData("1", true), InlineData("ｙ", true)]
    [InlineData("否", false), InlineData("无", false), InlineData("×", false), InlineData("0", false), InlineData("n", false)]
    [InlineData("", null), InlineData("—", null), InlineData("可能", null)]
    public void Yes_and_no_have_many_signs(string cell, bool? expected) =>
        Assert.Equal(expected, CellText.TryYesNo(cell, out var yes) ? yes : null);

    [Theory]
    [InlineData("12,345.60", "12345.60"), InlineData("１２３", "123"), InlineData("¥1,200", "1200"), InlineData("￥ 1200.5元", "1200.5")]
    [InlineData("-5", "-5"), InlineData("－1,000", "-1000"), InlineData("¥-3", "-3"), InlineData("0", "0"), InlineData(".5", "0.5")]
    [InlineData("1，234", "1234")]
    [InlineData("1.2万", null), InlineData("约3万", null), InlineData("见附件", null), InlineData("12,34", null), InlineData("1,2345", null)]
    [InlineData("1.2.3", null), InlineData("", null), InlineData("元", null), InlineData("-", null), InlineData("1e5", null)]
    [InlineData("--5", null), InlineData("1 200", null), InlineData("1,000,0", null), InlineData("12345,678", null), InlineData(",123", null)]
    public void Money_is_read_exactly_or_refused(string cell, string? expected) => Assert.Equal(
        expected is null ? null : decimal.Parse(expected, null),
        CellNumber.TryMoney(cell, out var yuan) ? yuan : (decimal?)null);

    [Theory]
    [InlineData("3", 3L), InlineData("3.0", 3L), InlineData("１，２００", 1200L), InlineData("-2", -2L)]
    [InlineData("3.5", null), InlineData("3人", null), InlineData("99999999999999999999", null)]
    public void A_count_is_whole(string cell, long? expected) =>
        Assert.Equal(expected, CellNumber.TryWhole(cell, out var number) ? number : null);

    [Theory]
    [InlineData("20516"), InlineData("19560302"), InlineData("1956.3.2"), InlineData("1956/3/2"), InlineData("1956年3月2日")]
    [InlineData("1956-3-2"), InlineData("1956-03-02"), InlineData("１９５６．３．２"), InlineData("1956年 3月 2日"), InlineData("1956-03-02 08:30:00")]
    [InlineData("1956/3/2 0:00"), InlineData("1956-03-02T00:00:00"), InlineData("'19560302\t"), InlineData("20516.5"), InlineData("1956年03月02号")]
    public void A_date_is_the_same_day_however_it_is_written(string cell)
    {
        Assert.True(CellDate.TryDate(cell, out var date));
        Assert.Equal(new DateOnly(1956, 3, 2), date);
    }

    [Theory]
    [InlineData("2020-02-30"), InlineData("20200230"), InlineData("2020年2月30日"), InlineData("2/3/1956"), InlineData("56.3.2")]
    [InlineData("1956年"), InlineData("1956"), InlineData("1956-3/2"), InlineData("今天"), InlineData(""), InlineData("195603021"), InlineData("1956.3.2a")]
    [InlineData("1956年3月"), InlineData("1956.3"), InlineData("195603"), InlineData("1956.13.1")]
    public void A_day_that_does_not_exist_or_is_not_there_is_no_date(string cell) => Assert.False(CellDate.TryDate(cell, out _));

    [Theory]
    [InlineData("201911"), InlineData("2019-11"), InlineData("2019年11月"), InlineData("2019.11"), InlineData("2019/11"), InlineData("２０１９年１１月")]
    public void A_month_is_the_same_however_it_is_written(string cell)
    {
        Assert.True(CellDate.TryYearMonth(cell, out var month));
        Assert.Equal(201911, month.YearMonth);
    }

    [Theory]
    [InlineData("1956年3月"), InlineData("1956.3")]
    public void A_date_without_a_day_covers_the_days_of_its_month(string cell)
    {
        Assert.True(CellDate.TryPartial(cell, out var partial));
        Assert.True(partial.Covers(new(1956, 3, 31)));
        Assert.False(partial.Covers(new(1956, 4, 1)));
        Assert.Null(partial.Full);
    }

    [Fact]
    public void Cleaning_what_is_clean_changes_nothing() => Prop.ForAll(Any.Text, text =>
    {
        var (clean, code, name) = (CellText.Clean(text), CellText.Code(text), CellText.PersonName(text));
        return CellText.Clean(clean) == clean && CellText.Code(code) == code && CellText.PersonName(name) == name;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_date_is_read_back_from_every_way_to_write_it() => Prop.ForAll(Any.Day, Any.DayFormat, (day, format) =>
        CellDate.TryDate(day.ToString(format, null), out var read) && read == day).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_amount_is_read_back_from_its_grouped_form() => Prop.ForAll(Any.Fen, fen =>
        CellNumber.TryMoney((fen / 100m).ToString("#,##0.00", null), out var yuan) && yuan == fen / 100m).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_at_all_is_read_without_an_exception() => Prop.ForAll(Any.Text, text =>
    {
        _ = CellNumber.TryMoney(text, out _) | CellNumber.TryWhole(text, out _) | CellDate.TryPartial(text, out _)
            | CellText.TryYesNo(text, out _) | CellText.IsPlaceholder(text);
        return true;
    }).QuickCheckThrowOnFailure();

    private static class Any
    {
        public static Arbitrary<string> Text { get; } = Gen.Elements(
                " ", "　", "\u00A0", "\u200B", "\t", "'", "王", "芳", "𬭎", "·", "•", ".", "．", "Ａ", "x", "０", "1", ",", "，", "-", "—", "/", "年", "月", "日", "元", "\n")
            .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

        public static Arbitrary<DateOnly> Day { get; } = Gen.Choose(0, 90_000)
            .Select(days => new DateOnly(1900, 1, 1).AddDays(days)).ToArbitrary();

        public static Arbitrary<string> DayFormat { get; } = Gen.Elements(
            "yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd", "yyyy-MM-dd' 00:00:00'").ToArbitrary();

        public static Arbitrary<long> Fen { get; } = Gen.Choose(-2_000_000_000, 2_000_000_000).Select(n => (long)n * 7).ToArbitrary();
    }
}
