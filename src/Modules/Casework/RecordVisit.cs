using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>What was said at a visit; stored encrypted.</summary>
public sealed record VisitNotes(
    string? Informant, bool HeadPresent, IReadOnlyDictionary<VisitSubject, string> Notes, string? Needs, IReadOnlyDictionary<string, string>? Answers = null);

/// <summary>Records visits: what was stated goes to the register, what was wrong to the ledger.</summary>
internal sealed class RecordVisit(ShouwangDb db, IHouseholds households, IFacts facts, ILedger ledger, Secrets secrets, Files files, Today today)
{
    private sealed record Accepted(Actor By, NewVisit Visit, HouseholdRef Household)
    {
        public IEnumerable<NewIssue> Issues => Visit.Problems.Select(p => new NewIssue(
            "visit", Visit.Id, Household.Area, Household.Id, SubjectOf(p.Subject), p.Problem, Visit.VisitedOn, p.Fixed, p.Photo));
    }

    public async Task<Outcome<Guid>> Run(Actor actor, NewVisit visit, CancellationToken cancel) => (await Run(actor.County, [(actor, visit)], cancel))[0];

    /// <summary>Records visits to different households of a county together; each is accepted or refused by itself, in their order.</summary>
    public async Task<IReadOnlyList<Outcome<Guid>>> Run(string county, IReadOnlyList<(Actor By, NewVisit Visit)> handed, CancellationToken cancel)
    {
        var refs = await households.Refs(county, [.. handed.Select(h => h.Visit.Household)], cancel);
        var ids = handed.Select(h => h.Visit.Id).ToList();
        var there = (await db.Set<Visit>().Where(v => v.County == county && ids.Contains(v.Id)).Select(v => v.Id).ToListAsync(cancel)).ToHashSet();
        var (outcomes, accepted) = (new List<Outcome<Guid>>(handed.Count), new List<Accepted>(handed.Count));
        foreach (var (by, visit) in handed)
        {
            if (refs.GetValueOrDefault(visit.Household) is not { } household || !by.May(Permissions.HouseholdsRead, household.Area, household.Id))
                outcomes.Add(Refusals.NoHousehold);
            else if (!by.May(Permissions.VisitsRecord, household.Area, household.Id))
                outcomes.Add(Steps.NotPermitted(Permissions.VisitsRecord));
            else if (there.Contains(visit.Id))
                outcomes.Add(visit.Id);
            else if (Check(new(by, visit, household)) is { Count: > 0 } problems)
                outcomes.Add(problems);
            else
            {
                accepted.Add(new(by, visit, household));
                outcomes.Add(visit.Id);
            }
        }
        if (accepted.Count == 0)
            return outcomes;
        var stored = await db.Atomically<int>(async () =>
        {
            await Store(county, accepted, cancel);
            return accepted.Count;
        }, cancel);
        return stored.Succeeded ? outcomes : [.. outcomes.Select(o => o.Succeeded ? stored.Problems.ToList() : o)];
    }

    private async Task Store(string county, List<Accepted> accepted, CancellationToken cancel)
    {
        var visited = accepted.ToDictionary(a => a.Household.Id, a => a.Visit.VisitedOn);
        var keys = visited.Keys.ToList();
        foreach (var monitored in await db.Set<MonitoredObject>()
            .Where(o => o.County == county && keys.Contains(o.HouseholdId) && o.State != ObjectState.Removed).ToListAsync(cancel))
        {
            if (visited[monitored.HouseholdId] is var on && (monitored.VisitedOn is null || monitored.VisitedOn < on))
                (monitored.VisitedOn, monitored.Version) = (on, monitored.Version + 1);
        }
        foreach (var (by, visit, household) in accepted)
        {
            db.Log("casework.visit", household.Area, household.Code, by.Name, today.Clock,
                new { Visit = visit.Id, visit.VisitedOn, visit.Purpose, Visitors = visit.Visitors.Count, Facts = visit.Facts.Count, Problems = visit.Problems.Count });
        }
        await db.SaveChangesAsync(cancel);
        await VisitMap.Write(db, accepted.Select(a => RowOf(a.By, a.Visit, a.Household)), cancel);
        await db.MarkDirty(county, keys, today.Clock, cancel);

        var said = accepted.SelectMany(a => a.Visit.Facts.GroupBy(f => f.Member).Select(g => new Statement(
            a.Household.Id, g.Key, "visit", a.Visit.Id.ToString(), a.Visit.VisitedOn, g.GroupBy(f => f.Attribute).ToDictionary(f => f.Key, f => f.Last().Value)) { By = a.By.Name })).ToList();
        if (said.Count > 0)
            await facts.State(new(new AreaCode(county), accepted[0].By.Name), said, cancel);
        foreach (var visit in accepted)
        {
            foreach (var issue in visit.Issues)
            {
                var reported = await ledger.Report(issue, visit.By, cancel);
                if (!reported.Succeeded)
                    throw new InvalidOperationException($"{visit.Visit.Id}: {reported.Problems[0].What.En}");
            }
        }
    }

    private List<Problem> Check(Accepted handed)
    {
        var (visit, problems) = (handed.Visit, handed.Issues.Select(i => ledger.Check(i, handed.By)).OfType<Problem>().ToList());
        var verifies = visit.Purpose is VisitPurpose.Verification or VisitPurpose.Elimination;
        if (visit.VisitedOn > today.Day)
            problems.Add(Refusals.InFuture);
        if (visit.Visitors.Count == 0 || visit.Visitors.Any(v => string.IsNullOrWhiteSpace(v.Name)))
            problems.Add(Refusals.VisitorsMissing);
        if (verifies && PeopleIn(visit.Visitors) < 2)
            problems.Add(Refusals.TwoInvestigators);
        if (verifies && visit.Mode == VisitMode.ByPhone)
            problems.Add(Refusals.VisitByPhone);
        if (verifies && visit.Signature is null)
            problems.Add(Refusals.SignatureMissing);
        if (verifies && visit.Income is null)
            problems.Add(Steps.Missing(EvidenceKinds.IncomeSheet));
        var missing = Enum.GetValues<VisitSubject>().Where(s => !visit.Findings.ContainsKey(s)).Select(NameOf).ToList();
        if (verifies && missing.Count > 0)
            problems.Add(Refusals.SubjectsMissing(new(string.Join('、', missing.Select(m => m.Zh)), string.Join(", ", missing.Select(m => m.En)))));
        if ((visit.PhotosFollow ? [] : visit.Photos).Append(visit.Signature).OfType<string>().Any(hash => !files.Has(hash)))
            problems.Add(Refusals.FileMissing);
        return problems;
    }

    /// <summary>Different people: an account or a name counts once.</summary>
    public static int PeopleIn(IReadOnlyList<Visitor> visitors) =>
        visitors.Select(v => v.User?.ToString() ?? v.Name.Trim()).Distinct(StringComparer.Ordinal).Count();

    private Visit RowOf(Actor actor, NewVisit visit, HouseholdRef household) => new()
    {
        County = actor.County, Id = visit.Id, HouseholdId = household.Id, Area = household.Area.Digits, VisitedOn = visit.VisitedOn, Purpose = visit.Purpose,
        Mode = visit.Mode, Visitors = JsonSerializer.Serialize(visit.Visitors, JsonTexts.Options), VisitorCount = PeopleIn(visit.Visitors),
        IncomeFen = visit.Income is { } yuan ? Money.FromYuan(yuan) : null, Findings = JsonSerializer.Serialize(visit.Findings, JsonTexts.Options),
        HasProblem = visit.Problems.Count > 0 || visit.Findings.Values.Contains(VisitFinding.Problem), CardOnWall = visit.CardOnWall, YardClean = visit.YardClean,
        Satisfied = visit.Satisfied, Signature = visit.Signature, Photos = JsonSerializer.Serialize(visit.Photos, JsonTexts.Options),
        NotesEnc = secrets.Encrypt(JsonSerializer.Serialize(new VisitNotes(visit.Informant, visit.HeadPresent, visit.Notes, visit.Needs, visit.Answers), JsonTexts.Options)),
        RecordedBy = actor.User, RecordedByName = actor.Name, RecordedAt = today.Clock.GetUtcNow(),
    };

    private static string SubjectOf(VisitSubject subject) => subject switch
    {
        VisitSubject.FoodAndClothing => "living",
        VisitSubject.Education => "education",
        VisitSubject.Medical => "medical",
        VisitSubject.Housing => "housing",
        VisitSubject.Water => "water",
        VisitSubject.IncomeAndWork => "income",
    };

    public static Text NameOf(VisitSubject subject) => subject switch
    {
        VisitSubject.FoodAndClothing => new("不愁吃、不愁穿", "food and clothing"),
        VisitSubject.Education => new("义务教育", "education"),
        VisitSubject.Medical => new("基本医疗", "medical care"),
        VisitSubject.Housing => new("住房安全", "housing"),
        VisitSubject.Water => new("饮水安全", "water"),
        VisitSubject.IncomeAndWork => new("收入与就业", "income and work"),
    };
}
