using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Server.Demo.Play;

namespace Shouwang.Server.Demo;

/// <summary>A county to be made up.</summary>
/// <param name="Day">The day on which it is looked at.</param>
internal sealed record DemoWishes(AreaCode County, int Households, DateOnly Day);

/// <summary>What came of it.</summary>
/// <param name="Story">The household of the story.</param>
/// <param name="Refused">Steps of the play that were refused; none when the play knows the product's rules.</param>
internal sealed record DemoResult(SyntheticHousehold Story, Guid StoryId, int Households, DemoTour Tour, IReadOnlyList<string> Refused);

/// <summary>
/// Makes a county up and lets its offices work for six weeks: the first villages send their files and are screened, their people
/// follow the leads up day by day, and on the last day the rest of the county joins.
/// </summary>
/// <remarks>Everything goes through the files and use cases of the product, on a clock that is moved from day to day.</remarks>
internal sealed class DemoCounty : IAsyncDisposable
{
    private const int MostFirstVillages = 8, MostOtherTownships = 5, Large = 2_000, Neighbours = 2, VillagesOfNeighbour = 4;

    private readonly PlayClock _clock = new();
    private readonly ServiceProvider _services;
    private readonly DemoWishes _wishes;
    private readonly string _folder;
    private readonly Func<Text, Task> _say;

    /// <param name="say">Told what is going on, for whoever waits.</param>
    public DemoCounty(ServerOptions options, DemoWishes wishes, Func<Text, Task> say)
    {
        (_wishes, _say, _folder) = (wishes, say, Path.Combine(options.Place.Folder, "files-of-offices"));
        _services = new ServiceCollection().AddLogging().AddShouwang(options with { Worker = false, AsOf = null })
            .AddSingleton<TimeProvider>(_clock).AddSingleton(new Today(_clock)).BuildServiceProvider();
    }

    /// <summary>Brings the database up to date and prepares everything.</summary>
    public async Task<Outcome<DemoResult>> Prepare(CancellationToken cancel)
    {
        await _services.Migrate(cancel);
        var areas = _services.GetRequiredService<AreaTable>();
        var villages = areas.Inside(_wishes.County, AreaLevel.Village).Select(a => (a.Code, a.ShortName)).ToList();
        var home = villages.Find(v => v.Code.Digits == "500231111202") is { ShortName: not null } known ? known : villages[0];
        var townships = areas.Inside(_wishes.County, AreaLevel.Township).Select(a => (a.Code, a.ShortName)).ToList();
        var others = townships.Where(t => t.Code != home.Code.Parent).Take(MostOtherTownships).ToList();
        // A ranking needs townships with enough households on the list; a small demo has room for one.
        var neighbours = _wishes.Households < Large ? [] : others.Take(Neighbours).SelectMany(t => villages.Where(v => v.Code.Parent == t.Code).Take(VillagesOfNeighbour));
        var first = villages.Where(v => v.Code.Parent == home.Code.Parent).OrderBy(v => v.Code != home.Code).Take(MostFirstVillages).Concat(neighbours).OrderBy(v => v.Code).ToList();
        var policy = await Ask<Policies, Policy>(p => p.For(_wishes.County, _wishes.Day, cancel));
        var days = Enumerable.Range(0, CaseworkPlay.Days + 1).Select(d => policy.WorkCalendar.AddWorkdays(_wishes.Day, d - CaseworkPlay.Days)).ToList();

        var county = new SyntheticCounty(_wishes.County, villages, _wishes.Day, seed: 2020);
        county.Fill(_wishes.Households, first, home.Code, days[0]);
        var story = county.AddStory(home);
        new SyntheticCast(county, home.Code, new Random(80 + 50)).Place();

        _clock.Open(_wishes.Day.AddDays(-CampaignPlay.DaysBefore));
        await _say(new("正在建立账号，部署百日大会战……", "Opening accounts, starting the hundred days …"));
        var accounts = await Ask<IUsers, Accounts>(u => Accounts.Open(u, _wishes.County, home, areas.Find(home.Code.Parent)?.ShortName ?? "", first,
            others, cancel));
        var stage = new Stage(_services, _clock, policy, accounts, new(_services.GetRequiredService<Files>()), cancel) { LastDay = _wishes.Day };
        var refused = new List<string>();
        var drive = new CampaignPlay(stage, _wishes.County, $"{areas.Find(_wishes.County)?.ShortName}脱贫攻坚百日大会战", townships, refused.Add);
        await drive.Begin();

        _clock.Open(days[0]);
        await _say(new("首批村的部门文件：生成、导入、筛查……", "Files of the first villages: writing, importing, screening …"));
        var begun = new DateOnly(days[0].Year, days[0].Month, 1);
        var sent = county.Treatments.Where(t => county.IsFirst(t.Household) && t.On < begun).ToHashSet();
        var files = await new DemoFiles(county, policy, FolderOf(days[0]), days[0], 1).Write([.. county.Households.Where(county.IsFirst)], sent, cancel);
        if (await Import(accounts["county"], files, cancel) is { } problems)
            return problems;
        await Screen(accounts["county"], cancel);

        var homes = await Homes(county, accounts, cancel);
        var play = new CaseworkPlay(stage, new(stage), homes, homes[story.Code]);
        await _say(new("领导小组、工作队、乡镇班子……", "Leading group, teams, staff of townships …"));
        var organisation = new OrganisationPlay(stage, areas, _wishes.County, homes, homes[story.Code]);
        await organisation.SetUp();
        await _say(new($"六周的工作：{days[0]:yyyy-MM-dd} 至 {days[^1]:yyyy-MM-dd}……", $"Six weeks of work, {days[0]:yyyy-MM-dd} to {days[^1]:yyyy-MM-dd} …"));
        await drive.BeginFieldWork(homes, days);
        var weekAgo = days[^1].AddDays(-7);
        for (var day = 0; day < CaseworkPlay.Days; day++)
        {
            if (day > 0)
                _clock.Open(days[day]);
            if (day == CaseworkPlay.SecondFile)
            {
                var fresh = county.Treatments.Where(t => county.IsFirst(t.Household) && sent.Add(t)).ToList();
                var file = await new DemoFiles(county, policy, FolderOf(days[day]), days[day], 2).WriteMedical(fresh, cancel);
                if (file is not null && await Import(accounts["health"], [file], cancel) is { } late)
                    return late;
                await Screen(accounts["county"], cancel);
            }
            await play.Play(day);
            await organisation.Play(day);
            await drive.Play(day);
            // A server that runs keeps the figures of every day; comparisons need those of the month's end and of a week ago.
            var next = days[day + 1];
            if (days[day].Month != next.Month)
                await KeepAt(new DateOnly(next.Year, next.Month, 1).AddDays(-1), cancel);
            else if (next > weekAgo && days[day] <= weekAgo)
                await KeepAt(days[day], cancel);
        }

        _clock.Open(days[^1]);
        await _say(new("全县其余各村加入：生成、导入、筛查……", "The other villages of the county join: writing, importing, screening …"));
        var rest = county.Households.Where(h => !county.IsFirst(h)).ToList();
        if (rest.Count > 0)
        {
            files = await new DemoFiles(county, policy, FolderOf(days[^1]), days[^1], 3).Write(rest, county.Treatments.Where(t => !sent.Contains(t)), cancel);
            if (await Import(accounts["county"], files, cancel) is { } last)
                return last;
        }
        await drive.Elsewhere();
        await Screen(accounts["county"], cancel);
        refused.AddRange(play.Refused.Select(r => $"{r.Home.Made.Code}: {r.Why}"));
        await DispatchElsewhere(accounts["county"], first, areas, refused, cancel);
        await organisation.End();
        await drive.End(accounts.Townships);
        await _services.GetRequiredService<EventWorker>().Settle(cancel);
        await _say(new("月通报和季度排名：起草、签发、发布……", "The month's bulletin and the quarter's ranking: written, signed, published …"));
        // What follows goes on this afternoon.
        await WorkOut(days[^1], cancel);
        try
        {
            await new BulletinTale(stage).Tell();
        }
        catch (RefusedException e)
        {
            refused.Add(e.Message);
        }
        await _services.GetRequiredService<EventWorker>().Settle(cancel);
        var tour = await DemoTour.Of(stage, homes[story.Code], _folder);
        return new DemoResult(story, homes[story.Code].Id, county.Households.Count, tour, refused);
    }

    private string FolderOf(DateOnly day) => Path.Combine(_folder, $"{day:yyyy-MM-dd}");

    private async Task<List<Problem>?> Import(Actor actor, IReadOnlyList<string> files, CancellationToken cancel)
    {
        var uploaded = await Ask<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i =>
            i.Upload(actor, [.. files.Select(f => new FileGiven(Path.GetFileName(f), () => File.OpenRead(f)))], new(_wishes.County), cancel));
        if (!uploaded.Succeeded)
            return [.. uploaded.Problems];
        _clock.Pass();
        var applied = await Ask<IImports, Outcome<IReadOnlyList<ImportSummary>>>(i => i.Apply(actor, [.. uploaded.Value.Select(u => u.Id)], null, cancel));
        if (!applied.Succeeded)
            return [.. applied.Problems];
        await _services.GetRequiredService<EventWorker>().Settle(cancel);
        return applied.Value.Select(i => i.Problem).OfType<Problem>().ToList() is { Count: > 0 } failed ? failed : null;
    }

    private async Task Screen(Actor actor, CancellationToken cancel)
    {
        _clock.Pass();
        await Ask<IScreening, ScreeningResult>(s => s.Run(_wishes.County, _clock.Day, actor.Name, null, cancel));
    }

    private async Task<IReadOnlyDictionary<string, Home>> Homes(SyntheticCounty county, Accounts accounts, CancellationToken cancel)
    {
        var made = county.Households.Where(county.IsFirst).ToDictionary(h => h.Code);
        var refs = await Ask<IHouseholds, IReadOnlyList<HouseholdRef>>(h => h.All(_wishes.County.Digits, cancel));
        return refs.Where(r => made.ContainsKey(r.Code)).ToDictionary(r => r.Code, r => new Home(made[r.Code], r.Id, accounts.Villages[made[r.Code].Village]));
    }

    /// <summary>On the last morning the county office hands two of three new leads of the other villages to them.</summary>
    private async Task DispatchElsewhere(Actor office, List<(AreaCode Code, string ShortName)> first, AreaTable areas, List<string> refused, CancellationToken cancel)
    {
        var leads = await Ask<ILeads, IReadOnlyList<LeadSummary>>(l => l.Open(office, false, cancel));
        var elsewhere = leads.Where(l => l.State == nameof(LeadState.New) && first.TrueForAll(v => v.Code.Digits != l.Village)).OrderBy(l => l.Code, StringComparer.Ordinal);
        foreach (var (index, lead) in elsewhere.Index().Where(l => l.Index % 3 != 2))
        {
            if (index % 8 == 0)
                _clock.Pass();
            var step = await Ask<TakeLeadStep, Outcome<LeadStepTaken>>(s => s.Run(office, lead.Id, new(LeadEvent.Dispatch,
                Evidence: [Stage.Words(EvidenceKinds.Order, "请村里两人以上入户核实，三个工作日内反馈。")],
                AssignedTo: areas.Find(new(lead.Village))?.ShortName + RoleNames.Of(Role.VillageCadre).Zh), cancel));
            refused.AddRange(step.Problems.Select(p => $"{lead.Household}: {p.In(Language.En)}"));
        }
    }

    /// <summary>Has the figures of a day worked out in its evening.</summary>
    private Task KeepAt(DateOnly day, CancellationToken cancel)
    {
        _clock.Close(day);
        return WorkOut(day, cancel);
    }

    private async Task WorkOut(DateOnly day, CancellationToken cancel)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IFigures>().Compute(_wishes.County, day, cancel);
    }

    private async Task<T> Ask<TService, T>(Func<TService, Task<T>> ask) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
