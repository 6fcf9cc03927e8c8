using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Matching;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Imports;

// Rows that wait for a person: a clerk decides, or the person is registered later.
internal sealed partial class Intake
{
    public async Task<Page<WaitingRow>> Waiting(Actor actor, Guid? import, bool? doubtful, int skip, int take, CancellationToken cancel)
    {
        var waiting = db.Set<ImportMatch>().AsNoTracking().VisibleTo(actor, Permissions.MatchesDecide)
            .Where(m => m.State == MatchState.Doubtful || m.State == MatchState.Unmatched);
        if (import is { } one)
            waiting = waiting.Where(m => m.ImportId == one);
        if (doubtful is { } several)
            waiting = waiting.Where(m => m.State == (several ? MatchState.Doubtful : MatchState.Unmatched));
        var rows = await waiting.OrderBy(m => m.State).ThenBy(m => m.ImportId).ThenBy(m => m.RowNo).Skip(skip).Take(take).ToListAsync(cancel);
        var ids = rows.Select(r => r.ImportId).Distinct().ToList();
        var imports = await db.Set<Import>().AsNoTracking().Where(i => i.County == actor.County && ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancel);
        var people = rows.Exists(r => r.Candidates.Length > 0) ? await Members(actor.County, cancel) : null;
        var shown = new List<WaitingRow>();
        foreach (var row in rows)
            shown.Add(await Shown(row, imports[row.ImportId], people, cancel));
        return new(shown, await waiting.CountAsync(cancel));
    }

    private async Task<PeopleIndex> Members(string county, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IPeople>().Load(county, cancel);
    }

    private async Task<WaitingRow> Shown(ImportMatch match, Import import, PeopleIndex? people, CancellationToken cancel)
    {
        var policy = await policies.For(new(import.Area), import.AsOfOn, cancel);
        var stored = Stored(match);
        string? Text(int field) => field < 0 ? null : stored.Texts.GetValueOrDefault(policy.Feed(import.Kind!).Fields[field].Name);
        var shape = new FeedShape(policy.Feed(import.Kind!));
        var candidates = match.Candidates.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)
            .Select(id => people?.Member(id)).OfType<MemberRef>().Select(m => new MatchCandidate(m.Id, m.Code, m.HouseholdId, m.HouseholdCode, m.Village.Digits));
        return new(match.Id, import.Id, import.FileName, import.Kind!, match.Sheet, match.RowNo, Text(shape.Name), Text(shape.Number), Text(shape.Birth),
            Text(shape.Village), match.State == MatchState.Doubtful, [.. candidates]);
    }

    private StoredRow Stored(ImportMatch match) => JsonSerializer.Deserialize<StoredRow>(secrets.Decrypt(match.RowEnc)!, JsonTexts.Options)!;

    public async Task<Outcome<WaitingRow>> Decide(Actor actor, Guid row, Guid? member, CancellationToken cancel)
    {
        var match = await db.Set<ImportMatch>().AsNoTracking().VisibleTo(actor, Permissions.MatchesDecide).FirstOrDefaultAsync(m => m.Id == row, cancel);
        if (match is null)
            return Problems.NotFound;
        if (match.State is not (MatchState.Doubtful or MatchState.Unmatched))
            return Problems.NotWaiting;
        var import = await db.Set<Import>().AsNoTracking().FirstAsync(i => i.County == match.County && i.Id == match.ImportId, cancel);
        var people = await Members(match.County, cancel);
        if (member is null)
        {
            await db.Execute("update import_matches set state = 'LaidAside', decided_at = @at, decided_by = @by where county = @county and id = @id", cancel,
                ("@county", match.County), ("@id", match.Id), ("@at", Now.ToUnixTimeMilliseconds()), ("@by", actor.Name));
            return await Shown(match, import, people, cancel);
        }
        if (people.Member(member.Value) is not { } chosen)
            return Problems.NoSuchMember;
        if (await TakeNow(import, [(match, chosen, null)], actor, cancel) == 0)
            return Problems.NotWaiting;
        return await Shown(match, import, people, cancel);
    }

    public async Task<int> Retry(Actor actor, CancellationToken cancel)
    {
        var waiting = await db.Set<ImportMatch>().AsNoTracking().Where(m => m.County == actor.County && m.State == MatchState.Unmatched)
            .OrderBy(m => m.ImportId).ThenBy(m => m.RowNo).ToListAsync(cancel);
        if (waiting.Count == 0)
            return 0;
        var people = await Members(actor.County, cancel);
        var taken = 0;
        foreach (var group in waiting.GroupBy(m => m.ImportId))
        {
            var import = await db.Set<Import>().AsNoTracking().FirstAsync(i => i.County == actor.County && i.Id == group.Key, cancel);
            await using var scope = scopes.CreateAsyncScope();
            var step = new Step(scope.ServiceProvider, import);
            var intake = await IntakeOf(step, import, cancel);
            var source = new RowSource(intake.Policy, intake.Definition, FileMapping.FromJson(import.Mapping!));
            var matching = new PersonMatching(people, new(await step.Areas.Of(import.County, cancel), intake.Area), source.Shape);
            var found = new List<(ImportMatch, MemberRef, FeedRow?)>();
            foreach (var match in group)
            {
                var row = source.Again(Stored(match));
                if (matching.Match(row).Count == 0 && row.Household is { } household)
                    found.Add((match, new(row.Member ?? Guid.Empty, "", household, "", default, LifeState.Normal), row));
            }
            if (found.Count > 0)
                taken += await TakeNow(import, found, actor, cancel);
        }
        return taken;
    }

    // The rows as if they had found their person at once, under their own import, so that taking that back takes them back.
    private async Task<int> TakeNow(Import import, List<(ImportMatch Match, MemberRef Member, FeedRow? Row)> found, Actor actor, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var step = new Step(scope.ServiceProvider, import);
        await using var transaction = await step.Db.Database.BeginTransactionAsync(cancel);
        await TakeTurn(step.Db, import.County, cancel);
        var intake = await IntakeOf(step, import, cancel);
        var source = new RowSource(intake.Policy, intake.Definition, FileMapping.FromJson(import.Mapping!));
        var villages = new VillageNames(await step.Areas.Of(import.County, cancel), intake.Area);
        var rows = new List<FeedRow>();
        var counts = import.Counts;
        foreach (var (match, member, matched) in found)
        {
            var claimed = await step.Db.Execute("""
                update import_matches set state = 'Taken', member_id = @member, household_id = @household, decided_at = @at, decided_by = @by
                where county = @county and id = @id and state in ('Doubtful', 'Unmatched')
                """, cancel, ("@county", match.County), ("@id", match.Id), ("@member", member.Id == Guid.Empty ? null : member.Id),
                ("@household", member.HouseholdId), ("@at", Now.ToUnixTimeMilliseconds()), ("@by", actor.Name));
            if (claimed == 0)
                continue;
            var row = matched ?? source.Again(Stored(match));
            if (matched is null)
            {
                villages.Place(row, source.Shape);
                PersonMatching.Decided(row, member, intake.Definition.Matching, MatchedBy.NameBirthVillage);
            }
            rows.Add(row);
            counts = match.State == MatchState.Doubtful ? counts with { Doubtful = counts.Doubtful - 1 } : counts with { Unmatched = counts.Unmatched - 1 };
            counts = row.MatchedBy switch
            {
                MatchedBy.Id => counts with { ById = counts.ById + 1 },
                MatchedBy.HouseholdCode => counts with { ByHousehold = counts.ByHousehold + 1 },
                _ => counts with { ByName = counts.ByName + 1 },
            };
        }
        var run = await step.Feed!.Begin(intake, cancel);
        await run.Check(rows, cancel);
        await run.Take([.. rows.Where(r => r.Verdict != Verdict.Refused)], cancel);
        await run.Finish(cancel);
        await step.Db.Execute("""
            update imports set by_id = @by_id, by_household = @by_household, by_name = @by_name, doubtful = @doubtful, unmatched = @unmatched
            where county = @county and id = @id
            """, cancel, ("@county", import.County), ("@id", import.Id), ("@by_id", counts.ById), ("@by_household", counts.ByHousehold),
            ("@by_name", counts.ByName), ("@doubtful", counts.Doubtful), ("@unmatched", counts.Unmatched));
        step.Db.Log("imports.matched", intake.Area, import.Id.ToString(), actor.Name, today.Clock, new { import.Kind, Rows = rows.Count });
        await step.Db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return rows.Count;
    }
}
