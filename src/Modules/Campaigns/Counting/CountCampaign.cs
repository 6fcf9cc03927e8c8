using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>A drive's figures as they are kept: for its pages and the wall, and for good once it has ended.</summary>
public sealed class StoredBoard
{
    public required string County { get; init; }
    public required Guid CampaignId { get; init; }
    public required DateOnly AsOf { get; set; }
    public required DateTimeOffset CountedAt { get; set; }

    /// <summary>The county's last event before it was counted; 0 where that was not noted.</summary>
    public long Seq { get; set; }

    /// <summary>JSON of <see cref="Counting.Board"/>.</summary>
    public required string Board { get; set; }
}

/// <summary>Counts a drive: who is in it from the population, the rest from the visits, problems and findings that are there anyway. Nobody reports figures.</summary>
/// <remarks>Pages read what was counted last, since a large county takes seconds. Whatever is signed, hashed or decided is counted at that moment (<see cref="Now"/>).</remarks>
internal sealed class CountCampaign(
    ShouwangDb db, CampaignScope scope, IHouseholdSums sums, IVisitCourse visits, IIssueCourse issues, IFindingCourse findings, KnownBoards known, Today today)
{
    // What these write changes nothing that is counted; of the drive itself only its days do.
    private static readonly string[] Harmless = ["insight.", "access.", "lists.", "backup.", "organisation.", "notices.", "rehearsals.", "campaigns."];

    private const string DatesChanged = "campaigns.dates-changed";

    /// <summary>The drive as it was counted last; of one that has ended, at its end.</summary>
    public async Task<Board> Of(Campaign campaign, CancellationToken cancel) => await Kept(campaign, cancel) ?? Board.Empty(campaign.ClosedOn ?? today.Day);

    /// <summary>What was kept last; null when nothing was.</summary>
    public async Task<Board?> Kept(Campaign campaign, CancellationToken cancel)
    {
        var boards = db.Set<StoredBoard>().AsNoTracking().Where(b => b.County == campaign.County && b.CampaignId == campaign.Id);
        if (await boards.Select(b => new { b.CountedAt, b.Seq }).SingleOrDefaultAsync(cancel) is not { } last)
            return null;
        if (known.Find(campaign.Id, last.CountedAt, last.Seq) is { } board)
            return board;
        return await boards.Select(b => new { b.Board, b.CountedAt, b.Seq }).SingleOrDefaultAsync(cancel) is { } row
            ? known.Keep(campaign.Id, Board.Read(row.Board) with { KeptAt = row.CountedAt }, row.Seq) : null;
    }

    /// <summary>The drive counted at this moment; one that has ended as it was at its end.</summary>
    public Task<Board> Now(Campaign campaign, CancellationToken cancel) => CampaignStates.Open.Contains(campaign.State) ? Count(campaign, cancel) : Of(campaign, cancel);

    /// <summary>Counts it and keeps the figures, in the open unit of work; one that has ended keeps those of its end.</summary>
    public async Task<Board> Keep(Campaign campaign, CancellationToken cancel)
    {
        if (!CampaignStates.Open.Contains(campaign.State))
            return await Of(campaign, cancel);
        // Looked at first: what happens while it is counted is counted once more.
        var at = today.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var seq = await db.Set<Event>().AsNoTracking().Where(e => e.County == campaign.County).MaxAsync(e => (long?)e.Seq, cancel) ?? 0;
        var board = await Count(campaign, cancel);
        // A count that began before another, or before the drive ended, does not replace what came after it.
        await db.Execute("""
            insert into campaign_boards (county, campaign_id, as_of, counted_at, seq, board)
            select county, id, @day, @at, @seq, @board from campaigns where county = @county and id = @campaign and state not in ('Closed', 'Cancelled')
            on conflict (county, campaign_id) do update set as_of = @day, counted_at = @at, seq = @seq, board = @board where campaign_boards.counted_at <= @at
            """, cancel, ("@county", campaign.County), ("@campaign", campaign.Id), ("@day", board.AsOf), ("@at", at), ("@seq", seq), ("@board", board.Write()));
        return board with { KeptAt = DateTimeOffset.FromUnixTimeMilliseconds(at) };
    }

    /// <summary>Whether something happened since a drive was counted that may have changed its figures, or another day has come.</summary>
    public async Task<bool> IsDue(Campaign campaign, CancellationToken cancel)
    {
        if (!CampaignStates.Open.Contains(campaign.State))
            return false;
        var county = campaign.County;
        if (await db.Set<StoredBoard>().AsNoTracking().Where(b => b.County == county && b.CampaignId == campaign.Id).Select(b => new { b.AsOf, b.Seq }).SingleOrDefaultAsync(cancel) is not { } kept
            || kept.AsOf != today.Day)
            return true;
        var since = await db.Set<Event>().AsNoTracking().Where(e => e.County == county && e.Seq > kept.Seq).Select(e => e.Name).Distinct().ToListAsync(cancel);
        return since.Exists(name => name == DatesChanged || !Harmless.Any(h => name.StartsWith(h, StringComparison.Ordinal)));
    }

    /// <summary>Households in scope inside an area that nobody has visited at home yet, by area; at most so many.</summary>
    public async Task<IReadOnlyList<(Guid Household, string Area)>> Unvisited(Campaign campaign, AreaCode within, int limit, CancellationToken cancel)
    {
        var visited = new HashSet<Guid>();
        await visits.Read(within, campaign.FieldFrom, campaign.FieldTo, false, visit =>
        {
            if (visit.Mode == VisitMode.AtHome)
                visited.Add(visit.Household);
        }, cancel);
        return [.. (await scope.Households(campaign, within, today.Day, null, cancel)).Where(h => !visited.Contains(h.Household)).OrderBy(h => h.Area, StringComparer.Ordinal).ThenBy(h => h.Household).Take(limit)];
    }

    private async Task<Board> Count(Campaign campaign, CancellationToken cancel)
    {
        var (plan, county, day) = (campaign.PlanOf(), new AreaCode(campaign.County), today.Day);
        var tally = new Tally(campaign, plan);
        var tables = await CountHouseholds(campaign, plan, county, tally, cancel);
        var (from, to) = (campaign.FieldFrom, day < campaign.FieldTo ? day : campaign.FieldTo);
        if (from <= to)
            await visits.Read(county, from, to, Checklists.NeedsAnswers(plan), tally.Visit, cancel);
        tally.TakeAnswers();
        // What the spot check finds belongs to the drive, too.
        var end = day < campaign.EndsOn ? day : campaign.EndsOn;
        if (campaign.StartedOn <= day && from <= end)
        {
            foreach (var issue in await issues.Found(county, from, end, cancel))
                tally.Issue(issue, day);
        }
        foreach (var finding in await findings.Of(county, campaign.StagesOf()[0].From, end, cancel))
            tally.Finding(finding);
        return tally.ToBoard(day) with { Village = tables.Village, County = tables.County };
    }

    /// <summary>One scan answers who is in scope, whose table is complete, which values are there, what records say about the checklist, and what stands in village tables and the county table.</summary>
    private async Task<(IReadOnlyList<TableFigures> Village, IReadOnlyList<TableFigures> County)> CountHouseholds(
        Campaign campaign, CampaignTemplate plan, AreaCode county, Tally tally, CancellationToken cancel)
    {
        foreach (var (household, area) in await scope.Households(campaign, county, today.Day, null, cancel))
            tally.Household(household, area);
        List<TableColumn> tables = [.. plan.VillageTable.Concat(plan.CountyTable).Where(c => !c.IsEntered)];
        List<(HouseholdSum Sum, Action<string, int> Take)> asked =
        [
            (Sum(Complete(plan)), (area, count) => tally.At(area).Complete += count),
        ];
        foreach (var column in plan.HouseholdTable)
        {
            asked.Add((Sum(column.When ?? "true"), (area, count) => tally.Required(column.Code, area, count)));
            asked.Add((Sum($"({column.When ?? "true"}) && has({column.Of})"), (area, count) => tally.Known(column.Code, area, count)));
        }
        foreach (var item in plan.Checklist.Where(i => i.When is not null))
        {
            asked.Add((Sum(item.When!), (area, count) => tally.Recorded(item.Code, area, Answer.Fine, count)));
            asked.Add((Sum($"!({item.When})"), (area, count) => tally.Recorded(item.Code, area, Answer.Problem, count)));
        }
        var counted = (await sums.ByArea(county, today.Day, [.. asked.Select(a => a.Sum), .. tables.Select(SumOf)], cancel))
            .Select(places => places.Where(p => campaign.Contains(new(p.Area))).ToDictionary(p => p.Area, p => p.Sum)).ToList();
        foreach (var ((_, take), places) in asked.Zip(counted))
        {
            foreach (var (area, sum) in places)
                take(area, (int)sum);
        }
        var figures = tables.Zip(counted.Skip(asked.Count), (column, places) => new TableFigures(column.Code, places)).ToList();
        var ofVillages = plan.VillageTable.Count(c => !c.IsEntered);
        return (figures[..ofVillages], figures[ofVillages..]);

        HouseholdSum Sum(string condition) => new(scope.And(campaign, condition), null);
        HouseholdSum SumOf(TableColumn column) => new(column.When is { } when ? scope.Compiled(when, RuleType.Bool) : null, column.Sum is { } sum ? scope.Compiled(sum, null) : null);
    }

    /// <summary>The condition that a household's table has every value it needs.</summary>
    public static string Complete(CampaignTemplate plan) => plan.HouseholdTable.Count == 0 ? "true"
        : string.Join(" && ", plan.HouseholdTable.Select(c => c.When is null ? $"has({c.Of})" : $"!(({c.When}) && !has({c.Of}))"));
}

internal sealed class StoredBoardMap : IEntityTypeConfiguration<StoredBoard>
{
    public void Configure(EntityTypeBuilder<StoredBoard> map)
    {
        map.ToTable("campaign_boards");
        map.HasKey(b => new { b.County, b.CampaignId });
        map.HasOne<Campaign>().WithMany().HasForeignKey(b => new { b.County, b.CampaignId });
    }
}
