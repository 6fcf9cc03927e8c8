using Shouwang.Kernel;
using Shouwang.Modules.Quality;
using Shouwang.Modules.Quality.Checks;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Income;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Modules.Quality;

/// <summary>A household that no rule complains about, to be spoilt in one place, and the rules that then complain.</summary>
internal static class HandMade
{
    public static readonly AreaCode Village = new("500231111202");

    private static readonly CheckingDay Day = new(new(2020, 6, 30), 4000, 6000,
        new AreaTree([new(new("500231"), "垫江县", false), new(new("500231111"), "鹤游镇", false), new(Village, "水井村", false), new(new("500231111203"), "中坝村", false)]),
        new StandardIncomeFormula());

    /// <summary>A lifted couple with a pupil of ten, insured, housed and with water.</summary>
    public static RegisterHousehold Family => Of("H1",
        Person("P1", "01", new(1978, 3, 2), Sex.Male) with { WorkPlace = "重庆市渝北区", WorkMonths = 10, Phone = "13000000001" },
        Person("P2", "02", new(1980, 7, 9), Sex.Female),
        Person("P3", "03", new(2010, 1, 20), Sex.Male) with { Education = null, Student = "primary", Labour = "5" });

    /// <summary>The same family on the monitoring list, with a risk that fits nobody's rule.</summary>
    public static RegisterHousehold Monitored => Family with
    {
        MonCat = MonitoringCategory.UnstableLifted, Identified = "2019-11", Risk1 = "05", Helper = "张三", Unsafe = false, Grade = "A", WaterSolved = true,
    };

    public static RegisterHousehold Of(string code, params RegisterMember[] members)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id, Code = code, Area = Village, Source = "register", ObservedOn = new(2020, 6, 30), AreaCode = Village.Digits, Phone = "13100000001",
            FamilySize = members.Length, Status = RegistryStatus.Lifted, Unsafe = false, Grade = "A", WaterSolved = true, Address = "水井村1组",
            Members = [.. members.Select(m => m with { HouseholdId = id, HouseholdCode = code })],
        };
    }

    public static RegisterMember Person(string code, string relation, DateOnly born, Sex sex) => new()
    {
        Id = Guid.CreateVersion7(), Code = code, HouseholdId = Guid.Empty, HouseholdCode = "", Area = Village, Source = "register", ObservedOn = new(2020, 6, 30),
        Name = "王小明", Gender = sex == Sex.Male ? "1" : "2", CertType = "id", CertNo = CitizenId.Synthetic(born, code[^1], sex), Birth = born.ToString("yyyy-MM-dd"),
        BirthOn = born, Relation = relation, Ethnicity = "01", Education = "3", Health = "1", Labour = "1", InsRes = true, InsEmp = false, InsMajor = true, PenRes = true,
    };

    /// <summary>The family with one member changed.</summary>
    public static RegisterHousehold With(this RegisterHousehold home, int member, Func<RegisterMember, RegisterMember> change) =>
        home with { Members = [.. home.Members.Select((m, i) => i == member ? change(m) : m)] };

    /// <summary>A sheet whose items and own totals agree, for a family of three: 24,000 yuan net, 8,000 a head.</summary>
    public static IncomeSheet Sheet(decimal wage = 20_000, decimal crops = 6_000, decimal pension = 0, decimal cost = 2_000, decimal selfPaid = 0, decimal? previous = 7_500) =>
        Add(new Dictionary<string, decimal> { ["A1"] = wage, ["B1"] = crops, ["D4"] = pension, ["E1"] = cost }, selfPaid, previous);

    private static IncomeSheet Add(Dictionary<string, decimal> items, decimal selfPaid, decimal? previous)
    {
        decimal Class(string letter) => items.Where(i => i.Key.StartsWith(letter, StringComparison.Ordinal)).Sum(i => i.Value);
        var net = Class("A") + Class("B") + Class("D") - Class("E");
        return new()
        {
            Id = Guid.CreateVersion7(), Household = Guid.Empty, From = new(2019, 6, 1), To = new(2020, 5, 31), Kind = "yearly", Source = "register",
            ObservedOn = new(2020, 6, 30), Items = items.Where(i => i.Value != 0).ToDictionary(i => i.Key, i => Money.FromYuan(i.Value)),
            Wage = Money.FromYuan(Class("A")), Business = Money.FromYuan(Class("B")), Property = Money.Zero, Transfer = Money.FromYuan(Class("D")),
            Cost = Money.FromYuan(Class("E")), Claim = Money.Zero, SelfPaid = Money.FromYuan(selfPaid), PreviousNetPerHead = previous,
            Stated = new(new Dictionary<string, decimal>
            {
                ["A"] = Class("A"), ["B"] = Class("B"), ["C"] = 0, ["D"] = Class("D"), ["E"] = Class("E"), ["net"] = net, ["net_pc"] = decimal.Round(net / 3, 2),
            }),
        };
    }

    /// <summary>Rules and codes: <c>DQ-02 P1</c>, in the order of rules. A household is checked with the default sheet unless told otherwise.</summary>
    public static IReadOnlyList<string> Findings(RegisterHousehold home, IncomeSheet? sheet = null, bool noSheet = false)
    {
        var found = new List<QualityFinding>();
        RegisterChecks.Check(new(home, noSheet ? null : sheet ?? Sheet(), Day), found.Add);
        return Named(found);
    }

    /// <summary>What the rules across households say of several.</summary>
    public static IReadOnlyList<string> Across(params RegisterHousehold[] homes)
    {
        var (found, across) = (new List<QualityFinding>(), new AcrossHouseholds());
        foreach (var home in homes)
            across.Add(new(home, null, Day));
        across.Finish(found.Add);
        return Named(found);
    }

    private static IReadOnlyList<string> Named(IEnumerable<QualityFinding> found) =>
        [.. found.Select(f => $"{f.Rule} {f.Household ?? f.Member ?? f.Record}").Order(StringComparer.Ordinal)];
}
