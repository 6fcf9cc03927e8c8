using System.Globalization;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>How a value of the register is kept in its column.</summary>
internal enum ValueKind
{
    Text, Whole, Flag, Day,

    /// <summary>A decimal number as text, exact.</summary>
    Number,

    /// <summary>Encrypted.</summary>
    Private,

    /// <summary>Encrypted, with a keyed hash beside it to find it by.</summary>
    PrivateMatched,
}

/// <summary>A field of the policy's feed and the column that holds its current value.</summary>
internal sealed record RegisterColumn(string Field, string Column, ValueKind Kind)
{
    public bool IsPrivate => Kind is ValueKind.Private or ValueKind.PrivateMatched;

    /// <summary>The column of the hash beside a matched value.</summary>
    public string HashColumn => Field is "cert_no" ? "id_hash" : Column.Replace("_enc", "_hash", StringComparison.Ordinal);
}

/// <summary>What statements can be about: households or members. The one place that ties fields to columns.</summary>
internal sealed class Subject
{
    private readonly Dictionary<string, int> _positions;

    private Subject(string table, string prefix, string key, string ofPeople, RegisterColumn[] columns)
    {
        (Table, Prefix, Columns) = (table, prefix, columns);
        _positions = columns.Select((c, i) => (c.Field, i)).ToDictionary(p => p.Field, p => p.i);
        Key = _positions[key];
        OfPeople = [_positions[ofPeople]];
        Attributes = [.. columns.Select(c => $"{prefix}.{c.Field}")];
        Hidden = [.. columns.Index().Where(c => c.Item.IsPrivate).Select(c => c.Index)];
    }

    public string Table { get; }

    /// <summary><c>household</c> or <c>member</c>, which attributes begin with.</summary>
    public string Prefix { get; }

    public RegisterColumn[] Columns { get; }

    /// <summary>The names of the columns' attributes, as the policy's source order knows them.</summary>
    public string[] Attributes { get; }

    /// <summary>The position of the code that names the subject.</summary>
    public int Key { get; }

    /// <summary>The positions of what is kept encrypted.</summary>
    public int[] Hidden { get; }

    /// <summary>The columns whose values features take only where people said them; a file's word is not enough (docs/decisions/0044).</summary>
    public int[] OfPeople { get; }

    public bool IsMember => this == Members;

    /// <summary>The position of a field, or -1 where the register has no column for it.</summary>
    public int IndexOf(string field) => _positions.GetValueOrDefault(field, -1);

    /// <summary>The columns to select so that <see cref="RegisterRows"/> can read them, in order.</summary>
    public string Select(string alias) => string.Join(", ", Columns.Select(c => $"{alias}.{c.Column}"));

    public static readonly Subject Households = new("households", "household", "hid", "grade",
    [
        Text("hid", "code"), Text("village", "village_name"), Text("area_code"), Text("group", "group_name"), Text("head_name"),
        Matched("head_id"), Whole("family_size"), Matched("phone"), Text("address"), Text("bank"), Private("account"), Text("std"),
        Text("poverty_type"), Text("status"), Whole("lifted_year"), Text("house_type"), Text("main_cause"), Text("other_causes"),
        Text("mon_cat"), Text("identified"), Text("risk1"), Text("risk2"), Text("risk3"), Text("risk4"), Text("risk5"),
        Text("disaster_sub"), Text("risk_remark"), Text("dev_state"), Text("elim_state"), Day("elim_on"), Text("contact"),
        Private("contact_phone"), Text("helper"), Private("helper_phone"), Flag("unsafe"), Text("grade"), Flag("water_solved"),
        Flag("relocated"), Number("land"), Number("forest"), Day("filled_on"), Number("lat"), Number("lng"),
        Number("water_litres"), Flag("water_short"), Flag("water_piped"), Whole("water_minutes"), Whole("water_horizontal"), Whole("water_vertical"),
        Whole("water_days_short"), Flag("water_seasonal"), Number("paid_year"), Number("paid_stay"), Number("paid_month"), Whole("jobless_months"),
        Number("school_cost"),
    ]);

    public static readonly Subject Members = new("members", "member", "pid", "student",
    [
        Text("pid", "code"), Text("hid", "household_code"), Text("name"), Text("gender"), Text("cert_type"), Matched("cert_no"),
        Text("birth"), Text("relation"), Text("ethnicity"), Text("political"), Matched("phone"), Text("education"), Text("student"),
        Text("drop_reason"), Private("health"), Private("dis_cat"), Private("dis_level"), Text("labour"), Text("work_state"),
        Text("work_place"), Whole("work_months"), Text("post_type"), Whole("post_months"), Flag("ins_res"), Flag("ins_emp"),
        Flag("ins_major"), Flag("ins_supp"), Flag("pen_res"), Flag("pen_emp"), Flag("dibao"), Flag("tekun"), Flag("relocated"),
        Flag("soldier"), Flag("mandarin"), Text("life"), Flag("school_aid"),
    ]);

    /// <summary>Where the household's code stands in a member's values.</summary>
    public static readonly int HouseholdOfMember = Members.IndexOf("hid");

    /// <summary>Where the state stands in a member's values.</summary>
    public static readonly int LifeOfMember = Members.IndexOf("life");

    public static Subject Of(bool member) => member ? Members : Households;

    private static RegisterColumn Text(string field, string? column = null) => new(field, column ?? field, ValueKind.Text);
    private static RegisterColumn Whole(string field) => new(field, field, ValueKind.Whole);
    private static RegisterColumn Number(string field) => new(field, field, ValueKind.Number);
    private static RegisterColumn Flag(string field) => new(field, field, ValueKind.Flag);
    private static RegisterColumn Day(string field) => new(field, field, ValueKind.Day);
    private static RegisterColumn Private(string field) => new(field, field + "_enc", ValueKind.Private);
    private static RegisterColumn Matched(string field) => new(field, field + "_enc", ValueKind.PrivateMatched);
}

/// <summary>The one way a value is written inside statements, so that equal values are equal texts.</summary>
internal static class Canonical
{
    /// <summary>Null and blank texts are null.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => string.IsNullOrWhiteSpace(text) ? null : text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        IEnumerable<string> several => Of(string.Join(',', several)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static long? Whole(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? (long)decimal.Truncate(number) : null;

    public static bool? Flag(string? text) => text switch { "true" => true, "false" => false, _ => null };

    /// <summary>A date; one without a day stands for the first of its month.</summary>
    public static DateOnly? Day(string? text) =>
        text is { Length: 10 } && DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day
        : text is { Length: 7 } && DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", out var month) ? month
        : null;

    /// <summary><c>201911</c> as <c>2019-11</c>; other texts as they are.</summary>
    public static string? Month(string? text) =>
        text is { Length: 6 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9') ? $"{text[..4]}-{text[4..]}" : text;
}
