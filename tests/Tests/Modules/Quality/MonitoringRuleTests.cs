using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using static Shouwang.Tests.Modules.Quality.HandMade;

namespace Shouwang.Tests.Modules.Quality;

/// <summary>Rules about the monitoring list, incomes, and people who stand twice in the register.</summary>
public class MonitoringRuleTests
{
    [Fact]
    public void A_risk_has_to_fit_somebody_in_the_household()
    {
        Assert.Equal(["DQ-47 H1"], Findings(Monitored with { Risk1 = null }));
        Assert.Equal(["DQ-48 H1"], Findings(Monitored with { Risk1 = "02" }));
        Assert.Empty(Findings(Monitored with { Risk1 = "02", DisasterSub = "1" }));
        Assert.Equal(["DQ-48 H1"], Findings(Monitored with { Risk2 = "99" }));
        Assert.Equal(["DQ-49 H1"], Findings(Monitored with { Risk1 = "03" }));
        Assert.Equal(["DQ-50 H1", "DQ-51 H1"], Findings(Monitored with { Risk1 = "01" }));
        Assert.Empty(Findings((Monitored with { Risk1 = "01" }).With(1, m => m with { Health = "2" }), Sheet(selfPaid: 1)));
        Assert.Empty(Findings(Monitored with { Risk1 = "07" }));
        Assert.Equal(["DQ-52 H1", "DQ-79 H1"], Findings((Monitored with { Risk1 = "07" }).With(0, m => m with { WorkPlace = null, WorkMonths = null })));
        Assert.Empty(Findings(Monitored with { Risk1 = "04" }));
        Assert.Equal(["DQ-53 H1"], Findings((Monitored with { Risk1 = "04" }).With(2, _ => Person("P3", "03", new(2000, 1, 1), Sex.Male))));
        Assert.Equal(["DQ-54 H1"], Findings(Monitored with { Identified = null }));
        Assert.Equal(["DQ-54 H1"], Findings(Monitored, noSheet: true));
        Assert.Equal(["DQ-104 H1"], Findings(Monitored with { Helper = null }));
    }

    [Fact]
    public void A_lifted_household_with_a_gap_belongs_on_the_list_and_one_on_it_is_left_alone()
    {
        Assert.Equal(["DQ-55 H1"], Findings(Family with { Unsafe = true, Grade = "D" }));
        Assert.Equal(["DQ-55 H1"], Findings(Family with { WaterSolved = false }));
        Assert.Equal(["DQ-55 H1"], Findings(Family.With(1, m => m with { Health = "3", InsMajor = false })));
        Assert.Equal(["DQ-37 P3", "DQ-55 H1"], Findings(Family.With(2, m => m with { Student = null, Education = "2" })));
        Assert.Equal(["DQ-55 H1"], Findings(Family.With(2, m => m with { Student = null, Education = "2", DropReason = "3" })));
        Assert.Empty(Findings(Family.With(2, m => m with { Student = null, Education = "2", DropReason = "2" })));
        Assert.Empty(Findings(Monitored with { WaterSolved = false }));
        Assert.Empty(Findings(Family with { Status = RegistryStatus.Ordinary, WaterSolved = false }));
    }

    [Theory]
    [InlineData(5_999.99, true)]
    [InlineData(6_000, false)]
    public void The_monitoring_line_itself_is_not_below_the_line(decimal perHead, bool below) =>
        Assert.Equal(below ? ["DQ-56 H1"] : [], Findings(Family, Sheet(wage: perHead * 3, crops: 0, cost: 0, previous: perHead)));

    [Fact]
    public void A_household_taken_off_the_list_is_safe_insured_and_able()
    {
        var eliminated = Monitored with { ElimState = EliminationKind.ByAssistance, ElimOn = new(2020, 5, 20) };
        Assert.Empty(Findings(eliminated));
        Assert.Equal(["DQ-58 H1"], Findings(eliminated with { Identified = "2020-04" }));
        Assert.Empty(Findings(eliminated with { Identified = "2020-03" }));
        Assert.Empty(Findings(eliminated with { Identified = "2020-04", ElimState = EliminationKind.Natural }));
        Assert.Equal(["DQ-59 H1"], Findings(eliminated with { Grade = "C" }));
        Assert.Equal(["DQ-59 H1", "DQ-74 P2"], Findings(eliminated.With(1, m => m with { InsRes = false })));
        Assert.Equal(["DQ-61 H1"], Findings(eliminated, noSheet: true));
        Assert.Equal(["DQ-62 H1"], Findings(eliminated, Sheet(wage: 17_999, crops: 0, cost: 0, previous: 6_000)));
        Assert.Contains("DQ-63 H1", Findings(eliminated.With(0, m => m with { Labour = "4" }).With(1, m => m with { Labour = "4" })));
    }

    [Fact]
    public void A_sheet_has_to_add_up_within_a_yuan()
    {
        var right = Sheet();
        IncomeSheet Stating(string what, decimal yuan) => right with { Stated = new(new Dictionary<string, decimal>(right.Stated.Values) { [what] = yuan }) };

        Assert.Empty(Findings(Family, Stating("A", 20_001)));
        Assert.Equal(["DQ-76 H1"], Findings(Family, Stating("A", 20_001.01m)));
        Assert.Equal(["DQ-77 H1"], Findings(Family, Stating("net_pc", 6_000)));
        Assert.Equal(["DQ-77 H1"], Findings(Family, Stating("net", 26_000)));
        Assert.Empty(Findings(Family, Stating("net_pc", 8_000.99m)));
    }

    [Fact]
    public void Incomes_and_land_are_plausible()
    {
        Assert.Equal(["DQ-56 H1", "DQ-64 H1"], Findings(Family, Sheet(wage: 11_999, crops: 0, cost: 0, previous: 4_000)));
        Assert.Equal(["DQ-78 H1"], Findings(Family, Sheet(crops: -1, cost: -4_001)));
        Assert.Equal(["DQ-78 H1"], Findings(Family, Sheet(wage: 600_001, crops: 0, cost: 0, previous: 190_000)));
        Assert.Equal(["DQ-79 H1"], Findings(Family, Sheet(wage: 99, crops: 24_000)));
        Assert.Empty(Findings(Family, Sheet(previous: 16_000)));
        Assert.Equal(["DQ-81 H1"], Findings(Family, Sheet(previous: 16_001)));
        Assert.Equal(["DQ-80 H1"], Findings(Family with { Land = 100.1m }));
        Assert.Equal(["DQ-80 H1"], Findings(Family with { Forest = 200.1m }));
        Assert.Equal(["DQ-69 H1"], Findings(Family.With(1, m => m with { Dibao = true })));
    }

    [Fact]
    public void The_same_number_in_two_households_is_found_in_both_and_once_married_out_in_neither()
    {
        var bride = Person("B1", "04", new(1995, 5, 5), Sex.Female);
        var (parents, husband) = (Of("H1", bride), Of("H2", bride with { Code = "B2", Relation = "02" }));

        Assert.Equal(["DQ-07 B1", "DQ-07 B2", "DQ-31 B1", "DQ-31 B2"], Across(parents, husband));
        Assert.Equal(["DQ-07 B1", "DQ-07 B2"], Across(Of("H1", bride, bride with { Code = "B2" })));
        Assert.Empty(Across(parents.With(0, m => m with { Life = LifeState.MarriedOut }), husband));
    }

    [Fact]
    public void Somebody_of_the_same_name_and_birth_date_in_the_village_is_doubtful_with_another_number()
    {
        var one = Person("A1", "01", new(1960, 1, 1), Sex.Male);
        var other = one with { Code = "A2", CertNo = CitizenId.Synthetic(new(1960, 1, 1), 77, Sex.Male) };

        Assert.Equal(["DQ-16 A1", "DQ-16 A2"], Across(Of("H1", one), Of("H2", other)));
        Assert.Empty(Across(Of("H1", one), Of("H2", other with { Name = "王大明" })));
        Assert.Empty(Across(Of("H1", one), Of("H2", other) with { Area = new("500231111203") }));
    }

    [Fact]
    public void A_couple_of_two_heads_at_one_address_is_probably_one_household()
    {
        var wife = Person("W1", "02", new(1970, 2, 2), Sex.Female);
        var (one, other) = (Of("H1", Person("M1", "01", new(1968, 1, 1), Sex.Male), wife), Of("H2", wife with { Code = "W2", Relation = "01" }));

        Assert.Equal(["DQ-32 H1", "DQ-32 H2"], Across(one, other).Where(f => f.StartsWith("DQ-32", StringComparison.Ordinal)));
        Assert.DoesNotContain(Across(one, other with { Address = "水井村9组" }), f => f.StartsWith("DQ-32", StringComparison.Ordinal));
    }
}
