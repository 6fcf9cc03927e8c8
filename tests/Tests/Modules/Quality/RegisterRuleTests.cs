using Shouwang.Kernel;
using Shouwang.Modules.Quality;
using Shouwang.Modules.Registry.Contracts;
using static Shouwang.Tests.Modules.Quality.HandMade;

namespace Shouwang.Tests.Modules.Quality;

/// <summary>Each rule on a family that is right but for one thing.</summary>
public class RegisterRuleTests
{
    [Fact]
    public void A_family_whose_data_are_right_has_no_findings()
    {
        Assert.Empty(Findings(Family));
        Assert.Empty(Findings(Monitored));
        Assert.Empty(Across(Family));
    }

    [Fact]
    public void Every_rule_has_its_own_number_a_title_in_both_languages_and_a_basis()
    {
        var rules = new RegisterChecks(null!, null!, null!).Rules;
        Assert.Equal(rules.Count, rules.DistinctBy(r => r.Id).Count());
        Assert.All(rules, r => Assert.False(r.Title.Zh.Length == 0 || r.Title.En.Length == 0 || r.Basis.Length == 0));
        Assert.True(rules.Count >= 65);
    }

    [Fact]
    public void Numbers_are_held_against_length_check_character_birth_date_and_sex()
    {
        var right = Family.Members[0].CertNo!;
        Assert.Equal(["DQ-01 P1"], Number(right[..17]));
        Assert.Equal(["DQ-02 P1"], Number(right[..17] + (right[17] == '1' ? '2' : '1')));
        Assert.Equal(["DQ-08 P1"], Number("999999197803020000"));
        Assert.Equal(["DQ-08 P1"], Number(null));
        Assert.Equal(["DQ-05 P1"], Number(CitizenId.Synthetic(new(1978, 3, 2), 7, Sex.Female)));
        Assert.Equal(["DQ-04 P1"], Number(CitizenId.Synthetic(new(1978, 3, 3), 7, Sex.Male)));
        Assert.Equal(["DQ-04 P1", "DQ-06 P1"], Number("99023119780230007" + CitizenId.CheckCharacter("99023119780230007")));
        Assert.Equal(["DQ-03 P1", "DQ-41 P1"], Number(right + "82"));
        Assert.Equal(["DQ-41 P1"], Number(right + "74"));

        static IReadOnlyList<string> Number(string? number) => Findings(Family.With(0, m => m with { CertNo = number }));
    }

    [Fact]
    public void A_birth_month_without_a_day_is_compared_as_far_as_it_goes() =>
        Assert.Empty(Findings(Family.With(0, m => m with { Birth = "1978-03" })));

    [Fact]
    public void Names_of_rare_characters_count_characters_and_not_half_characters()
    {
        Assert.Equal(["DQ-09 P1"], Findings(Family.With(0, m => m with { Name = "\U0002CB4E" })));
        Assert.Empty(Findings(Family.With(0, m => m with { Name = "王\U0002CB4E" })));
        Assert.Equal(["DQ-09 P1"], Findings(Family.With(0, m => m with { Name = "王3" })));
    }

    [Fact]
    public void A_household_may_give_a_landline_and_a_worker_may_not()
    {
        Assert.Empty(Findings(Family with { Phone = "023-74610001" }));
        Assert.Equal(["DQ-12 H1"], Findings(Family with { Phone = "1310000001" }));
        Assert.Equal(["DQ-11 P1"], Findings(Family.With(0, m => m with { Phone = "23000000001" })));
    }

    [Theory]
    [InlineData("垫江县鹤游镇", "垫江县桂溪街道", false)]
    [InlineData("重庆市渝北区", "浙江省宁波市慈溪市", true)]
    public void One_phone_for_two_workers_is_doubtful_only_in_different_counties(string one, string other, bool doubtful)
    {
        var home = Family.With(0, m => m with { WorkPlace = one }).With(1, m => m with { WorkPlace = other, WorkMonths = 5, Phone = "13000000001" });
        Assert.Equal(doubtful ? ["DQ-13 P1", "DQ-13 P2"] : [], Findings(home));
    }

    [Fact]
    public void A_household_has_one_head_one_spouse_at_most_and_the_people_it_says()
    {
        Assert.Equal(["DQ-17 H1"], Findings(Family.With(0, m => m with { Relation = "99" })));
        Assert.Equal(["DQ-18 H1"], Findings(Family.With(1, m => m with { Relation = "01" })));
        Assert.Equal(["DQ-19 H1", "DQ-20 H1", "DQ-38 P3"], Findings(Family.With(2, m => m with { Relation = "02", Birth = null, BirthOn = new(1982, 1, 1), CertNo = null }))
            .Where(f => f is not ("DQ-08 P3" or "DQ-33 P3")));
        Assert.Equal(["DQ-23 H1"], Findings(Family with { FamilySize = 4 }));
        Assert.Equal(["DQ-23 H1", "DQ-24 H1"], Findings(Family with { FamilySize = 22 }));
        Assert.Equal(["DQ-30 H1"], Findings(Family with { Repeated = true }));
        Assert.Equal(["DQ-29 H1"], Findings(Family with { AreaCode = "500231111999" }));
        Assert.Equal(["DQ-29 H1"], Findings(Family with { AreaCode = "500231111203" }));
        Assert.Equal(["DQ-21 P2"], Findings(Family.With(1, m => m with { Relation = "干亲" })));
        Assert.Equal(["DQ-22 P3"], Findings(Family.With(2, m => m with { Relation = "04" })));
    }

    [Fact]
    public void Members_who_left_are_not_checked()
    {
        var home = Family.With(2, m => m with { Life = LifeState.MarriedOut, CertNo = "1", Health = null, Labour = null });
        Assert.Equal(["DQ-23 H1"], Findings(home, noSheet: true));
    }

    [Theory]
    [InlineData(1992, 3, 1, true)]
    [InlineData(1992, 3, 2, false)]
    public void Parents_are_fourteen_years_older_at_least(int year, int month, int day, bool found)
    {
        var (born, home) = (new DateOnly(year, month, day), Family);
        home = home.With(2, _ => Person("P3", "03", born, Sex.Male));
        Assert.Equal(found ? ["DQ-25 P3"] : [], Findings(home));
    }

    [Fact]
    public void Age_study_and_labour_fit_each_other()
    {
        Assert.Equal(["DQ-33 P3"], Findings(Family.With(2, m => m with { Labour = "3" })));
        Assert.Equal(["DQ-34 P2"], Findings(Family.With(1, m => m with { Labour = "5" })));
        Assert.Equal(["DQ-35 P2"], Findings(Family.With(1, _ => Person("P2", "02", new(1960, 6, 30), Sex.Female))));
        Assert.Empty(Findings(Family.With(1, _ => Person("P2", "02", new(1960, 7, 1), Sex.Female))));
        Assert.Equal(["DQ-36 P3"], Findings(Family.With(2, m => m with { Education = "2" })));
        Assert.Equal(["DQ-36 P2"], Findings(Family.With(1, m => m with { Education = null })));
        Assert.Equal(["DQ-38 P3"], Findings(Family.With(2, m => m with { Student = "bachelor1" })));
        Assert.Equal(["DQ-39 P3", "DQ-45 P3"], Findings(Family.With(2, m => m with { WorkPlace = "垫江县", WorkMonths = 2 })));
        Assert.Equal(["DQ-44 P2"], Findings(Family.With(1, m => m with { Labour = "见备注" })));
        Assert.Equal(["DQ-46 P1"], Findings(Family.With(0, m => m with { WorkMonths = null })));
        Assert.Equal(["DQ-46 P1"], Findings(Family.With(0, m => m with { WorkMonths = 13 })));
        Assert.Equal(["DQ-28 H1", "DQ-34 P1", "DQ-45 P1"], Findings(Family.With(0, m => m with { Labour = "5" })));
    }

    [Fact]
    public void Disability_certificate_and_labour_fit_each_other()
    {
        Assert.Equal(["DQ-40 P2"], Findings(Family.With(1, m => m with { Health = "2,4" })));
        Assert.Empty(Findings(Family.With(1, m => m with { Health = "2,4", CertType = "disability", CertNo = m.CertNo + "43" })));
        Assert.Equal(["DQ-42 P2"], Findings(Family.With(1, m => m with { Health = "4", CertType = "disability", CertNo = m.CertNo + "42", DisCat = "4", DisLevel = "2" })));
        Assert.Equal(["DQ-43 P2"], Findings(Family.With(1, m => m with { Health = null })));
    }

    [Fact]
    public void Missing_insurance_flags_are_unknown_and_not_uninsured()
    {
        Assert.Equal(["DQ-73 P2"], Findings(Family.With(1, m => m with { InsEmp = true })));
        Assert.Equal(["DQ-74 P2"], Findings(Family.With(1, m => m with { InsRes = false })));
        Assert.Equal(["DQ-75 P2"], Findings(Family.With(1, m => m with { InsRes = null, InsEmp = null })));
        Assert.Equal(["DQ-75 P2"], Findings(Family.With(1, m => m with { PenRes = null })));
        Assert.Equal(["DQ-72 P2"], Findings(Family.With(1, m => m with { Tekun = true }), Sheet(pension: 100)));
    }
}
