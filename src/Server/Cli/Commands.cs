using System.CommandLine;
using System.CommandLine.Help;
using Shouwang.Platform.Storage;

namespace Shouwang.Server.Cli;

/// <summary>The verbs of <c>./shouwang</c>. Exit codes: 0 done, 1 refused with reasons, 2 bad usage.</summary>
public static class Commands
{
    public const int Done = 0, Refused = 1, BadUsage = 2;

    /// <summary>Reads the words, runs the verb and returns the exit code.</summary>
    public static async Task<int> Run(string[] words, TextWriter output, TextWriter error, CancellationToken cancel = default)
    {
        var parsed = Root().Parse(words);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                await error.WriteLineAsync(problem.Message);
            await error.WriteLineAsync("用法见 ./shouwang --help / See ./shouwang --help");
            return BadUsage;
        }
        return await parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancel);
    }

    // A plain command, because a root command would be called after the program's file, which nobody types.
    private static Command Root()
    {
        var root = new Command("./shouwang", "守望：守住不让一户返贫。 / Shouwang: keeps watch so that no household falls back into poverty.")
        {
            new HelpOption(), new VersionOption(),
        };
        foreach (var option in Options.Everywhere)
            root.Add(option);
        foreach (var verb in Verbs)
            root.Add(verb);
        return root;
    }

    private static IEnumerable<Command> Verbs =>
    [
        Demo.DemoVerb.Command, ServeVerb.Command,
        ImportVerb.Command, ScreenVerb.Command, PopulationVerb.Command, LeadsVerb.Command, RulesVerb.Command, RehearseVerb.Command, ExplainVerb.Command, QualityVerb.Command, IndicatorsVerb.Command, ExportVerb.Command, PovertyVerb.Command,
        UsersVerb.Command, LineVerb.Command, FormsVerb.Command, VerifyVerb.Command, BackupVerbs.Backup, BackupVerbs.Restore,
    ];
}

/// <summary>Options that every verb understands.</summary>
internal static class Options
{
    public static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "嵌入式数据库、文件和密钥所在的文件夹 / folder of the embedded database, files and key", Recursive = true,
        DefaultValueFactory = _ => new("data"),
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "改用 PostgreSQL：连接字符串 / use PostgreSQL instead: \"Host=…;Database=…\"", Recursive = true,
    };

    public static readonly Option<string[]> Area = new("--area")
    {
        Description = "县（6位）、乡镇（9位）或村（12位）代码；推演可用省、市代码，也可写几个 / county, township or village code; rehearse takes a province or prefecture, too, or several",
        Recursive = true, AllowMultipleArgumentsPerToken = false,
    };

    public static readonly Option<DateOnly?> AsOf = new("--as-of")
    {
        Description = "规则和时限的统计日，如 2020-06-30 / the day for rules and clocks", Recursive = true,
        CustomParser = result => DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", out var day) ? day : Bad(result),
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "只在标准输出打印一个 JSON / print one JSON value on standard output and nothing else", Recursive = true,
    };

    public static readonly Option<string> Lang = new("--lang")
    {
        Description = "zh 或 en / language of plain output", Recursive = true, DefaultValueFactory = _ => "zh",
    };

    public static readonly Option<DirectoryInfo?> Policy = new("--policy")
    {
        Description = "另用一套政策包 / folder of other policy packs than those that come with the program", Recursive = true,
    };

    public static readonly IReadOnlyList<Option> Everywhere = [Data, Database, Area, AsOf, Json, Lang, Policy];

    /// <summary>How the words want the installation to run.</summary>
    public static ServerOptions Server(ParseResult words)
    {
        var options = new ServerOptions(Place(words)) { AsOf = words.GetValue(AsOf) };
        return words.GetValue(Policy) is { } folder ? options with { Policy = folder.FullName } : options;
    }

    /// <summary>Where the words say the data are.</summary>
    public static DatabasePlace Place(ParseResult words) => new(words.GetValue(Data)!.FullName, words.GetValue(Database));

    private static DateOnly? Bad(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' 不是日期，应写作 2020-06-30。 / is not a date; write 2020-06-30.");
        return null;
    }
}
