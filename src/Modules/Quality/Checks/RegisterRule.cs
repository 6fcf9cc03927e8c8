using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>A rule about one member of state normal.</summary>
/// <param name="Finds">What is wrong, in words without numbers or names; null when nothing is, or when it cannot be told.</param>
internal sealed record PersonRule(QualityRule About, Func<CheckedPerson, Text?> Finds)
{
    public static PersonRule Of(string id, QualitySeverity severity, Text title, string basis, Func<CheckedPerson, Text?> finds) =>
        new(new(id, severity, title, basis), finds);
}

/// <summary>A rule about a household as a whole.</summary>
/// <inheritdoc cref="PersonRule" path="/param"/>
internal sealed record HouseholdRule(QualityRule About, Func<CheckedHousehold, Text?> Finds)
{
    public static HouseholdRule Of(string id, QualitySeverity severity, Text title, string basis, Func<CheckedHousehold, Text?> finds) =>
        new(new(id, severity, title, basis), finds);
}

/// <summary>What households are held against.</summary>
/// <param name="PovertyLine">Yuan a head and year; null where no source gives one: then no rule that needs it finds anything.</param>
/// <param name="MonitoringLine">As the poverty line.</param>
internal sealed record CheckingDay(DateOnly AsOf, decimal? PovertyLine, decimal? MonitoringLine, AreaTree Areas, IIncomeFormula Formula);

/// <summary>A household on its way through the rules, with what several of them ask for.</summary>
internal sealed class CheckedHousehold
{
    public CheckedHousehold(RegisterHousehold register, IncomeSheet? sheet, CheckingDay day)
    {
        (Register, Sheet, Day) = (register, sheet, day);
        People = [.. register.Normal.Select(m => new CheckedPerson(m, this))];
        Heads = [.. People.Where(p => p.Register.Relation == Relations.Head)];
        Income = sheet is null ? null : day.Formula.Calculate(sheet, People.Count);
    }

    public RegisterHousehold Register { get; }

    /// <summary>The latest income account, or null.</summary>
    public IncomeSheet? Sheet { get; }

    public CheckingDay Day { get; }

    /// <summary>Members of state normal; nobody else is checked.</summary>
    public IReadOnlyList<CheckedPerson> People { get; }

    public IReadOnlyList<CheckedPerson> Heads { get; }

    public IncomeResult? Income { get; }

    /// <summary>On the monitoring list and not taken off it.</summary>
    public bool Monitored => Register.IsMonitored;

    /// <summary>Was taken off the monitoring list.</summary>
    public bool Eliminated => Register.MonCat != MonitoringCategory.None && !Register.IsMonitored;

    /// <summary>Lifted and never put on the monitoring list.</summary>
    public bool LiftedAndUnwatched => Register.Status == RegistryStatus.Lifted && Register.MonCat == MonitoringCategory.None;

    public bool UnsafeHouse => Register.Unsafe is true || Register.Grade is "C" or "D";

    public bool Names(string risk) => Register.Risks.Contains(risk);
}

/// <summary>A member of state normal on the way through the rules.</summary>
internal sealed class CheckedPerson(RegisterMember register, CheckedHousehold home)
{
    public RegisterMember Register { get; } = register;

    public CheckedHousehold Home { get; } = home;

    /// <summary>Full years on the day; null when the birth date is not known well enough.</summary>
    public int? Age { get; } = register.AgeOn(home.Day.AsOf);

    /// <summary>The number where it can be one: of a length that exists and no placeholder. Other rules speak about the rest.</summary>
    public string? Number { get; } = register.CertNo is { Length: 18 or 20 or 22 } number && !number.StartsWith(Placeholder, StringComparison.Ordinal) ? number : null;

    /// <summary>Below, in or above school; null for those who are no pupils.</summary>
    public string? Stage => Register.Student is { } stage && stage != Students.None ? stage : null;

    /// <summary>At a school, college or university; a kindergarten is none.</summary>
    public bool AtSchool => Stage is { } stage && stage is not (Students.Preschool or Students.Kindergarten);

    /// <summary>Of age 6 to 15, not a pupil, and not kept at home by illness or disability.</summary>
    public bool OutOfSchool => Age is >= 6 and <= 15 && Stage is null && Register.DropReason is not (DropReasons.Illness or DropReasons.Disability);

    public bool Ill => Register.HasHealth(Healths.Chronic) || Register.HasHealth(Healths.Serious);

    public bool Disabled => Register.HasHealth(Healths.Disabled) || Register.DisCat is not null;

    /// <summary>Away for work by place or by months.</summary>
    public bool Works => Register.WorkPlace is not null || Register.WorkMonths > 0;

    /// <summary>In neither basic medical insurance; not where a flag is missing.</summary>
    public bool Uninsured => Register.InsRes is false && Register.InsEmp is false;

    private const string Placeholder = "999999";
}
