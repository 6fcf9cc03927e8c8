using Spectre.Console;
using Text = Shouwang.Kernel.Text;

namespace Shouwang.Server.Cli;

/// <summary>Shows how far long work is: a bar on a terminal, plain lines when piped, nothing with <c>--json</c>.</summary>
internal static class ProgressBar
{
    public static async Task<T> Show<T>(Run run, Text title, Func<IProgress<double>?, Task<T>> work)
    {
        if (run.Json)
            return await work(null);
        if (!Console.IsErrorRedirected && !Console.IsOutputRedirected)
        {
            return await AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask(title.In(run.Language), maxValue: 1);
                    return work(new Direct(done => bar.Value = done));
                });
        }
        var last = -10;
        return await work(new Direct(done =>
        {
            var percent = (int)(done * 100);
            if (percent < last + 10)
                return;
            last = percent;
            Console.Error.WriteLine($"{title.In(run.Language)} {percent}%");
        }));
    }

    /// <summary>Reports on the spot; the framework's own would post to a thread pool and arrive out of order.</summary>
    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
