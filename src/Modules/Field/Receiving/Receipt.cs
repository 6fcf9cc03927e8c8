using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>How a submission stands.</summary>
internal static class SubmissionState
{
    /// <summary>Stored, and on its way into the register.</summary>
    public const string Received = "received";

    public const string Applied = "applied";

    /// <summary>Stored; somebody at the township has to look.</summary>
    public const string Held = "held";
}

/// <summary>The server's word that it has something; given only for what is committed.</summary>
/// <param name="Hash">Of the content, as stored.</param>
/// <param name="Repeated">It was there already.</param>
internal sealed record Receipt(Guid Id, string Hash, DateTimeOffset ReceivedAt, string State, bool Repeated, IReadOnlyList<Text> Notes);

/// <summary>Notes as rows keep them.</summary>
internal static class Notes
{
    public static string Write(IEnumerable<Text> notes) => JsonSerializer.Serialize(notes, JsonTexts.Options);

    public static IReadOnlyList<Text> Read(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<List<Text>>(json, JsonTexts.Options)!;
}

/// <summary>A submission to be stored.</summary>
/// <param name="Content">Null where it could not be opened; then <paramref name="Sealed"/> is kept.</param>
/// <param name="Problem">Why somebody has to look at it, or null.</param>
internal sealed record Incoming(
    Guid Id, string Hash, string Kind, string App, DateTimeOffset? MadeAt, Guid? About, byte[]? Content, byte[]? Sealed, Text? Problem);

/// <summary>Who hands in, and through which phone.</summary>
internal sealed record Sender(string County, string Area, Guid User, Guid Device);
