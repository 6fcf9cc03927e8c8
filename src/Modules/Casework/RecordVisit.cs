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

/// <summary>Records a visit: what was stated goes to the register, what was wrong to the ledger.</summary>
internal sealed class RecordVisit(ShouwangDb db, IHouseholds households, IFacts facts, ILedger ledger, Secrets secrets, Files files, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, NewVisit visit, CancellationToken cancel)
    {
        if (await households.Find(actor, visit.Household.ToString(), cancel) is not { } household)
            return Refusals.NoHousehold;
        if (!actor.May(Permissions.VisitsRecord, household.Area, household.Id))
            return Steps.NotPermitted(Permissions.VisitsRecord);
        if (await db.Set<Visit>().AnyAsync(v => v.County == actor.County && v.Id == visit.Id, cancel))
            return visit.Id;
        if (Check(visit) is { Count: > 0 } problems)
            return problems;

        return await db.Atomically<Guid>(async () =>
        {
            db.Add(RowOf(actor, visit, household));
            var monitored = await db.Set<MonitoredObject>().SingleOrDefaultAsync(
                o => o.County == actor.County && o.HouseholdId == household.Id && o.State != ObjectState.Removed, cancel);
            if (monitored is not null && (monitored.VisitedOn is null || monitored.VisitedOn < visit.VisitedOn))
                (monitored.VisitedOn, monitored.Version) = (visit.VisitedOn, monitored.Version + 1);
            db.Log("casework.visit", household.Area, household.Code, actor.Name, today.Clock,
                new { Visit = visit.Id, visit.VisitedOn, visit.Purpose, Visitors = visit.Visitors.Count, Facts = visit.Facts.Count, Problems = visit.Problems.Count });
            await db.SaveChangesAsync(cancel);

            await State(actor, visit, household, cancel);
            foreach (var problem in visit.Problems)
            {
                var reported = await ledger.Report(new("visit", visit.Id, household.Area, household.Id, SubjectOf(problem.Subject), problem.Problem,
                    visit.VisitedOn, problem.Fixed, problem.Photo), actor, cancel);
                if (!reported.Succeeded)
                    return reported.Problems.ToList();
            }
            return visit.Id;
        }, cancel);
    }

    private async Task State(Actor actor, NewVisit visit, HouseholdRef household, CancellationToken cancel)
    {
        var statements = visit.Facts.GroupBy(f => f.Member).Select(g => new Statement(household.Id, g.Key, "visit", visit.Id.ToString(), visit.VisitedOn,
            g.GroupBy(f => f.Attribute).ToDictionary(a => a.Key, a => a.Last().Value))).ToList();
        if (statements.Count > 0)
            await facts.State(new(household.Area, actor.Name), statements, cancel);
    }

    private List<Problem> Check(NewVisit visit)
    {
        var problems = new List<Problem>();
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
