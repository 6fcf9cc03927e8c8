using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Entering;

/// <summary>How a look at a county came out.</summary>
/// <param name="Problems">New problems.</param>
/// <param name="Joined">Findings and leads that came to open problems.</param>
/// <param name="Gone">Findings and leads that are not there any more.</param>
/// <param name="HandedIn">Problems of which nothing is left, handed in for examination.</param>
internal sealed record Entered(int Problems, int Joined, int Gone, int HandedIn);

/// <summary>Enters by the rules of the policy what other modules have on their lists, and hands in what is gone from them.</summary>
/// <remarks>
/// It compares what is there with what is entered, so that it may run at any time and any number of times. Findings of one check in one village, and
/// leads that wait in one village, are one problem, however many; while that is open, new ones join it. A finding that was gone and is there again
/// stands again while its problem is open, and is a new problem, a recurrence, after that.
/// </remarks>
internal sealed class EnterProblems(ShouwangDb db, IEnumerable<IProblemSource> sources, Policies policies, ReportIssue report, TakeIssueStep steps, Today today)
{
    // So many problems are written in one transaction: on the embedded database nobody else writes meanwhile.
    private const int Piece = 40;

    // An open problem of a rule, by its place.
    private readonly record struct Place(string? Check, string Area, Guid? Household);

    public async Task<Entered> Run(AreaCode county, CancellationToken cancel)
    {
        var policy = await policies.For(county, today.Day, cancel);
        var entered = new Entered(0, 0, 0, 0);
        // A finding that one rule has entered is not entered by the next.
        var taken = new HashSet<Guid>();
        foreach (var rule in policy.IssueRules)
        {
            // A county that took the kind or the source away has no such problems.
            if (sources.FirstOrDefault(s => s.Triggers.Contains(rule.When)) is not { } source || policy.IssueKind(rule.Kind) is null || policy.IssueSources.All(s => s.Code != rule.From))
                continue;
            var standing = (await source.Standing(county, rule, today.Day, cancel)).ToDictionary(s => s.Id);
            var known = await Known(county.Digits, rule, cancel);
            var (gone, handedIn) = await HandIn(county, known, standing, cancel);
            var (joined, fresh) = await Join(county, rule, standing, known, rule.When == IssueTrigger.Finding ? taken : [], cancel);
            entered = new(entered.Problems + await Enter(county, policy, rule, fresh, cancel), entered.Joined + joined, entered.Gone + gone, entered.HandedIn + handedIn);
            if (rule.When == IssueTrigger.Finding)
                taken.UnionWith(known.Where(k => k.GoneOn is null).Select(k => k.SubjectId).Concat(fresh.Select(f => f.Id)));
        }
        return entered;
    }

    /// <summary>What stands, and what is gone from problems that are still open.</summary>
    private async Task<List<IssueSubject>> Known(string county, IssueRule rule, CancellationToken cancel) =>
        await db.Set<IssueSubject>().AsNoTracking().Where(s => s.County == county && s.Rule == rule.Code)
            .Join(db.Set<Issue>().AsNoTracking(), s => new { s.County, Id = s.IssueId }, i => new { i.County, i.Id }, (s, i) => new { Subject = s, i.State })
            .Where(s => s.Subject.GoneOn == null || !IssueStates.Ended.Contains(s.State)).Select(s => s.Subject).ToListAsync(cancel);

    private async Task<(int Gone, int HandedIn)> HandIn(AreaCode county, List<IssueSubject> known, Dictionary<Guid, StandingProblem> standing, CancellationToken cancel)
    {
        var (gone, handedIn) = (0, 0);
        foreach (var piece in known.GroupBy(k => k.IssueId).Where(g => g.Any(s => s.GoneOn is null && !standing.ContainsKey(s.SubjectId))).Chunk(Piece))
        {
            var taken = await db.Atomically<int>(async () =>
            {
                var done = 0;
                foreach (var problem in piece)
                {
                    await Strike(county.Digits, problem.Key, [.. problem.Where(s => s.GoneOn is null && !standing.ContainsKey(s.SubjectId)).Select(s => s.SubjectId)], cancel);
                    if (problem.All(s => !standing.ContainsKey(s.SubjectId)) && await HandIn(county, problem.Key, problem.Count(), cancel))
                        done++;
                }
                await Write(cancel);
                return done;
            }, cancel);
            // Somebody took a step at the same moment: the next run finds the same again.
            if (!taken.Succeeded)
                continue;
            handedIn += taken.Value;
            foreach (var subject in piece.SelectMany(p => p).Where(s => s.GoneOn is null && !standing.ContainsKey(s.SubjectId)))
            {
                subject.GoneOn = today.Day;
                gone++;
            }
        }
        return (gone, handedIn);
    }

    // What is written is not carried along through all the pieces of a county.
    private async Task Write(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private async Task Strike(string county, Guid issue, List<Guid> subjects, CancellationToken cancel)
    {
        await db.Execute($"update issue_subjects set gone_on = @day where county = @county and issue_id = @issue and gone_on is null and {db.Among("subject_id", "@subjects")}",
            cancel, ("@day", today.Day), ("@county", county), ("@issue", issue), ("@subjects", db.KeysOf(subjects)));
    }

    /// <summary>For examination; what people have handed in or struck off already needs nothing.</summary>
    private async Task<bool> HandIn(AreaCode county, Guid id, int count, CancellationToken cancel)
    {
        var state = await db.Set<Issue>().Where(i => i.County == county.Digits && i.Id == id).Select(i => i.State).SingleAsync(cancel);
        if (IssueStates.Life.Table.Find(state, IssueEvent.Recheck) is null)
            return false;
        var evidence = new Evidence(EvidenceKinds.Rectification, Text: EntryWords.Keep(EntryWords.Gone(count, today.Day)));
        var taken = await steps.Run(Actor.System(county), id, new(IssueEvent.Recheck, Evidence: [evidence]), cancel);
        return taken.Succeeded ? true : throw new InvalidOperationException($"{id}: {taken.Problems[0].What.En}");
    }

    /// <summary>Puts what has come to open problems beside what they have; gives what no open problem has a place for.</summary>
    private async Task<(int Joined, List<StandingProblem> Fresh)> Join(
        AreaCode county, IssueRule rule, Dictionary<Guid, StandingProblem> standing, List<IssueSubject> known, HashSet<Guid> taken, CancellationToken cancel)
    {
        var there = known.Where(k => k.GoneOn is null).Select(k => k.SubjectId).ToHashSet();
        var ripe = standing.Values.Where(s => !there.Contains(s.Id) && !taken.Contains(s.Id) && s.Since.AddDays(rule.AfterDays) <= today.Day).ToList();
        if (ripe.Count == 0)
            return (0, []);
        var open = (await db.Set<Issue>().AsNoTracking().Where(i => i.County == county.Digits && i.Rule == rule.Code && !IssueStates.Ended.Contains(i.State))
            .OrderBy(i => i.Code).Select(i => new { Place = new { i.CheckCode, i.Area, i.HouseholdId }, i.Id }).ToListAsync(cancel))
            .GroupBy(i => new Place(i.Place.CheckCode, i.Place.Area, i.Place.HouseholdId)).ToDictionary(g => g.Key, g => g.Last().Id);
        var (joining, fresh) = (ripe.ToLookup(s => open.ContainsKey(PlaceOf(rule, s))), ripe.Where(s => !open.ContainsKey(PlaceOf(rule, s))).ToList());
        var again = known.Where(k => k.GoneOn is not null).Select(k => (k.IssueId, k.SubjectId)).ToHashSet();
        var joined = await db.Atomically<int>(async () =>
        {
            var rows = joining[true].Select(s => (Issue: open[PlaceOf(rule, s)], Subject: s)).ToList();
            foreach (var back in rows.Where(r => again.Contains((r.Issue, r.Subject.Id))).GroupBy(r => r.Issue))
                await db.Execute($"update issue_subjects set gone_on = null where county = @county and issue_id = @issue and {db.Among("subject_id", "@subjects")}",
                    cancel, ("@county", county.Digits), ("@issue", back.Key), ("@subjects", db.KeysOf(back.Select(b => b.Subject.Id))));
            await Add(county.Digits, rule, rows.Where(r => !again.Contains((r.Issue, r.Subject.Id))), cancel);
            return rows.Count;
        }, cancel);
        return (joined.Succeeded ? joined.Value : 0, fresh);
    }

    private async Task<int> Enter(AreaCode county, Policy policy, IssueRule rule, List<StandingProblem> fresh, CancellationToken cancel)
    {
        var entered = 0;
        foreach (var piece in fresh.GroupBy(s => PlaceOf(rule, s)).OrderBy(g => g.Key.Area, StringComparer.Ordinal).ThenBy(g => g.Key.Check, StringComparer.Ordinal).Chunk(Piece))
        {
            var made = await db.Atomically<int>(async () =>
            {
                foreach (var place in piece)
                {
                    var id = await Enter(county, policy, rule, place.Key, [.. place.OrderBy(s => s.Since).ThenBy(s => s.Code, StringComparer.Ordinal)], cancel);
                    await Add(county.Digits, rule, place.Select(s => (id, s)), cancel);
                }
                await Write(cancel);
                return piece.Length;
            }, cancel);
            // Another server was quicker: what it entered is known the next time.
            entered += made.Succeeded ? made.Value : 0;
        }
        return entered;
    }

    private async Task<Guid> Enter(AreaCode county, Policy policy, IssueRule rule, Place place, IReadOnlyList<StandingProblem> all, CancellationToken cancel)
    {
        var area = new AreaCode(place.Area);
        var department = rule.Unit == IssueUnit.Department ? policy.IssueKind(rule.Kind)!.Department : null;
        AreaLevel? level = rule.Unit switch { IssueUnit.Township => AreaLevel.Township, IssueUnit.County => AreaLevel.County, IssueUnit.Village or IssueUnit.Department => null };
        var task = new ProposedTask(EntryWords.Keep(EntryWords.Task(rule)), EntryWords.Unit(rule, policy).Zh, today.Day.AddDays(rule.DueDays), Department: department,
            Level: level is { } asked && asked < area.Level ? asked : null);
        var found = new NewIssue(rule.From, null, area, place.Household, rule.Kind, EntryWords.Keep(EntryWords.Problem(rule, all)), today.Day);
        var reported = await report.ReportByRule(found, rule, place.Check, task, Actor.System(county), cancel);
        return reported.Succeeded ? reported.Value : throw new InvalidOperationException($"{rule.Code}: {reported.Problems[0].What.En}");
    }

    private Task Add(string county, IssueRule rule, IEnumerable<(Guid Issue, StandingProblem Subject)> rows, CancellationToken cancel) =>
        new BulkInsert(db, "issue_subjects", ("county", ColumnType.Text), ("issue_id", ColumnType.Uuid), ("subject_id", ColumnType.Uuid), ("rule", ColumnType.Text),
                ("code", ColumnType.Text), ("household_id", ColumnType.Uuid), ("since", ColumnType.Date), ("entered_on", ColumnType.Date))
            .Write(rows.Select(r => new object?[] { county, r.Issue, r.Subject.Id, rule.Code, r.Subject.Code, r.Subject.Household, r.Subject.Since, today.Day }), cancel);

    // What a check found right at a household is that household's; the rest is the village's.
    private static Place PlaceOf(IssueRule rule, StandingProblem s) => new(s.Check, s.Area, rule.When == IssueTrigger.LeadConfirmed ? s.Household : null);
}
