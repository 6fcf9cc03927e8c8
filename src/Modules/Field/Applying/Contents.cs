using System.Text.Json;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>A visit as phones write it; the names are those of docs/field.md.</summary>
internal sealed record VisitContent
{
    public required Guid Id { get; init; }
    public required Guid Household { get; init; }
    public required DateOnly VisitedOn { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public required VisitPurpose Purpose { get; init; }
    public required VisitMode Mode { get; init; }
    public IReadOnlyList<Visitor> Visitors { get; init; } = [];
    public string? Informant { get; init; }
    public bool HeadPresent { get; init; }
    public IReadOnlyList<AnswerContent> Answers { get; init; } = [];
    public IReadOnlyList<FormContent> Forms { get; init; } = [];
    public IReadOnlyDictionary<VisitSubject, VisitFinding> Findings { get; init; } = new Dictionary<VisitSubject, VisitFinding>();
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<TaskContent> Tasks { get; init; } = [];
    public IReadOnlyList<ProblemContent> Problems { get; init; } = [];
    public IncomeContent? Income { get; init; }
    public string? Needs { get; init; }
    public bool CardOnWall { get; init; }
    public bool YardClean { get; init; }
    public bool? Satisfied { get; init; }
    public IReadOnlyList<PhotoContent> Photos { get; init; } = [];
    public PlaceContent? Place { get; init; }
    public string? Signature { get; init; }
    public BurdenContent? Burden { get; init; }
}

/// <param name="How"><c>confirmed</c>, <c>changed</c> or <c>new</c>.</param>
/// <param name="Base">What the phone had seen.</param>
internal sealed record AnswerContent(Guid? Member, string Attribute, JsonElement Value, string How, BaseContent? Base);

internal sealed record BaseContent(JsonElement V, DateOnly? On);

/// <summary>A form that was added to the visit; what it says about the register is among the visit's answers.</summary>
/// <param name="Asked">Questions shown.</param>
/// <param name="Typed">Questions typed into.</param>
internal sealed record FormContent(string Code, int Asked, int Typed)
{
    public IReadOnlyList<FormAnswerContent> Answers { get; init; } = [];
}

/// <param name="Question">By its name in the form: <c>five_visits.unsold</c>.</param>
internal sealed record FormAnswerContent(Guid? Member, string Question, JsonElement Value);

internal sealed record TaskContent(string Kind, string Id, string Answer, string? Text);

internal sealed record ProblemContent(VisitSubject Subject, string Problem, string? Fixed, string? Photo);

internal sealed record IncomeContent(IReadOnlyList<IncomeItemContent> Items);

/// <param name="Fen">For the year.</param>
internal sealed record IncomeItemContent(string Code, long Fen);

/// <param name="Lat">Degrees.</param>
/// <param name="Accuracy">Within so many metres.</param>
internal sealed record PlaceContent(decimal Lat, decimal Lng, double Accuracy)
{
    /// <summary>In a village a place that is further off tells nothing.</summary>
    public bool IsExact => Accuracy is >= 0 and <= 100 && Math.Abs(Lat) <= 90 && Math.Abs(Lng) <= 180;
}

internal sealed record PhotoContent(string Hash, string? Caption);

internal sealed record BurdenContent(string Form, int Asked, int Prefilled, int Confirmed, int Typed, int Taps);

internal sealed record LeadContent(Guid Id, Guid Household, string Subject, string Text, DateOnly On, bool Urgent);

/// <param name="Hash">The beginning of the hash of what was signed, as the other phone showed it; null from phones that did not ask for it.</param>
internal sealed record SignatureContent(Guid Id, Guid Visit, Guid Household, Guid User, string Name, string Unit, string? Hash = null)
{
    /// <summary>Whether this was signed for a visit of that hash.</summary>
    public bool IsFor(string hash) => string.IsNullOrEmpty(Hash) || hash.StartsWith(Hash, StringComparison.OrdinalIgnoreCase);
}

/// <param name="Fills">The table of another module that was filled in; then there are no rows.</param>
internal sealed record SelfCheckContent(Guid Id, string Village, string Table, DateOnly On, IReadOnlyList<CheckedRow> Rows, Guid? Fills = null)
{
    /// <summary>Of a table that was filled in: by column.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}

internal sealed record CheckedRow(string Item, bool Ok, string? Note);

/// <summary>Reading what phones wrote.</summary>
internal static class Contents
{
    /// <summary>Null where it is no such content.</summary>
    public static T? Read<T>(byte[] content) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, JsonTexts.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A value as statements take it: text, flag, number; several codes parted by commas; null for nothing.</summary>
    public static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(v => v.ToString())),
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.Object => null,
    };

    /// <summary>The same value as the register writes it, to compare it.</summary>
    public static string? Text(JsonElement value) => Value(value) switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        string text => string.IsNullOrWhiteSpace(text) ? null : text,
        decimal number => number.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture),
    };
}
