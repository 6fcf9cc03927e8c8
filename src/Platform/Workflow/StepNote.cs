using System.Text.Json;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Workflow;

/// <summary>The reason and the written evidence of a step. Encrypted in storage, since they may speak of illness.</summary>
/// <param name="Texts">Written evidence by its kind.</param>
public sealed record StepNote(string? Reason, IReadOnlyDictionary<string, string> Texts)
{
    private sealed record StoredFile(string Code, string File);

    /// <summary>What is kept of a request: the files in clear, so that they can be found; everything written encrypted.</summary>
    public static (string Evidence, byte[]? Note) Keep<TEvent>(StepRequest<TEvent> request, Secrets secrets) where TEvent : struct, Enum
    {
        var evidence = request.Evidence ?? [];
        var files = evidence.Where(e => e.File is not null).Select(e => new StoredFile(e.Code, e.File!)).ToList();
        var texts = evidence.Where(e => !string.IsNullOrWhiteSpace(e.Text)).GroupBy(e => e.Code)
            .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(e => e.Text!.Trim())));
        var note = string.IsNullOrWhiteSpace(request.Reason) && texts.Count == 0 ? null : new StepNote(request.Reason?.Trim(), texts);
        return (JsonSerializer.Serialize(files, JsonTexts.Options),
            note is null ? null : secrets.Encrypt(JsonSerializer.Serialize(note, JsonTexts.Options)));
    }

    /// <summary>The note again; an empty one where none was kept.</summary>
    public static StepNote Read(byte[]? stored, Secrets secrets) => secrets.Decrypt(stored) is { } json
        ? JsonSerializer.Deserialize<StepNote>(json, JsonTexts.Options)!
        : new(null, new Dictionary<string, string>());

    /// <summary>The files of a step, by kind of evidence.</summary>
    public static IReadOnlyList<Evidence> Files(string evidence) =>
        [.. JsonSerializer.Deserialize<List<StoredFile>>(evidence, JsonTexts.Options)!.Select(f => new Evidence(f.Code, f.File))];
}
