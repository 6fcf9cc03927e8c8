using System.CommandLine;

namespace Shouwang.Server.Cli;

/// <summary><c>serve</c>: the desk and the public pages, until it is stopped.</summary>
internal static class ServeVerb
{
    private static readonly Option<string[]> Urls = new("--urls") { Description = "监听地址 / addresses to listen on", DefaultValueFactory = _ => ["http://127.0.0.1:5080"] };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("serve", "启动网页 / serve the desk") { Urls };
        command.SetAction(Serve);
        return command;
    }

    private static Task<int> Serve(ParseResult words, CancellationToken cancel) =>
        Serve(Options.Server(words) with { Urls = words.GetValue(Urls)! }, words.InvocationConfiguration.Output, cancel);

    /// <summary>Serves until cancelled.</summary>
    internal static async Task<int> Serve(ServerOptions options, TextWriter output, CancellationToken cancel)
    {
        await using var app = ShouwangServer.Build(options);
        await ShouwangServer.Start(app, cancel);
        foreach (var url in app.Urls)
            await output.WriteLineAsync($"守望已启动 / Shouwang is serving: {url}");
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            await app.StopAsync(CancellationToken.None);
        }
        return Commands.Done;
    }
}
