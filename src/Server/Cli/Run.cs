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
    public async Task<Outcome<AreaCode>> Area(CancellationToken cancel)
    {
        if (Words.GetValue(Options.Area) is { } text)
        {
            return AreaCode.TryParse(text, out var area) && area.Level >= AreaLevel.County ? area : new Problem("cli.bad-area", 422,
                new($"“{text}”不是县、乡镇或村的代码。", $"'{text}' is no code of a county, township or village."),
                new("请用6、9或12位数字，如 --area 500231。", "Give 6, 9 or 12 digits, such as --area 500231."));
        }
        var counties = new List<string>();
        await Get<ShouwangDb>().Read("select county from event_heads order by county", r => counties.Add(r.GetString(0)), cancel);
        return counties is [var only] ? new AreaCode(only) : new Problem("cli.no-area", 422,
            counties.Count == 0 ? new("还没有任何县的数据。", "There is no county yet.") : new($"这里有{counties.Count}个县的数据。", $"There are {counties.Count} counties here."),
            new("请用 --area 指明，如 --area 500231。", "Say which, such as --area 500231."));
    }

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
