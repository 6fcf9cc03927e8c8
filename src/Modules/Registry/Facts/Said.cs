using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>The values of one statement: by position for the register's columns, by name for what has no column.</summary>
internal sealed class Said(Subject subject)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private ulong _spoken;
    private SortedDictionary<string, string?>? _further;

    /// <summary>By position; null where nothing was said, and where it was said that there is nothing.</summary>
    public string?[] Values { get; } = new string?[subject.Columns.Length];

    /// <summary>Whether the statement speaks of a column at all.</summary>
    public bool Speaks(int position) => (_spoken & 1UL << position) != 0;

    /// <summary>Values the register has no column for.</summary>
    public IReadOnlyDictionary<string, string?> Further => _further ?? (IReadOnlyDictionary<string, string?>)Nothing;

    private static readonly SortedDictionary<string, string?> Nothing = [];

    public void Set(int position, string? value)
    {
        Values[position] = value;
        _spoken |= 1UL << position;
    }

    public void Set(string field, string? value)
    {
        if (subject.IndexOf(field) is >= 0 and var position)
            Set(position, value);
        else
            (_further ??= new(StringComparer.Ordinal))[field] = value;
    }

    /// <summary>Everything spoken of, by field.</summary>
    public IEnumerable<(string Field, string? Value)> All
    {
        get
        {
            for (var i = 0; i < Values.Length; i++)
            {
                if (Speaks(i))
                    yield return (subject.Columns[i].Field, Values[i]);
            }
            foreach (var further in Further)
                yield return (further.Key, further.Value);
        }
    }

    /// <summary>Writes a JSON object of texts. What is said to be nothing stands as a list of fields under an empty name.</summary>
    /// <returns>How many of the bytes hold values: two statements with the same values say the same.</returns>
    public int WriteJson(ArrayBufferWriter<byte> to)
    {
        var json = _writer ??= new(to, Compact);
        json.Reset(to);
        json.WriteStartObject();
        foreach (var (field, value) in All)
        {
            if (value is not null)
                json.WriteString(field, value);
        }
        json.Flush();
        var content = to.WrittenCount;
        var nothing = string.Join(',', All.Where(a => a.Value is null).Select(a => a.Field));
        if (nothing.Length > 0)
            json.WriteString("", nothing);
        json.WriteEndObject();
        json.Flush();
        return content;
    }

    public static Said FromJson(Subject subject, string json)
    {
        var said = new Said(subject);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var field = reader.GetString()!;
            reader.Read();
            if (field.Length > 0)
                said.Set(field, reader.GetString());
            else
                foreach (var empty in reader.GetString()!.Split(','))
                    said.Set(empty, null);
        }
        return said;
    }
}

/// <summary>A statement as it is kept.</summary>
internal sealed class KeptStatement(Func<Said> said)
{
    private Said? _said;

    public required Guid Id { get; init; }
    public required string Source { get; init; }
    public required string? Reference { get; init; }
    public required DateOnly ObservedOn { get; init; }

    /// <summary>Milliseconds since 1970; grows with every statement about a subject.</summary>
    public required long RecordedAt { get; init; }

    public required string RecordedBy { get; init; }
    public required Guid? Import { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>Decrypted when first asked for: most statements of a file that is sent again are never opened.</summary>
    public Said Said => _said ??= said();

    /// <summary>Later in what it observed; on the same day, later in being told.</summary>
    public bool IsLaterThan(KeptStatement other) => (ObservedOn, RecordedAt).CompareTo((other.ObservedOn, other.RecordedAt)) > 0;
}
