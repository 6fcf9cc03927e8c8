using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>A household 户 as the register now has it, with its members: current values in clear.</summary>
/// <remarks>
/// Coded values hold the code of the policy's list, or what the file said where the list has no such value. Null is unknown.
/// The shape follows FIELDS A1; the remarks name our field in the policy's feed where it differs from the property.
/// </remarks>
public sealed record RegisterHousehold
{
    public required Guid Id { get; init; }

    /// <summary>户编号.</summary>
    public required string Code { get; init; }

    /// <summary>The village, where it is known; else the township or county it was reported for.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>The source and the date of the leading statement; single values may come from elsewhere.</summary>
    public required string Source { get; init; }

    /// <inheritdoc cref="Source"/>
    public required DateOnly ObservedOn { get; init; }

    /// <summary>The village as the row was read: its code where it is known, else its name as stated.</summary>
    public string? VillageName { get; init; }

    /// <summary>The area code as stated, right or wrong; see DQ-29.</summary>
    public string? AreaCode { get; init; }

    public string? GroupName { get; init; }
    public string? HeadName { get; init; }
    public string? HeadId { get; init; }

    /// <summary>The stated number of people; <see cref="Size"/> counts them.</summary>
    public long? FamilySize { get; init; }

    public string? Phone { get; init; }
    public string? Address { get; init; }
    public string? Bank { get; init; }
    public string? Account { get; init; }

    /// <summary>C-STD.</summary>
    public string? Std { get; init; }

    /// <summary>C-PT.</summary>
    public string? PovertyType { get; init; }

    public RegistryStatus? Status { get; init; }
    public long? LiftedYear { get; init; }

    /// <summary>C-HT.</summary>
    public string? HouseType { get; init; }

    /// <summary>C-CAUSE; the others parted by commas.</summary>
    public string? MainCause { get; init; }

    /// <inheritdoc cref="MainCause"/>
    public string? OtherCauses { get; init; }

    public MonitoringCategory MonCat { get; init; }

    /// <summary>Year and month of identification, <c>2019-11</c>.</summary>
    public string? Identified { get; init; }

    /// <summary>C-RISK, five at most.</summary>
    public string? Risk1 { get; init; }

    public string? Risk2 { get; init; }
    public string? Risk3 { get; init; }
    public string? Risk4 { get; init; }
    public string? Risk5 { get; init; }

    /// <summary>C-DIS.</summary>
    public string? DisasterSub { get; init; }

    public string? RiskRemark { get; init; }

    /// <summary>C-DEV.</summary>
    public string? DevState { get; init; }

    public EliminationKind? ElimState { get; init; }
    public DateOnly? ElimOn { get; init; }
    public string? Contact { get; init; }
    public string? ContactPhone { get; init; }
    public string? Helper { get; init; }
    public string? HelperPhone { get; init; }
    public bool? Unsafe { get; init; }

    /// <summary>C-HG.</summary>
    public string? Grade { get; init; }

    public bool? WaterSolved { get; init; }
    public bool? Relocated { get; init; }

    /// <summary>Cultivated land in mu.</summary>
    public decimal? Land { get; init; }

    /// <summary>Woodland in mu.</summary>
    public decimal? Forest { get; init; }

    public DateOnly? FilledOn { get; init; }

    /// <summary>Where the house stands, in degrees north and east (WGS 84).</summary>
    public decimal? Lat { get; init; }

    /// <inheritdoc cref="Lat"/>
    public decimal? Lng { get; init; }

    /// <summary>Litres of water a head and day, as a visit found it; departments' surveys stand in their own records.</summary>
    public decimal? WaterLitres { get; init; }

    /// <summary>In a water-short area 缺水地区, where less is enough.</summary>
    public bool? WaterShort { get; init; }

    public bool? WaterPiped { get; init; }

    /// <summary>Minutes to fetch water, there and back.</summary>
    public long? WaterMinutes { get; init; }

    /// <summary>Metres to the water.</summary>
    public long? WaterHorizontal { get; init; }

    /// <summary>Metres up or down to the water.</summary>
    public long? WaterVertical { get; init; }

    /// <summary>Days without enough water in a year.</summary>
    public long? WaterDaysShort { get; init; }

    public bool? WaterSeasonal { get; init; }

    /// <summary>Yuan that the member who paid most has paid for medical care since 1 January.</summary>
    public decimal? PaidYear { get; init; }

    /// <summary>Yuan paid for the dearest stay in hospital of the last twelve months.</summary>
    public decimal? PaidStay { get; init; }

    /// <summary>Yuan a chronic outpatient paid in the dearest of the last twelve months.</summary>
    public decimal? PaidMonth { get; init; }

    /// <summary>Full months of the member longest out of work; 0 when nobody is.</summary>
    public long? JoblessMonths { get; init; }

    /// <summary>Yuan a school year after aid, of the student beyond compulsory school who pays most.</summary>
    public decimal? SchoolCost { get; init; }

    /// <summary>The last file held this number more than once; see DQ-30.</summary>
    public bool Repeated { get; init; }

    /// <summary>Everybody ever listed, in the order of their codes; <see cref="Normal"/> are those who count.</summary>
    public IReadOnlyList<RegisterMember> Members { get; init; } = [];

    /// <summary>Members of state normal.</summary>
    public IEnumerable<RegisterMember> Normal => Members.Where(m => m.Life == LifeState.Normal);

    /// <summary>Household size in every formula: the members of state normal.</summary>
    public int Size => Members.Count(m => m.Life == LifeState.Normal);

    /// <summary>On the monitoring list and not taken off it.</summary>
    public bool IsMonitored => MonCat != MonitoringCategory.None && (ElimState ?? EliminationKind.NotEliminated) == EliminationKind.NotEliminated;

    /// <summary>The stated risks, in order.</summary>
    public IEnumerable<string> Risks => new[] { Risk1, Risk2, Risk3, Risk4, Risk5 }.OfType<string>();

    /// <summary>The same household with numbers, phones, accounts and health hidden.</summary>
    public RegisterHousehold Masked() => this with
    {
        HeadId = CitizenId.Mask(HeadId), Phone = Hide.Phone(Phone), Account = Hide.All(Account), ContactPhone = Hide.Phone(ContactPhone),
        HelperPhone = Hide.Phone(HelperPhone), Members = [.. Members.Select(m => m.Masked())],
    };
}

/// <summary>A member 家庭成员 as the register now has it (FIELDS A2).</summary>
/// <inheritdoc cref="RegisterHousehold" path="/remarks"/>
public sealed record RegisterMember
{
    public required Guid Id { get; init; }

    /// <summary>人口编号.</summary>
    public required string Code { get; init; }

    public required Guid HouseholdId { get; init; }
    public required string HouseholdCode { get; init; }
    public required AreaCode Area { get; init; }

    /// <inheritdoc cref="RegisterHousehold.Source"/>
    public required string Source { get; init; }

    /// <inheritdoc cref="RegisterHousehold.Source"/>
    public required DateOnly ObservedOn { get; init; }

    public string? Name { get; init; }

    /// <summary>C-GEN.</summary>
    public string? Gender { get; init; }

    /// <summary>C-CERT.</summary>
    public string? CertType { get; init; }

    public string? CertNo { get; init; }

    /// <summary>The birth date as stated: <c>1956-03-02</c>, or <c>1956-03</c> without a day.</summary>
    public string? Birth { get; init; }

    /// <summary>The full birth date; where the day was not stated, that of the id, if year and month agree.</summary>
    public DateOnly? BirthOn { get; init; }

    /// <summary>C-REL.</summary>
    public string? Relation { get; init; }

    public string? Ethnicity { get; init; }

    /// <summary>C-POL.</summary>
    public string? Political { get; init; }

    public string? Phone { get; init; }

    /// <summary>C-EDU.</summary>
    public string? Education { get; init; }

    /// <summary>C-STU.</summary>
    public string? Student { get; init; }

    /// <summary>C-DROP.</summary>
    public string? DropReason { get; init; }

    /// <summary>C-HEA, several parted by commas.</summary>
    public string? Health { get; init; }

    /// <summary>C-DC.</summary>
    public string? DisCat { get; init; }

    /// <summary>C-DL.</summary>
    public string? DisLevel { get; init; }

    /// <summary>C-LAB, <c>1</c> to <c>5</c>.</summary>
    public string? Labour { get; init; }

    /// <summary>C-WRK.</summary>
    public string? WorkState { get; init; }

    public string? WorkPlace { get; init; }
    public long? WorkMonths { get; init; }

    /// <summary>C-POST.</summary>
    public string? PostType { get; init; }

    public long? PostMonths { get; init; }
    public bool? InsRes { get; init; }
    public bool? InsEmp { get; init; }
    public bool? InsMajor { get; init; }
    public bool? InsSupp { get; init; }
    public bool? PenRes { get; init; }
    public bool? PenEmp { get; init; }
    public bool? Dibao { get; init; }
    public bool? Tekun { get; init; }
    public bool? Relocated { get; init; }
    public bool? Soldier { get; init; }
    public bool? Mandarin { get; init; }
    public LifeState Life { get; init; }

    /// <summary>Receives aid for pupils 教育资助, as a visit heard.</summary>
    public bool? SchoolAid { get; init; }

    /// <summary>True when the health state names that code of C-HEA.</summary>
    public bool HasHealth(string code) => Health is not null && Health.Split(',').Contains(code);

    /// <summary>Age in full years on a day; null when the birth date is not known well enough to tell.</summary>
    public int? AgeOn(DateOnly day)
    {
        if (BirthOn is { } born)
            return Years(born, day);
        if (Birth is not { Length: 7 } || !DateOnly.TryParseExact(Birth + "-01", "yyyy-MM-dd", out var first))
            return null;
        var (oldest, youngest) = (Years(first, day), Years(first.AddMonths(1).AddDays(-1), day));
        return oldest == youngest ? oldest : null;
    }

    public RegisterMember Masked() => this with
    {
        CertNo = CitizenId.Mask(CertNo), Phone = Hide.Phone(Phone), Health = Hide.All(Health), DisCat = Hide.All(DisCat), DisLevel = Hide.All(DisLevel),
    };

    private static int Years(DateOnly born, DateOnly day) =>
        day.Year - born.Year - (day.Month < born.Month || day.Month == born.Month && day.Day < born.Day ? 1 : 0);
}

/// <summary>How sensitive values look to those who may not see them.</summary>
public static class Hide
{
    /// <summary>First three and last two digits.</summary>
    public static string? Phone(string? phone) => phone is { Length: > 6 } ? $"{phone[..3]}{new string('*', phone.Length - 5)}{phone[^2..]}" : All(phone);

    public static string? All(string? value) => value is null ? null : "***";

    /// <summary>The first character of a name, and a star for each other.</summary>
    public static string Name(string name) => name.Length == 0 ? "" : name[..1] + new string('*', Math.Max(1, name.Length - 1));
}
