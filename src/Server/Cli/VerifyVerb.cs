using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Server.Cli;

/// <summary><c>verify</c>: walks the chain of events and says whether anything was changed or removed.</summary>
internal static class VerifyVerb
{
    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("verify", "核验操作日志链是否完整 / check that the log was not tampered with");
        command.SetAction((words, cancel) => Run.With(words, Verify, cancel));
        return command;
    }

    private static async Task<int> Verify(Run run, CancellationToken cancel)
    {
        var db = run.Get<ShouwangDb>();
        var counties = new List<string>();
        await db.Read("select county from event_heads order by county", r => counties.Add(r.GetString(0)), cancel);
        var results = new List<(string County, long Count, long? BrokenAt)>();
        foreach (var county in counties)
        {
            var (count, brokenAt) = await EventChain.Verify(db, county, cancel);
            results.Add((county, count, brokenAt));
        }
        var answer = await run.Answer(results.Select(r => new { county = r.County, events = r.Count, brokenAt = r.BrokenAt }), results.Select(r => r.BrokenAt is { } at
            ? new Text($"{r.County}：日志链在第 {at} 条断裂，该条或之前的记录被改动或删除。", $"{r.County}: the chain breaks at event {at}; it or one before was changed or removed.")
            : new Text($"{r.County}：{r.Count} 条日志，链完整。", $"{r.County}: {r.Count} events, the chain is whole.")));
        return results.Any(r => r.BrokenAt is not null) ? Commands.Refused : answer;
    }
}
