using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Server;

namespace Shouwang.Tests.Modules.Casework;

/// <summary>A county with one village on a fresh database, people of every post, and a day that the test moves.</summary>
internal sealed class CaseworkWorld : IAsyncDisposable
{
    public static readonly AreaCode County = new("500231"), Township = new("500231111"), Village = new("500231111200"), OtherVillage = new("500231111201");

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private CaseworkWorld(TestDatabase database, string policy)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddShouwang(new(database.Place) { Policy = policy });
        services.TryAddSingleton(_ => Shouwang.Platform.Policy.AreaTable.Load(policy));
        services.AddTransient(_ => new Today(TimeProvider.System, Day));
        _services = services.BuildServiceProvider();
        Photo = "";
    }

    public DatabasePlace Place => _database.Place;

    public DateOnly Day { get; set; } = new(2020, 6, 1);

    /// <summary>The hash of a stored file, to attach wherever a file is asked for.</summary>
    public string Photo { get; private set; }

    public Actor Cadre { get; } = Person("cadre", Role.VillageCadre, Village);
    public Actor Secretary { get; } = Person("secretary", Role.FirstSecretary, Village);
    public Actor TeamMember { get; } = Person("team", Role.WorkTeamMember, Village);
    public Actor Clerk { get; } = Person("clerk", Role.TownshipClerk, Township);
    public Actor Leader { get; } = Person("leader", Role.TownshipLeader, Township);
    public Actor Office { get; } = Person("office", Role.CountyOffice, County);
    public Actor Officer2 { get; } = Person("office2", Role.CountyOffice, County);
    public Actor Stranger { get; } = Person("stranger", Role.VillageCadre, OtherVillage);
    public Actor Department { get; } = Person("medical", Role.IndustryDept, County, "medical_insurance");

    public static Actor Person(string name, Role role, AreaCode area, string? department = null) => new(Guid.CreateVersion7(), name, name, role, area, department, []);

    /// <param name="conditions">The conditions of elimination, as the pack writes them; null leaves the national ones.</param>
    public static async Task<CaseworkWorld> Open(string kind, string? conditions = null)
    {
        var database = await TestDatabase.Open(kind);
        var policy = Path.Combine(LifeCycles.Root, "policy");
        if (conditions is not null)
        {
            var changed = Path.Combine(database.Place.Folder, "policy");
            foreach (var file in Directory.EnumerateFiles(policy, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(changed, Path.GetRelativePath(policy, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                System.IO.File.Copy(file, copy);
            }
            await System.IO.File.WriteAllTextAsync(Path.Combine(changed, "national", "elimination.yaml"), conditions, TestContext.Current.CancellationToken);
            policy = changed;
        }
        var world = new CaseworkWorld(database, policy);
        using var picture = new MemoryStream([0xff, 0xd8, 0xff, 0xe0]);
        world.Photo = (await world._services.GetRequiredService<Files>().Store(picture, TestContext.Current.CancellationToken)).Hash;
        return world;
    }

    /// <summary>Does something in a unit of work of its own.</summary>
    public async Task<T> With<TService, T>(Func<TService, CancellationToken, Task<T>> act) where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>(), TestContext.Current.CancellationToken);
    }

    public Task<T> Read<T>(Func<ShouwangDb, CancellationToken, Task<T>> read) => With(read);

    private int _households;

    /// <summary>A household with a head who can work, lifted from poverty unless said otherwise.</summary>
    public Task<Guid> Household(RegistryStatus status = RegistryStatus.Lifted, string labour = "1", params (string Name, object? Value)[] more) => Household(Village, status, labour, more);

    /// <summary>The same in a village of whichever county.</summary>
    public async Task<Guid> Household(AreaCode village, RegistryStatus status = RegistryStatus.Lifted, string labour = "1", params (string Name, object? Value)[] more)
    {
        var number = ++_households;
        var (household, head) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (code, member) = ($"{village}{number:000}", $"{village}{number:000}01");
        await With<IFacts, int>((facts, cancel) => facts.State(new(village, "test"),
        [
            new(household, null, "register", "test.xlsx", Day, new Dictionary<string, object?>(more.ToDictionary(m => m.Name, m => m.Value))
            {
                ["hid"] = code, ["head_name"] = "张大山", ["status"] = status.ToString(), ["family_size"] = 1L, ["group"] = "1组",
            }),
            new(household, head, "register", "test.xlsx", Day, new Dictionary<string, object?>
            {
                ["hid"] = code, ["pid"] = member, ["name"] = "张大山", ["relation"] = "01", ["life"] = nameof(LifeState.Normal), ["labour"] = labour,
                ["ins_res"] = true, ["ins_emp"] = false,
            }),
        ], cancel));
        return household;
    }

    public async Task<Guid> Lead(Guid household)
    {
        var reported = await With<ILeads, Outcome<Guid>>((leads, cancel) => leads.Report(Cadre, new(household, nameof(LeadSource.CadreScreening), "illness", "家中有人重病", Day, false), cancel));
        Assert.Empty(reported.Problems);
        return reported.Value;
    }

    public Task<Outcome<Guid>> Visit(Guid household, Actor? by = null, VisitPurpose purpose = VisitPurpose.Verification, IReadOnlyList<Visitor>? visitors = null,
        VisitMode mode = VisitMode.AtHome, IReadOnlyList<VisitFact>? facts = null, IReadOnlyList<VisitProblem>? problems = null) =>
        With<RecordVisit, Outcome<Guid>>((record, cancel) => record.Run(by ?? Cadre, new(Guid.CreateVersion7(), household, Day, purpose, mode,
            visitors ?? [new(Cadre.User, "村干部", "金钱村"), new(TeamMember.User, "队员", "驻村工作队")], "户主", true,
            Enum.GetValues<VisitSubject>().ToDictionary(s => s, _ => VisitFinding.Fine), new Dictionary<VisitSubject, string>(), 12_000m, null, true, true, true, Photo,
            [Photo], facts ?? [], problems ?? []), cancel));

    public Task<Outcome<LeadStepTaken>> Step(Actor actor, Guid lead, LeadStepRequest request) =>
        With<TakeLeadStep, Outcome<LeadStepTaken>>((step, cancel) => step.Run(actor, lead, request, cancel));

    public Task<Outcome<CaseState>> Step(Actor actor, Guid c, CaseStepRequest request) =>
        With<TakeCaseStep, Outcome<CaseState>>((step, cancel) => step.Run(actor, c, request, cancel));

    public Task<Outcome<EliminationState>> Step(Actor actor, Guid elimination, EliminationStepRequest request) =>
        With<TakeEliminationStep, Outcome<EliminationState>>((step, cancel) => step.Run(actor, elimination, request, cancel));

    public Task<Outcome<MeasureState>> Step(Actor actor, Guid measure, MeasureStepRequest request) =>
        With<TakeMeasureStep, Outcome<MeasureState>>((step, cancel) => step.Run(actor, measure, request, cancel));

    public Task<Outcome<Guid>> Post(Actor actor, NoticeKind kind, Guid subject, string place = "村务公开栏", string? body = null) =>
        With<PostNotice, Outcome<Guid>>((post, cancel) => post.Run(actor, new(kind, [subject], place, "金钱村村民委员会 023-74500000", Body: body), cancel));

    public Task<Outcome<int>> Photograph(Actor actor, Guid notice) => With<AddNoticePhoto, Outcome<int>>((add, cancel) => add.Run(actor, notice, Photo, cancel));

    public Task<IdentificationCase> Case(Guid id) => Read((db, cancel) => db.Set<IdentificationCase>().AsNoTracking().SingleAsync(c => c.Id == id, cancel));

    public Task<MonitoredObject?> Object(Guid household) => Read((db, cancel) => db.Set<MonitoredObject>().AsNoTracking().SingleOrDefaultAsync(o => o.HouseholdId == household, cancel));

    public Evidence File(string kind) => new(kind, Photo);

    public static Evidence Words(string kind, string text = "情况属实") => new(kind, Text: text);

    public static T Done<T>(Outcome<T> outcome)
    {
        Assert.Empty(outcome.Problems.Select(p => p.In(Language.En)));
        return outcome.Value;
    }

    public static void Refused<T>(string code, Outcome<T> outcome) => Assert.Contains(code, outcome.Problems.Select(p => p.Code));

    /// <summary>A household's lead, dispatched, accepted, visited and escalated on the day.</summary>
    public async Task<Guid> OpenedCase(Guid household)
    {
        var lead = await Lead(household);
        Done(await Step(Clerk, lead, new LeadStepRequest(LeadEvent.Dispatch, Evidence: [Words(EvidenceKinds.Order)], AssignedTo: "村干部")));
        Done(await Step(Cadre, lead, new LeadStepRequest(LeadEvent.Accept)));
        var visit = Done(await Visit(household));
        return Done(await Step(Cadre, lead, new LeadStepRequest(LeadEvent.Escalate, Visit: visit))).Case!.Value;
    }

    public static readonly IReadOnlyList<CauseFound> Illness = [new("01")];

    public CaseStepRequest Verification(Guid visit) => new CaseStepRequest(CaseEvent.Verify, Evidence: [File(EvidenceKinds.Application), File(EvidenceKinds.Authorisation)], Visit: visit, Causes: Illness);

    public CaseStepRequest Review => new CaseStepRequest(CaseEvent.PassReview, Evidence: [File(EvidenceKinds.Minutes)], Attended: 30, VotesFor: 28, VotesAgainst: 1, Category: "UnstableLifted");

    /// <summary>The whole way to the list, by the right people on the right days.</summary>
    public async Task<Guid> Registered(Guid household)
    {
        var id = await OpenedCase(household);
        await Identified(id, household);
        return id;
    }

    /// <summary>An open case on its way to the list.</summary>
    public async Task Identified(Guid id, Guid household)
    {
        Done(await Step(Cadre, id, Verification(Done(await Visit(household)))));
        Done(await Step(Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult, "无异常")])));
        Done(await Step(Secretary, id, Review));
        var notice = Done(await Post(Cadre, NoticeKind.Identification, id));
        Done(await Photograph(Cadre, notice));
        Day = Day.AddDays(5);
        Done(await Step(Cadre, id, new CaseStepRequest(CaseEvent.CloseNotice)));
        Done(await Step(Clerk, id, new CaseStepRequest(CaseEvent.PassTownship, Evidence: [Words(EvidenceKinds.Checklist)])));
        Done(await Step(Office, id, new CaseStepRequest(CaseEvent.Approve, Evidence: [Words(EvidenceKinds.Decision)])));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
