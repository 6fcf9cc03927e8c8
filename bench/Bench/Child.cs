using System.Diagnostics;
using System.Globalization;

namespace Shouwang.Bench;

/// <summary>What a program took.</summary>
/// <param name="Cpu">Of all its threads.</param>
/// <param name="PeakBytes">The most memory it ever held: VmHWM of the process.</param>
/// <param name="Output">What it wrote to standard output.</param>
internal sealed record Cost(TimeSpan Wall, TimeSpan Cpu, long PeakBytes, string Output);

/// <summary>A program in a process of its own, watched through <c>/proc</c> while it runs.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private readonly Process _process;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Task<string> _output, _error;
    private readonly Task _watching;
    private readonly string _name;
    private long _peak;
    private TimeSpan _cpu;

    private Child(string program, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { program } };
        foreach (var word in words)
            start.ArgumentList.Add(word);
        _name = $"{Path.GetFileNameWithoutExtension(program)} {words.First()}";
        _process = Process.Start(start)!;
        (_output, _error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        _watching = Watch();
    }

    public long PeakBytes => _peak;

    public TimeSpan Cpu => _cpu;

    /// <summary>The product itself, as <c>./shouwang</c> runs it.</summary>
    public static Child Product(params IEnumerable<string> words) => new(Beside("Server", "Shouwang.Server.dll"), words);

    /// <summary>This program, with one of its inner verbs.</summary>
    public static Child Bench(params IEnumerable<string> words) => new(Beside("Bench", "Shouwang.Bench.dll"), words);

    /// <summary>Waits until a server has done what it does after its start: indicators of the day, the county's population.</summary>
    public async Task Quiet(CancellationToken cancel)
    {
        var span = TimeSpan.FromSeconds(2);
        var used = span;
        while (used > span * 0.05)
        {
            var before = Cpu;
            await Task.Delay(span, cancel);
            used = Cpu - before;
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error; the message holds what it said.</exception>
    public async Task<Cost> End(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        var wall = _watch.Elapsed;
        await _watching;
        var output = await _output;
        if (_process.ExitCode != 0)
        {
            var said = await _error + output;
            throw new InvalidOperationException($"{_name} ended with {_process.ExitCode}: {said[..Math.Min(said.Length, 2_000)]}");
        }
        return new(wall, _cpu, _peak, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            // A server is ended here; what it logged is worth reading.
            if (await _output + await _error is var said && said.Contains("fail:", StringComparison.Ordinal))
                await Console.Error.WriteLineAsync(said[..Math.Min(said.Length, 4_000)]);
        }
        await _watching;
        _process.Dispose();
    }

    /// <summary>Where a program of this build lies.</summary>
    public static string Program(string project, string file) => Path.GetFullPath(Beside(project, file));

    private static string Beside(string project, string file) => Path.Combine(AppContext.BaseDirectory, "..", "..", project, "release", file);

    // The kernel keeps the highest mark, so looking now and then loses no more than the last moment.
    private async Task Watch()
    {
        var (status, stat) = ($"/proc/{_process.Id}/status", $"/proc/{_process.Id}/stat");
        while (!_process.HasExited)
        {
            try
            {
                foreach (var line in await File.ReadAllLinesAsync(status))
                {
                    if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                        _peak = long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture) << 10;
                }
                var after = await File.ReadAllTextAsync(stat);
                var fields = after[(after.LastIndexOf(')') + 2)..].Split(' ');
                _cpu = TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
            }
            catch (Exception e) when (e is IOException or IndexOutOfRangeException)
            {
                return;
            }
            await Task.Delay(Look);
        }
    }
}
