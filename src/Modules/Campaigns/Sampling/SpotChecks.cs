using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Sampling;

/// <summary>How a spot check is to be drawn.</summary>
/// <param name="Seed">Null: one is made up and recorded.</param>
/// <param name="Percent">Null, as <paramref name="Least"/>: as the plan says.</param>
public sealed record DrawWishes(AreaCode Within, string? Seed = null, decimal? Percent = null, int? Least = null);

/// <summary>A spot check with how far it is.</summary>
public sealed record SampleRow(
    Guid Id, int Number, string Seed, decimal Percent, int Least, AreaCode Area, int Frame, string FrameHash, DateOnly DrawnOn, string DrawnBy, IReadOnlyList<Stratum> Strata, int Drawn, int Agrees, int Differs)
{
    public int Waiting => Drawn - Agrees - Differs;
}

/// <summary>A household of a sample.</summary>
/// <param name="Words">What differs; null for those who do not read what may speak of illness.</param>
public sealed record SampledRow(
    Guid Household, string Code, AreaCode Area, string Stratum, int Position, Guid? Team, CheckResult Result, string? Words, Guid? Issue, DateOnly? CheckedOn, string? CheckedBy);

/// <summary>Whether the sample comes out the same when it is drawn again.</summary>
/// <param name="SameFrame">The households that could be drawn are those of that day.</param>
/// <param name="Joined">Drawn now and not then; <paramref name="Left"/> the other way round.</param>
public sealed record DrawnAgain(bool SameFrame, int Frame, IReadOnlyList<string> Joined, IReadOnlyList<string> Left)
{
    public bool Same => Joined.Count == 0 && Left.Count == 0;
}

/// <summary>Draws spot checks, hands them to a team, and takes in what was found.</summary>
internal sealed class SpotChecks(
    ShouwangDb db, FindCampaign find, CampaignScope scope, IResidents residents, IVisitCourse visits, ILedger ledger, TeamRoster teams, Secrets secrets, Today today)
{
    public Task<Outcome<Guid>> Draw(Actor actor, Guid id, DrawWishes wishes, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var (campaign, plan) = (found.Value, found.Value.PlanOf().Sampling);
        if (!actor.May(Permissions.CampaignsDraw, wishes.Within))
            return Steps.NotPermitted(Permissions.CampaignsDraw);
        var (percent, least) = (wishes.Percent ?? plan.Percent, wishes.Least ?? plan.Least);
        if (percent is < 0 or > 100 || least is < 0 or > 1000 || percent == 0 && least == 0)
            return Refusals.BadPlan;
        var seed = string.IsNullOrWhiteSpace(wishes.Seed) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) : wishes.Seed.Trim();
        if (seed.Length > 40 || !seed.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return Refusals.BadSeed;
        var frame = await Frame(campaign, wishes.Within, plan.Apart, cancel);
        if (frame.Count == 0)
            return Refusals.NobodyToDraw;
        var number = 1 + (await db.Set<Sample>().Where(s => s.County == campaign.County && s.CampaignId == id).Select(s => (int?)s.Number).MaxAsync(cancel) ?? 0);
        var sample = new Sample
        {
            County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id, Number = number, Seed = seed, Percent = percent.ToString(CultureInfo.InvariantCulture), Least = least, Apart = plan.Apart,
            Area = wishes.Within.Digits, FrameCount = frame.Count, FrameHash = Sampling.Draw.FrameHash(frame),
            Strata = JsonSerializer.Serialize(Sampling.Draw.Strata(frame, percent, least), JsonTexts.Options), DrawnOn = today.Day, DrawnBy = actor.User, DrawnByName = actor.DisplayName,
        };
        db.Add(sample);
        var examiners = await Examiners(actor, campaign, cancel);
        foreach (var (position, drawn) in Sampling.Draw.Sample(frame, seed, percent, least).Index())
        {
            db.Add(new SampledHousehold
            {
                County = campaign.County, SampleId = sample.Id, HouseholdId = drawn.Household, Code = drawn.Code, Area = drawn.Area, Stratum = drawn.Stratum, Position = position + 1,
                TeamId = examiners.GetValueOrDefault(TeamRoster.TownshipOf(new(drawn.Area)).Digits),
            });
        }
        db.Log("campaigns.sample-drawn", wishes.Within, campaign.Code, actor.Name, today.Clock, new { Sample = sample.Id, seed, percent, least, sample.FrameCount, sample.FrameHash });
        await db.SaveChangesAsync(cancel);
        return sample.Id;
    }, cancel);

    /// <summary>What was found at a household. Where it differs, the difference is entered in the ledger.</summary>
    /// <param name="kind">The kind of problem, and <paramref name="words"/> what differs; both only where it differs.</param>
    public Task<Outcome<CheckResult>> Record(Actor actor, Guid sample, Guid household, bool agrees, string? kind, string? words, CancellationToken cancel) => db.Atomically<CheckResult>(async () =>
    {
        if (await db.Set<SampledHousehold>().VisibleTo(actor, Permissions.CampaignsRead).SingleOrDefaultAsync(s => s.SampleId == sample && s.HouseholdId == household, cancel) is not { } row)
            return Refusals.NotSampled;
        var owner = await db.Set<Sample>().AsNoTracking().SingleAsync(s => s.County == row.County && s.Id == sample, cancel);
        var found = await find.ToChange(actor, owner.CampaignId, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var (campaign, area) = (found.Value, new AreaCode(row.Area));
        if (!actor.May(Permissions.CampaignsCheck, area))
            return Steps.NotPermitted(Permissions.CampaignsCheck);
        if (row.Result != CheckResult.Waiting)
            return Refusals.ResultThere;
        if (!agrees && (string.IsNullOrWhiteSpace(kind) || string.IsNullOrWhiteSpace(words)))
            return Refusals.SayWhatDiffers;
        var own = false;
        await visits.Read(area, campaign.FieldFrom, campaign.FieldTo, false, v => own |= v.Household == household && v.By == actor.User, cancel);
        if (own)
            return Refusals.OwnVisit;
        if (!agrees)
        {
            var issue = await ledger.Report(new("inspection", sample, area, household, kind!, words!.Trim(), today.Day), actor, cancel);
            if (!issue.Succeeded)
                return issue.Problems.ToList();
            (row.IssueId, row.WordsEnc) = (issue.Value, secrets.Encrypt(words.Trim()));
        }
        (row.Result, row.CheckedOn, row.CheckedBy, row.CheckedByName) = (agrees ? CheckResult.Agrees : CheckResult.Differs, today.Day, actor.User, actor.DisplayName);
        row.Version++;
        db.Log("campaigns.sample-checked", area, row.Code, actor.Name, today.Clock, new { Sample = sample, row.Result, Issue = row.IssueId });
        await db.SaveChangesAsync(cancel);
        return row.Result;
    }, cancel);

    /// <summary>Spot checks of a drive, the latest first, with what was found inside an area.</summary>
    public async Task<IReadOnlyList<SampleRow>> List(Campaign campaign, AreaCode within, CancellationToken cancel)
    {
        var (county, id, from, to) = (campaign.County, campaign.Id, within.Digits, within.RangeEnd);
        var samples = await db.Set<Sample>().AsNoTracking().Where(s => s.County == county && s.CampaignId == id).OrderByDescending(s => s.Number).ToListAsync(cancel);
        var ids = samples.Select(s => s.Id).ToList();
        var results = await db.Set<SampledHousehold>().AsNoTracking().Where(h => h.County == county && ids.Contains(h.SampleId) && string.Compare(h.Area, from) >= 0 && string.Compare(h.Area, to) < 0)
            .GroupBy(h => new { h.SampleId, h.Result }).Select(g => new { g.Key.SampleId, g.Key.Result, Count = g.Count() }).ToListAsync(cancel);
        int Count(Guid sample, CheckResult? result) => results.Where(r => r.SampleId == sample && (result is null || r.Result == result)).Sum(r => r.Count);
        return [.. samples.Select(s => new SampleRow(s.Id, s.Number, s.Seed, s.PercentOf(), s.Least, new(s.Area), s.FrameCount, s.FrameHash, s.DrawnOn, s.DrawnByName, s.StrataOf(),
            Count(s.Id, null), Count(s.Id, CheckResult.Agrees), Count(s.Id, CheckResult.Differs)))];
    }

    /// <summary>The households of a sample inside the actor's area, in the order of villages.</summary>
    public async Task<IReadOnlyList<SampledRow>> Households(Actor actor, Guid sample, CancellationToken cancel) =>
        [.. (await db.Set<SampledHousehold>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsRead).Where(s => s.SampleId == sample).OrderBy(s => s.Area).ThenBy(s => s.Position).ToListAsync(cancel))
            .Select(s => new SampledRow(s.HouseholdId, s.Code, new(s.Area), s.Stratum, s.Position, s.TeamId, s.Result, actor.SeesMasked ? null : secrets.Decrypt(s.WordsEnc), s.IssueId, s.CheckedOn, s.CheckedByName))];

    /// <summary>Draws a sample again with its seed among the households there are now.</summary>
    public async Task<DrawnAgain?> Again(Campaign campaign, Guid sample, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        if (await db.Set<Sample>().AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.CampaignId == id && s.Id == sample, cancel) is not { } kept)
            return null;
        var then = (await db.Set<SampledHousehold>().AsNoTracking().Where(h => h.County == county && h.SampleId == sample).Select(h => h.Code).ToListAsync(cancel)).ToHashSet();
        var frame = await Frame(campaign, new(kept.Area), kept.Apart, cancel);
        var now = Sampling.Draw.Sample(frame, kept.Seed, kept.PercentOf(), kept.Least).Select(c => c.Code).ToHashSet();
        return new(Sampling.Draw.FrameHash(frame) == kept.FrameHash, frame.Count, [.. now.Except(then).Order(StringComparer.Ordinal)], [.. then.Except(now).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Who can be drawn: every household in scope, by township, those of the condition apart.</summary>
    private async Task<IReadOnlyList<Candidate>> Frame(Campaign campaign, AreaCode within, string? apart, CancellationToken cancel)
    {
        var households = await scope.Households(campaign, within, today.Day, null, cancel);
        var special = apart is null ? [] : (await scope.Households(campaign, within, today.Day, apart, cancel)).Select(h => h.Household).ToHashSet();
        var codes = (await residents.Households(campaign.County, [.. households.Select(h => h.Household)], cancel)).ToDictionary(r => r.Id, r => r.Code);
        return [.. households.Where(h => codes.ContainsKey(h.Household)).Select(h =>
            new Candidate(h.Household, codes[h.Household], h.Area, TeamRoster.TownshipOf(new(h.Area)).Digits + (special.Contains(h.Household) ? "+" : "")))];
    }

    /// <summary>The first examination team of each township, else one of the county, to go to what is drawn there.</summary>
    private async Task<Dictionary<string, Guid?>> Examiners(Actor actor, Campaign campaign, CancellationToken cancel)
    {
        var kinds = campaign.PlanOf().Teams.Where(t => t.Duty == Platform.Policy.TeamDuty.Examination).Select(t => t.Code).ToHashSet();
        return (await teams.List(actor, campaign.Id, new(campaign.County), null, cancel)).Where(t => kinds.Contains(t.Kind)).GroupBy(t => TeamRoster.TownshipOf(t.Area).Digits)
            .ToDictionary(g => g.Key, g => (Guid?)g.First().Id);
    }
}
