using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;
using Shouwang.Server.Cli;

namespace Shouwang.Server.Demo;

/// <summary><c>demo</c>: makes a synthetic county, takes its files in, screens it, and serves it.</summary>
/// <remarks>Files are written as offices would send them and go through the real import; nothing is put into the database by hand.</remarks>
internal static class DemoVerb
{
    private static readonly Option<int> Households = new("--households") { Description = "户数 / number of households", DefaultValueFactory = _ => 5_000 };
    private static readonly Option<string> County = new("--county") { Description = "县代码 / county: 500231 500236 500241 420625 430525", DefaultValueFactory = _ => "500231" };
    private static readonly Option<bool> NoServe = new("--no-serve") { Description = "只准备数据，不启动网页 / prepare the data and return" };
    private static readonly Option<string[]> Urls = new("--urls") { Description = "监听地址 / addresses to listen on", DefaultValueFactory = _ => ["http://127.0.0.1:5080"] };

    /// <summary>The day the demo's files stand for, and on which it is looked at.</summary>
    private static readonly DateOnly Day = new(2020, 6, 30);

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("demo", "生成一个合成县并打开 / make a synthetic county and open it") { Households, County, NoServe, Urls };
        command.SetAction(Show);
        return command;
    }

    private static async Task<int> Show(ParseResult words, CancellationToken cancel)
    {
        var options = Options.Server(words);
        if (words.GetResult(Options.Data) is { Implicit: true } or null)
            options = options with { Place = options.Place with { Folder = Path.GetFullPath("demo-data") } };
        options = options with { AsOf = options.AsOf ?? Day, Demo = true, Urls = words.GetValue(Urls)!, Quiet = true };

        var prepared = await Prepare(words, options, cancel);
        if (prepared != Commands.Done || words.GetValue(NoServe))
            return prepared;
        return await ServeVerb.Serve(options, words.InvocationConfiguration.Output, cancel);
    }

    private static async Task<int> Prepare(ParseResult words, ServerOptions options, CancellationToken cancel)
    {
        var output = words.InvocationConfiguration.Output;
        if (!AreaCode.TryParse(words.GetValue(County), out var county) || !AreaTable.Load(options.Policy).Inside(county, AreaLevel.Village).Any())
        {
            await words.InvocationConfiguration.Error.WriteLineAsync("没有这个县的区划表。 / There is no area table of that county.");
            return Commands.BadUsage;
        }
        if (await HasData(options, cancel))
        {
            if (!File.Exists(TourOf(options)))
                return await Refuse(words, [Unfinished(options.Place.Folder)]);
            await output.WriteLineAsync($"使用已有的演示数据 / Using the demo county that is there: {options.Place.Folder}");
            await output.WriteAsync(await File.ReadAllTextAsync(TourOf(options), cancel));
            return Commands.Done;
        }
        await using var demo = new DemoCounty(options, new(county, Math.Max(1, words.GetValue(Households)), options.AsOf!.Value), text => output.WriteLineAsync($"{text.Zh} / {text.En}"));
        var prepared = await demo.Prepare(cancel);
        if (!prepared.Succeeded)
            return await Refuse(words, prepared.Problems);
        foreach (var refused in prepared.Value.Refused)
            await words.InvocationConfiguration.Error.WriteLineAsync($"演示中有一步未能办理 / a step of the demo was refused: {refused}");
        foreach (var line in prepared.Value.Tour.Lines(words.GetValue(NoServe) ? null : options.Urls[0]))
            await output.WriteLineAsync(line);
        await File.WriteAllLinesAsync(TourOf(options), prepared.Value.Tour.Lines(options.Urls[0]), cancel);
        return Commands.Done;
    }

    private static Problem Unfinished(string folder) => new("demo.unfinished", 409,
        new($"{folder} 里有数据，但不是一个完整的演示县。", $"There are data in {folder}, but no complete demo county."),
        new("请删除该文件夹，或用 --data 另选一个。", "Remove the folder, or choose another one with --data."));

    // Told again when the same county is opened another time; written last, so it also says that the county is complete.
    private static string TourOf(ServerOptions options) => Path.Combine(options.Place.Folder, "what-to-try.txt");

    private static async Task<bool> HasData(ServerOptions options, CancellationToken cancel)
    {
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options with { Worker = false }).BuildServiceProvider();
        await services.Migrate(cancel);
        await using var scope = services.CreateAsyncScope();
        var any = false;
        await scope.ServiceProvider.GetRequiredService<ShouwangDb>().Read("select county from event_heads", _ => any = true, cancel);
        return any;
    }

    private static async Task<int> Refuse(ParseResult words, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            await words.InvocationConfiguration.Error.WriteLineAsync($"{problem.In(Language.Zh)} / {problem.In(Language.En)}");
        return Commands.Refused;
    }
}
