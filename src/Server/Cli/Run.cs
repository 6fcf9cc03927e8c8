using System.CommandLine;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Server.Cli;

/// <summary>One call of a verb: the opened installation, the county it is about, and how to answer.</summary>
internal sealed class Run : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private Run(ParseResult words, ServiceProvider services)
    {
        (Words, _services) = (words, services);
        _scope = services.CreateAsyncScope();
        Language = words.GetValue(Options.Lang) == "en" ? Language.En : Language.Zh;
    }

    public ParseResult Words { get; }

    public Language Language { get; }

    public bool Json => Words.GetValue(Options.Json);

    private TextWriter Output => Words.InvocationConfiguration.Output;

    private TextWriter Error => Words.InvocationConfiguration.Error;

    public T Get<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public DateOnly AsOf => Get<Today>().Day;

    /// <summary>Opens the installation, runs the verb and turns what it could not do into an exit code.</summary>
    public static async Task<int> With(ParseResult words, Func<Run, CancellationToken, Task<int>> verb, CancellationToken cancel)
    {
        var options = Options.Server(words) with { Worker = false, Quiet = true };
        if (PolicyBook.Load(options.Policy, new SymbolTable(Catalogue.Features.Select(f => f.Symbol))) is { Book: null } broken)
        {
            foreach (var problem in broken.Problems)
                await words.InvocationConfiguration.Error.WriteLineAsync(problem.ToString());
            return Commands.Refused;
        }
        var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
        await services.Migrate(cancel);
        await using var run = new Run(words, services);
        return await verb(run, cancel);
    }

    /// <summary>The area of <c>--area</c>, or the one county this installation holds.</summary>
    /// <param name="highest">What lies above is refused.</param>
    public async Task<Outcome<AreaCode>> Area(CancellationToken cancel, AreaLevel highest = AreaLevel.County)
    {
        var areas = await Areas(cancel);
        if (!areas.Succeeded)
            return areas.Problems.ToList();
        return areas.Value is [var only] && only.Level >= highest ? only : Bad(string.Join(' ', areas.Value));
    }

    /// <summary>The areas of <c>--area</c>, whatever their level and however many; without any, the one county this installation holds.</summary>
    public async Task<Outcome<List<AreaCode>>> Areas(CancellationToken cancel)
    {
        if (Words.GetValue(Options.Area) is { Length: > 0 } given)
            return Parse(given);
        var counties = await Get<Counties>().In(default, cancel);
        return counties is [_] ? counties.ToList() : new Problem("cli.no-area", 422,
            counties.Count == 0 ? new("还没有任何县的数据。", "There is no county yet.") : new($"这里有{counties.Count}个县的数据。", $"There are {counties.Count} counties here."),
            new("请用 --area 指明，如 --area 500231。", "Say which, such as --area 500231."));
    }

    /// <summary>Reads codes of areas; a province or prefecture in two, four or six digits.</summary>
    public static Outcome<List<AreaCode>> Parse(IReadOnlyList<string> texts)
    {
        var areas = new List<AreaCode>();
        foreach (var text in texts)
            if (AreaCode.TryParse(text, out var area) && area.Level > AreaLevel.Nation)
                areas.Add(area);
            else
                return Bad(text);
        return areas;
    }

    private static Problem Bad(string text) => new("cli.bad-area", 422,
        new($"“{text}”不是这里能用的区划代码。", $"'{text}' is no code of an area that can be used here."),
        new("请写县（6位）、乡镇（9位）或村（12位）代码，如 --area 500231；推演也可用省、市代码。",
            "Give the code of a county (6 digits), township (9) or village (12), such as --area 500231; rehearse takes provinces and prefectures, too."));

    /// <summary>Whoever sits at the machine: may do everything in the county; the audit trail says 'system'.</summary>
    public static Actor Operator(AreaCode area) => Actor.System(area);

    /// <summary>Prints the answer: one JSON value, or lines for people.</summary>
    public async Task<int> Answer(object json, params IEnumerable<Text> lines)
    {
        if (Json)
        {
            await Output.WriteLineAsync(JsonSerializer.Serialize(json, JsonTexts.Options));
            return Commands.Done;
        }
        foreach (var line in lines)
            await Output.WriteLineAsync(line.In(Language));
        return Commands.Done;
    }

    /// <summary>Says why the work was refused; with <c>--json</c> as a JSON value too.</summary>
    public async Task<int> Refuse(IReadOnlyList<Problem> problems)
    {
        if (Json)
            await Output.WriteLineAsync(JsonSerializer.Serialize(new { problems }, JsonTexts.Options));
        foreach (var problem in problems)
            await Error.WriteLineAsync(problem.In(Language));
        return Commands.Refused;
    }

    /// <summary>Says something on standard error without ending the work.</summary>
    public Task Warn(Problem problem) => Error.WriteLineAsync(problem.In(Language));

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }
}
