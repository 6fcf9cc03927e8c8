using System.Collections.Frozen;

namespace Shouwang.Modules.Quality.Checks;

// The codes of the policy's lists (FIELDS §B) that rules name.

/// <summary>C-REL.</summary>
internal static class Relations
{
    public const string Head = "01", Spouse = "02", Other = "99";
    private const int Last = 27;

    public static readonly FrozenSet<string>
        Children = Set("03", "04"),
        Parents = Set("11", "12", "13", "14", "15", "16"),
        Grandparents = Set("17", "18", "19", "20"),
        Men = Set("03", "06", "07", "09", "11", "13", "15", "17", "19", "23", "25", "26"),
        Women = Set("04", "05", "08", "10", "12", "14", "16", "18", "20", "22", "24", "27");

    public static bool Known(string? code) =>
        code == Other || code is { Length: 2 } && int.TryParse(code, out var number) && number is >= 1 and <= Last;

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet();
}

/// <summary>C-LAB.</summary>
internal static class Labours
{
    public const string Ordinary = "1", Skilled = "2", Weak = "3", Lost = "4", None = "5";

    public static bool Known(string? code) => code is Ordinary or Skilled or Weak or Lost or None;

    /// <summary>Able without limits.</summary>
    public static bool Full(string? code) => code is Ordinary or Skilled;
}

/// <summary>C-HEA.</summary>
internal static class Healths
{
    public const string Healthy = "1", Chronic = "2", Serious = "3", Disabled = "4";
}

/// <summary>C-STU, as far as rules tell them apart; the year of study follows the stage as a digit.</summary>
internal static class Students
{
    public const string None = "none", Preschool = "preschool", Kindergarten = "kindergarten", Primary = "primary", Junior = "junior", Senior = "senior",
        Vocational = "vocational";
}

/// <summary>C-DROP.</summary>
internal static class DropReasons
{
    public const string Illness = "1", Disability = "2";
}

/// <summary>C-RISK.</summary>
internal static class Risks
{
    public const string Illness = "01", Disaster = "02", Disability = "03", Labour = "04", Work = "07", Other = "99";
}

/// <summary>C-CERT.</summary>
internal static class Certificates
{
    public const string Disability = "disability";

    /// <summary>Length of the certificate of a disabled person: citizen id, category, level.</summary>
    public const int DisabilityLength = 20;
}
