using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Matching;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Modules.Imports.Running;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports;

// Checking and applying: the same pass, rolled back or committed.
internal sealed partial class Intake
{
    public Task<Outcome<IReadOnlyList<ImportSummary>>> Check(Actor actor, IReadOnlyList<Guid> imports, IProgress<ImportProgress>? progress, CancellationToken cancel) =>
        Run(actor, imports, apply: false, progress, cancel);

    public Task<Outcome<IReadOnlyList<ImportSummary>>> Apply(Actor actor, IReadOnlyList<Guid> imports, IProgress<ImportProgress>? progress, CancellationToken cancel) =>
        Run(actor, imports, apply: true, progress, cancel);

    private async Task<Outcome<IReadOnlyList<ImportSummary>>> Run(
        Actor actor, IReadOnlyList<Guid> ids, bool apply, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var wanted = await (await Visible(actor, Permissions.ImportsRun, cancel)).AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancel);
        if (wanted.Count < ids.Distinct().Count())
            return Problems.NotFound;
        var order = wanted.OrderBy(OrderOf).ThenBy(i => i.Id).ToList();
        if (apply)
            await ApplyAll(order, actor, progress, cancel);
        else
            await CheckAll(order, progress, cancel);

        var after = new List<ImportSummary>();
        foreach (var import in order)
        {
            var now = await db.Set<Import>().AsNoTracking().FirstAsync(i => i.County == import.County && i.Id == import.Id, cancel);
            after.Add(await Summary(now, cancel, repeated: import.State == ImportState.Applied));
        }
        return after;
    }

    private async Task ApplyAll(List<Import> order, Actor actor, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        PeopleIndex? people = null;
        var registered = false;
        foreach (var import in order)
        {
            if (!await Claim(import, cancel))
                continue;
            await using var scope = scopes.CreateAsyncScope();
            var step = new Step(scope.ServiceProvider, import);
            await using (var transaction = await step.Db.Database.BeginTransactionAsync(cancel))
            {
                await TakeTurn(step.Db, import.County, cancel);
                people = await Attempt(import, async () =>
                {
                    var (result, known) = await Pass(step, import, people, progress, cancel);
                    await Finish(step.Db, import, result, ImportState.Applied, actor.Name, cancel);
                    step.Db.Log("imports.applied", new(import.Area), import.Id.ToString(), actor.Name, today.Clock,
                        new { import.Kind, import.FileName, import.AsOfOn, result.Counts.Rows, result.Counts.Accepted, result.Counts.Refused });
                    await step.Db.SaveChangesAsync(cancel);
                    await transaction.CommitAsync(cancel);
                    registered |= import.Kind is { } kind && IsRegister(kind, step.Policy!);
                    return known;
                }, () => transaction.RollbackAsync(CancellationToken.None), people, cancel);
            }
        }
        if (registered)
            await Retry(actor, cancel);
    }

    // Together in one transaction that is rolled back, so that members find the households of the file before theirs.
    private async Task CheckAll(List<Import> order, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var results = new List<(Import Import, PassResult? Result)>();
        var claimed = new List<Import>();
        foreach (var import in order.Where(i => i.State != ImportState.Applied))
        {
            if (await Claim(import, cancel))
                claimed.Add(import);
        }
        await using (var scope = scopes.CreateAsyncScope())
        {
            var shared = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
            await using var transaction = await shared.Database.BeginTransactionAsync(cancel);
            PeopleIndex? people = null;
            foreach (var import in claimed)
            {
                await TakeTurn(shared, import.County, cancel);
                PassResult? result = null;
                var failed = false;
                people = await Attempt(import, async () =>
                {
                    (result, var known) = await Pass(new(scope.ServiceProvider, import), import, people, progress, cancel);
                    return known;
                }, () =>
                {
                    failed = true;
                    return Task.CompletedTask;
                }, people, cancel, () => transaction.RollbackAsync(CancellationToken.None));
                results.Add((import, result));
                if (failed)
                    break;
            }
            if (transaction.GetDbTransaction().Connection is not null)
                await transaction.RollbackAsync(CancellationToken.None);
        }
        foreach (var (import, result) in results.Where(r => r.Result is not null))
        {
            await using var own = await db.Database.BeginTransactionAsync(cancel);
            await Finish(db, import, result!, ImportState.Checked, null, cancel);
            await own.CommitAsync(cancel);
        }
        foreach (var import in claimed.Except(results.Select(r => r.Import)))
            await Settle(import, ImportState.Recognised, null);
    }

    // Whatever goes wrong, the transaction is gone and the import says why.
    private async Task<PeopleIndex?> Attempt(
        Import import, Func<Task<PeopleIndex?>> pass, Func<Task> undo, PeopleIndex? people, CancellationToken cancel, Func<Task>? first = null)
    {
        try
        {
            return await pass();
        }
        catch (ImportStopped stopped)
        {
            await Give(stopped.Problem);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Give(Problems.Interrupted(import.FileName));
            throw;
        }
        catch (Exception)
        {
            await Give(Problems.Broken(import.FileName));
            throw;
        }
        return people;

        async Task Give(Problem problem)
        {
            if (first is not null)
                await first();
            await undo();
            await Settle(import, ImportState.Failed, problem);
        }
    }

    /// <summary>What one import needs, from the scope in whose transaction it runs.</summary>
    private sealed class Step(IServiceProvider services, Import import)
    {
        public ShouwangDb Db { get; } = services.GetRequiredService<ShouwangDb>();
        public IFeed? Feed { get; } = services.GetServices<IFeed>().FirstOrDefault(f => f.Kind == import.Kind);
        public IPeople People => services.GetRequiredService<IPeople>();
        public IAreas Areas => services.GetRequiredService<IAreas>();
        public Policies Policies => services.GetRequiredService<Policies>();
        public Policy? Policy { get; set; }
    }

    private async Task<(PassResult, PeopleIndex?)> Pass(Step step, Import import, PeopleIndex? people, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var intake = await IntakeOf(step, import, cancel);
        var matched = intake.Definition.Matching != FeedMatching.None;
        if (matched)
            people ??= await step.People.Load(import.County, cancel);
        var villages = new VillageNames(await step.Areas.Of(import.County, cancel), intake.Area);
        var opened = TableFile.Open(files.PathOf(import.ContentHash), import.FileName);
        if (!opened.Succeeded)
            throw new ImportStopped(opened.Problems[0]);
        using var file = opened.Value;
        var pass = new ImportPass(step.Feed!, intake, FileMapping.FromJson(import.Mapping!), matched ? people : null, villages, secrets);
        var result = await pass.Run(file, progress, cancel);
        // The register changed: whoever comes next has to look again.
        return (result, IsRegister(intake.Definition.Kind, intake.Policy) ? null : people);
    }

    private static async Task<FeedIntake> IntakeOf(Step step, Import import, CancellationToken cancel)
    {
        if (import.Mapping is null)
            throw new ImportStopped(Problems.NotReady(import.FileName));
        var policy = step.Policy = await step.Policies.For(new(import.Area), import.AsOfOn, cancel);
        if (step.Feed is null || FeedOf(policy, import.Kind) is not { } definition)
            throw new ImportStopped(Problems.NoFeed(import.Kind ?? "?"));
        import.Source = SourceOf(definition, policy);
        return new(new(import.Area), import.Id, import.FileName, import.Source, import.AsOfOn, definition, policy, import.AppliedBy ?? import.UploadedBy)
        {
            Window = import is { WindowFromOn: { } from, WindowToOn: { } to } ? (from, to) : null,
        };
    }

    /// <summary>Files of the lead office speak for the register, those of a department for the department.</summary>
    private static string SourceOf(FeedDefinition feed, Policy policy) =>
        feed.Matching == FeedMatching.None || policy.SourceOrder.Sources.All(s => s.Code != feed.Department) ? "register" : feed.Department;

    private static bool IsRegister(string kind, Policy policy) => FeedOf(policy, kind)?.Matching == FeedMatching.None;

    // One statement decides who runs an import; the row says which process, should it die.
    private async Task<bool> Claim(Import import, CancellationToken cancel)
    {
        if (import.State is not (ImportState.Recognised or ImportState.Checked or ImportState.Failed) || import.Mapping is null)
            return false;
        var claimed = await db.Execute("""
            update imports set state = 'Running', worker = @worker, problem = null
            where county = @county and id = @id and state in ('Recognised', 'Checked', 'Failed')
            """, cancel, ("@county", import.County), ("@id", import.Id), ("@worker", Workers.Own));
        return claimed == 1;
    }

    private static async Task TakeTurn(ShouwangDb db, string county, CancellationToken cancel)
    {
        await db.Execute("insert into import_turns (county, turns) values (@county, 0) on conflict do nothing", cancel, ("@county", county));
        await db.Execute("update import_turns set turns = turns + 1 where county = @county", cancel, ("@county", county));
    }

    private async Task Finish(ShouwangDb db, Import import, PassResult result, ImportState state, string? appliedBy, CancellationToken cancel)
    {
        var key = new (string, object?)[] { ("@county", import.County), ("@id", import.Id) };
        await db.Execute("delete from import_findings where county = @county and import_id = @id", cancel, key);
        await db.Execute("delete from import_matches where county = @county and import_id = @id", cancel, key);
        await ImportPass.Store(db, state == ImportState.Applied ? result : result with { Waiting = [] }, cancel);
        var c = result.Counts;
        await db.Execute("""
            update imports set state = @state, worker = null, problem = null, source = @source, row_count = @rows, warned = @warned, refused = @refused,
                by_id = @id_, by_household = @household, by_name = @name, doubtful = @doubtful, unmatched = @unmatched, applied_at = @at, applied_by = @by
            where county = @county and id = @id
            """, cancel, [.. key, ("@state", state.ToString()), ("@source", import.Source), ("@rows", c.Rows), ("@warned", c.Warned), ("@refused", c.Refused),
            ("@id_", c.ById), ("@household", c.ByHousehold), ("@name", c.ByName), ("@doubtful", c.Doubtful), ("@unmatched", c.Unmatched),
            ("@at", appliedBy is null ? null : Now.ToUnixTimeMilliseconds()), ("@by", appliedBy)]);
    }

    private async Task Settle(Import import, ImportState state, Problem? problem) => await db.Execute(
        "update imports set state = @state, worker = null, problem = @problem where county = @county and id = @id and state = 'Running'", CancellationToken.None,
        ("@county", import.County), ("@id", import.Id), ("@state", state.ToString()), ("@problem", problem is null ? null : StoredProblem.Write(problem)));

    public async Task<int> Recover(string county, CancellationToken cancel)
    {
        var running = await db.Set<Import>().AsNoTracking().Where(i => i.County == county && i.State == ImportState.Running).ToListAsync(cancel);
        var dead = running.Where(i => !Workers.Alive(i.Worker)).ToList();
        foreach (var import in dead)
            await Settle(import, ImportState.Failed, Problems.Interrupted(import.FileName));
        return dead.Count;
    }
}

/// <summary>Names a process so that another can tell whether it still runs.</summary>
internal static class Workers
{
    public static string Own { get; } = Name(Environment.MachineName, Environment.ProcessId, StartOf(Process.GetCurrentProcess()));

    /// <summary>Whether the process is there; one of another machine is taken to be.</summary>
    public static bool Alive(string? worker)
    {
        if (worker?.Split('/') is not [var machine, var id, _] || machine != Environment.MachineName || !int.TryParse(id, out var number))
            return worker is not null && worker.Split('/') is [var other, _, _] && other != Environment.MachineName;
        try
        {
            using var process = Process.GetProcessById(number);
            return Name(machine, number, StartOf(process)) == worker;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Name(string machine, int id, long start) => $"{machine}/{id}/{start}";

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
}
