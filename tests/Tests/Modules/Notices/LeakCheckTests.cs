using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Modules.Notices;

namespace Shouwang.Tests.Modules.Notices;

public class LeakCheckTests
{
    private static readonly string[] Before = ["户主张*，", "金钱村3组李*：", "Name ", "联系 ", "名单：", "1、", "No. 7 ", ""];
    private static readonly string[] After = ["，家庭人口4人。", "（本人）", " 等3户", "；请核对", "", " end"];

    private static Gen<string> Id => from days in Gen.Choose(0, 36_000)
                                     from order in Gen.Choose(0, 499)
                                     from man in Gen.Elements(true, false)
                                     select CitizenId.Synthetic(new DateOnly(1920, 1, 1).AddDays(days), order, man ? Sex.Male : Sex.Female);

    // They leave the century out and were given until 1999: 29 February of 2000 never stood in one.
    private static Gen<string> OldId => Id.Where(id => id[6] == '1').Select(id => id[..6] + id[8..17]);

    private static Gen<string> Certificate => from id in Id
                                              from category in Gen.Choose(1, 7)
                                              from level in Gen.Choose(1, 4)
                                              select $"{id}{category}{level}";

    private static Gen<string> Phone => from second in Gen.Choose(3, 9)
                                        from third in Gen.Choose(0, 9)
                                        from rest in Gen.Choose(0, 9999)
                                        select $"1{second}{third}0000{rest:0000}";

    private static Gen<string> Account => from length in Gen.Choose(16, 19)
                                          from digits in Gen.Choose(0, 9).ListOf(19)
                                          select WithLuhn("62" + string.Concat(digits)[..(length - 3)]);

    private static string WithLuhn(string digits) =>
        digits + Enumerable.Range(0, 10).Single(check => (digits + check).Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 2)).Sum(d => d > 9 ? d - 9 : d) % 10 == 0);

    private static Gen<Func<string, string>> Disguise => Gen.Elements<Func<string, string>>(
        s => s,
        FullWidth,
        s => string.Join(' ', s.ToCharArray()),
        s => string.Join('-', s.ToCharArray()),
        s => string.Join('\u200b', s.ToCharArray()),
        s => string.Join(" - ", Grouped(s, 4)),
        s => string.Join('—', Grouped(s, 6)),
        s => string.Join('.', Grouped(s, 3)),
        s => string.Join('\u3000', Grouped(s, 4)),
        s => FullWidth(string.Join('－', Grouped(s, 4))),
        Chinese,
        s => string.Concat(s.Select(c => char.IsAsciiDigit(c) && c != '0' ? (char)('①' + (c - '1')) : c)));

    private static IEnumerable<string> Grouped(string text, int size) => text.Chunk(size).Select(c => new string(c));

    private static string FullWidth(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xfee0) : c));

    private static string Chinese(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? "〇一二三四五六七八九"[c - '0'] : c));

    private static Arbitrary<string> Hidden(Gen<string> secret) => (from before in Gen.Elements(Before)
                                                                     from text in secret
                                                                     from disguise in Disguise
                                                                     from after in Gen.Elements(After)
                                                                     select before + disguise(text) + after).ToArbitrary();

    private static void IsFound(Gen<string> secret, params LeakKind[] kinds) => Prop.ForAll(Hidden(secret),
        text => LeakCheck.Find(text).Any(l => kinds.Contains(l.Kind))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_citizen_id_is_found_however_it_is_written() => IsFound(Id, LeakKind.CitizenId);

    [Fact]
    public void An_id_of_the_old_kind_is_found_however_it_is_written() => IsFound(OldId, LeakKind.CitizenId);

    [Fact]
    public void A_certificate_of_disability_is_found_however_it_is_written() => IsFound(Certificate, LeakKind.CitizenId);

    [Fact]
    public void A_telephone_is_found_however_it_is_written() => IsFound(Phone, LeakKind.Phone);

    [Fact]
    public void A_bank_account_is_found_however_it_is_written() => IsFound(Account, LeakKind.BankAccount, LeakKind.CitizenId, LeakKind.LongNumber, LeakKind.Phone);

    [Theory]
    [InlineData("因病支出较大")]
    [InlineData("患尿毒症，长期透析")]
    [InlineData("尿 毒 症")]
    [InlineData("糖\u200b尿\u200b病")]
    [InlineData("视力残疾一级")]
    [InlineData("住院费用12000元")]
    [InlineData("因残")]
    public void Words_of_health_are_found(string text) => Assert.Contains(LeakCheck.Find(text), l => l.Kind == LeakKind.Health);

    [Fact]
    public void Words_that_a_policy_adds_are_found() => Assert.Contains(LeakCheck.Find("家中有大骨节者", ["大骨节"]), l => l.Kind == LeakKind.Health);

    private static Gen<string> Innocent => Gen.OneOf(
        from name in Gen.Elements("张*", "李**", "欧阳**", "王*")
        from size in Gen.Choose(1, 9)
        from category in Gen.Elements("脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "脱贫监测户")
        select $"{name}，{size}人，{category}",
        from day in Gen.Choose(0, 4000)
        from length in Gen.Choose(5, 10)
        from form in Gen.Elements("yyyy-MM-dd", "yyyy年M月d日", "yyyy.MM.dd", "yyyy/M/d", "yyyyMMdd")
        from between in Gen.Elements(" 至 ", "—", " - ", "~", " ")
        select $"公示时间 {new DateOnly(2018, 1, 1).AddDays(day).ToString(form)}{between}{new DateOnly(2018, 1, 1).AddDays(day + length).ToString(form)}",
        from amounts in Gen.Choose(0, 99_999_999).ListOf(3)
        select string.Concat(amounts.Select(a => $"补助{a / 100m:N2}元，")),
        from number in Gen.Choose(1, 20)
        from households in Gen.Choose(1, 300)
        select $"{number}、金钱村{number}组共{households}户{households * 3}人，人均纯收入{households * 37}元。",
        Gen.Elements("村务公开栏（村委会门口）", "监督电话 12317", "乡村振兴办 8:30—17:30", "一户一策，五访五帮", "第三届 2020-06-30 08:30 开始"));

    [Fact]
    public void Ordinary_names_dates_and_amounts_pass() => Prop.ForAll(Innocent.ListOf(4).Select(parts => string.Join("；", parts)).ToArbitrary(),
        text => LeakCheck.Find(text).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_found_is_not_shown_in_full() => Prop.ForAll(Hidden(Gen.OneOf(Id, Phone, Account)),
        text => LeakCheck.Find(text).All(l => l.Kind == LeakKind.Health || l.Shown.Length <= 5)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_office_telephone_passes_as_contact_but_a_private_one_does_not()
    {
        Assert.Empty(LeakCheck.Find("鹤游镇乡村振兴办 023-74500000", landlines: true));
        Assert.Contains(LeakCheck.Find("鹤游镇乡村振兴办 023-74500000"), l => l.Kind == LeakKind.Phone);
        Assert.Contains(LeakCheck.Find("李主任 13900001234", landlines: true), l => l.Kind == LeakKind.Phone);
    }

    [Fact]
    public void Any_text_is_looked_through_without_failing() => Prop.ForAll<string>(text => LeakCheck.Find(text) is not null).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("欧阳修", "欧阳*")]
    [InlineData("欧阳", "欧*")]
    [InlineData("阿依古丽", "阿***")]
    [InlineData("李", "*")]
    [InlineData(null, "*")]
    public void A_name_keeps_its_surname(string? name, string masked) => Assert.Equal(masked, Shouwang.Modules.Notices.Contracts.Masked.Name(name));
}
