using System.Globalization;

namespace Shouwang.Bench;

/// <summary>The results as Markdown, printed as they come.</summary>
internal sealed class Report(TextWriter output)
{
    /// <summary>Whether a limit was missed or a part broke.</summary>
    public bool Missed { get; private set; }

    /// <summary>Names the machine and the day: a figure without them says nothing.</summary>
    public async Task Machine(CancellationToken cancel)
    {
        var cpu = (await File.ReadAllLinesAsync("/proc/cpuinfo", cancel)).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (decimal)(1 << 30);
        var load = (await File.ReadAllTextAsync("/proc/loadavg", cancel)).Split(' ')[0];
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC · {cpu ?? "unknown processor"}, {Environment.ProcessorCount} cores, {memory:0.#} GiB · .NET {Environment.Version} · load before the run {load}"));
    }

    public void Part(string title, string about)
    {
        Line();
        Line($"## {title}");
        Line();
        Line(about);
        Line();
    }

    public void Columns(params string[] names)
    {
        Line($"| {string.Join(" | ", names)} |");
        Line($"|{string.Concat(names.Select(_ => "---|"))}");
    }

    /// <param name="kept">Whether the limit was kept; null where there is none.</param>
    public void Row(bool? kept, params string[] cells)
    {
        Missed |= kept == false;
        Line($"| {string.Join(" | ", cells)} | {kept switch { true => "kept", false => "**missed**", null => "" }} |");
    }

    public void Note(string text)
    {
        Line();
        Line(text);
    }

    public void Broke(string part, Exception error)
    {
        Missed = true;
        Note($"**The part '{part}' broke:** {error.Message}");
        Console.Error.WriteLine(error);
    }

    public void End()
    {
        Line();
        Line(Missed ? "**A limit was missed, or a part broke.**" : "**Every limit was kept.**");
    }

    /// <summary>Tells on standard error what is going on; it is no result.</summary>
    public static void Progress(string text) => Console.Error.WriteLine($"[{TimeProvider.System.GetLocalNow():HH:mm:ss}] {text}");

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    public static string Memory(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (decimal)(1 << 20):N0} MiB");

    public static string Number(decimal number) => string.Create(CultureInfo.InvariantCulture, $"{number:N0}");

    private void Line(string text = "")
    {
        output.WriteLine(text);
        output.Flush();
    }
}
