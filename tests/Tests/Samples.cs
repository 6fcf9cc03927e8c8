using System.Text.Json;

namespace Shouwang.Tests;

/// <summary>The files of a township as its offices send them, and the key that says what is in them.</summary>
public static class Samples
{
    private static readonly Lazy<JsonDocument> Key = new(() =>
    {
        using var content = File.OpenRead(Path("expected.json"));
        return JsonDocument.Parse(content);
    });

    public static string Folder => System.IO.Path.Combine(AppContext.BaseDirectory, "Samples");

    /// <summary>The answer key: files, refused rows, matches, warnings, totals.</summary>
    public static JsonDocument Expected => Key.Value;

    /// <param name="name">The whole name, or how it begins: <c>01</c>.</param>
    public static string Path(string name) => System.IO.Path.Combine(Folder, name) is var path && File.Exists(path)
        ? path
        : Directory.EnumerateFiles(Folder, name + "*").Single();

    /// <summary>A file as a browser uploads it.</summary>
    /// <inheritdoc cref="Path"/>
    internal static Microsoft.Playwright.FilePayload Payload(string name) =>
        new() { Name = System.IO.Path.GetFileName(Path(name)), MimeType = "application/octet-stream", Buffer = File.ReadAllBytes(Path(name)) };

    /// <summary>The twelve files, in the order of the key.</summary>
    public static IEnumerable<string> Files =>
        Expected.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("file").GetString()!);
}
