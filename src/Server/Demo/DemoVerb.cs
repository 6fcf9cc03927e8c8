using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
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

    /// <summary>The same for every account of the demo: 80 seedlings and 50 ducklings. It opens nothing but made-up data.</summary>
    private const string Password = "WanYou80-YaMiao50";

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
        await using var services = new ServiceCollection().AddLogging().AddShouwang(options with { Worker = false }).BuildServiceProvider();
        await services.Migrate(cancel);
        await using var scope = services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        if (!AreaCode.TryParse(words.GetValue(County), out var county) || Villages(get.GetRequiredService<AreaTable>(), county) is not { Count: > 0 } villages)
        {
            await words.InvocationConfiguration.Error.WriteLineAsync("没有这个县的区划表。 / There is no area table of that county.");
            return Commands.BadUsage;
        }
        if (await HasData(get.GetRequiredService<ShouwangDb>(), cancel))
        {
            await output.WriteLineAsync($"使用已有的演示数据 / Using the demo county that is there: {options.Place.Folder}");
            return Commands.Done;
        }

        var actor = Actor.System(county);
        await output.WriteLineAsync("正在生成合成县的各部门文件…… / Writing the files of a synthetic county …");
        var synthetic = new SyntheticCounty(county, villages, options.AsOf!.Value, seed: 2020);
        synthetic.Fill(words.GetValue(Households));
        var story = synthetic.AddStory(villages.FirstOrDefault(v => v.Code.Digits == "500231111202") is { Name: not null } home ? home : villages[0]);
        var policy = await get.GetRequiredService<Policies>().For(county, options.AsOf.Value, cancel);
        var files = await new DemoFiles(synthetic, policy, Path.Combine(options.Place.Folder, "files-of-offices")).Write(cancel);

        await output.WriteLineAsync("正在导入…… / Taking them in …");
        var imports = get.GetRequiredService<IImports>();
        var uploaded = await imports.Upload(actor, [.. files.Select(f => new FileGiven(Path.GetFileName(f), () => File.OpenRead(f)))], new(county), cancel);
        if (!uploaded.Succeeded)
            return await Refuse(words, uploaded.Problems);
        var applied = await imports.Apply(actor, [.. uploaded.Value.Select(i => i.Id)], null, cancel);
        if (!applied.Succeeded || applied.Value.Any(i => i.State != ImportState.Applied))
            return await Refuse(words, applied.Succeeded ? [.. applied.Value.Select(i => i.Problem).OfType<Problem>()] : applied.Problems);

        await output.WriteLineAsync("正在筛查…… / Screening …");
        var screened = await get.GetRequiredService<IScreening>().Run(county, options.AsOf.Value, "system", null, cancel);
        await output.WriteLineAsync($"{synthetic.Households.Count} 户，新开线索 {screened.LeadsOpened} 条 / {synthetic.Households.Count} households, {screened.LeadsOpened} leads");
        await AddUsers(get.GetRequiredService<IUsers>(), actor, story.Village, output, cancel);
        await output.WriteLineAsync($"故事户 / the household of the story: {story.Code}");
        return Commands.Done;
    }

    private static async Task AddUsers(IUsers users, Actor actor, AreaCode village, TextWriter output, CancellationToken cancel)
    {
        await output.WriteLineAsync("登录账号 / sign-in names and passwords:");
        foreach (var (name, role, area, department) in Accounts(actor.Area, village))
        {
            var given = await users.Add(actor, new(name, RoleNames.Of(role).Zh, role, area, department, Password, MustChange: false), cancel);
            await output.WriteLineAsync(given.Succeeded
                ? $"  {name,-12} {given.Value.Password,-28} {RoleNames.Of(role).Zh} / {RoleNames.Of(role).En}"
                : $"  {name}: {given.Problems[0].In(Language.En)}");
        }
    }

    private static IEnumerable<(string Name, Role Role, AreaCode Area, string? Department)> Accounts(AreaCode county, AreaCode village) =>
    [
        ("admin", Role.Administrator, county, null), ("county", Role.CountyOffice, county, null), ("leader", Role.CountyLeader, county, null),
        ("town", Role.TownshipClerk, village.Parent, null), ("townlead", Role.TownshipLeader, village.Parent, null), ("village", Role.VillageCadre, village, null),
        ("secretary", Role.FirstSecretary, village, null), ("team", Role.WorkTeamMember, village, null), ("grid", Role.GridWorker, village, null),
        ("officer", Role.MonitoringOfficer, village, null), ("helper", Role.PairingHelper, village, null), ("health", Role.IndustryDept, county, "medical_insurance"),
        ("supervisor", Role.Supervisor, county, null), ("auditor", Role.Auditor, county, null),
    ];

    private static List<(AreaCode Code, string Name)> Villages(AreaTable areas, AreaCode county) =>
        [.. areas.Inside(county, AreaLevel.Village).Select(a => (a.Code, a.ShortName))];

    private static async Task<bool> HasData(ShouwangDb db, CancellationToken cancel)
    {
        var any = false;
        await db.Read("select county from event_heads", _ => any = true, cancel);
        return any;
    }

    private static async Task<int> Refuse(ParseResult words, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            await words.InvocationConfiguration.Error.WriteLineAsync($"{problem.In(Language.Zh)} / {problem.In(Language.En)}");
        return Commands.Refused;
    }
}
