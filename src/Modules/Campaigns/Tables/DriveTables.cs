using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Tables;

/// <summary>A value of a table.</summary>
/// <param name="Value">Null while nobody knows it.</param>
/// <param name="On">The day it stands for; of a counted one the day of the count.</param>
/// <param name="By">Who entered it; null for counted ones.</param>
/// <param name="User">The same by account.</param>
/// <param name="ByPhone">It was entered on a phone.</param>
public sealed record TableCell(string? Value, DateOnly? On, string? By, Guid? User = null, bool ByPhone = false);

/// <summary>The table of a village, or a department's part of the county table.</summary>
/// <param name="Department">Null for villages.</param>
/// <param name="Cells">By column.</param>
/// <param name="CheckedBy">Who confirmed it, and when.</param>
public sealed record TableRow(AreaCode Area, string? Department, IReadOnlyDictionary<string, TableCell> Cells, string? CheckedBy, DateOnly? CheckedOn)
{
    /// <summary>Values nobody knows.</summary>
    public int Missing => Cells.Values.Count(c => c.Value is null);

    /// <summary>Everything is known and somebody confirmed it.</summary>
    public bool Done => Missing == 0 && CheckedBy is not null;
}

/// <summary>A household in scope whose table lacks values.</summary>
public sealed record IncompleteHousehold(Guid Household, AreaCode Area, IReadOnlyList<TableColumn> Missing);

/// <summary>Village tables 村表 and the county table 县表 of a drive: what households show is counted, the rest is entered once; and which households' tables 户表 lack what.</summary>
internal sealed class DriveTables(ShouwangDb db, FindCampaign find, CampaignScope scope, CountCampaign count, IHouseholdSums sums, IAreas areas, Today today)
{
    // Then a value is to be entered again.
    private const int GoodForYears = 1;

    /// <summary>The tables of all villages of the drive inside an area, in the order of codes.</summary>
    /// <param name="board">With the values that are counted.</param>
    public async Task<IReadOnlyList<TableRow>> Villages(Campaign campaign, Board board, AreaCode within, CancellationToken cancel)
    {
        var plan = campaign.PlanOf();
        var villages = (await areas.Of(campaign.County, cancel)).All.Select(a => a.Code).Where(a => a.Level == AreaLevel.Village && within.Contains(a) && campaign.Contains(a)).ToList();
        var counted = board.Village.ToDictionary(t => t.Column, t => t.Places);
        var entered = await Entered(campaign, within, cancel);
        var confirmed = (await Checks(campaign, cancel)).Where(c => c.Department.Length == 0).ToDictionary(c => c.Area);
        return [.. villages.Select(v => Row(v, null, plan.VillageTable, column => counted.GetValueOrDefault(column.Code)?.GetValueOrDefault(v.Digits) ?? 0, entered, confirmed.GetValueOrDefault(v.Digits), board.AsOf))];
    }

    /// <summary>The county table, department by department in the order of the plan.</summary>
    /// <param name="board">With the values that are counted.</param>
    public async Task<IReadOnlyList<TableRow>> County(Campaign campaign, Board board, CancellationToken cancel)
    {
        var (plan, county) = (campaign.PlanOf(), new AreaCode(campaign.County));
        var counted = board.County.ToDictionary(t => t.Column, t => t.Places.Values.Sum());
        var entered = await Entered(campaign, county, cancel);
        var confirmed = (await Checks(campaign, cancel)).Where(c => c.Department.Length > 0).ToDictionary(c => c.Department);
        return [.. plan.CountyTable.GroupBy(c => c.Department!).Select(g => Row(county, g.Key, [.. g], column => counted.GetValueOrDefault(column.Code), entered, confirmed.GetValueOrDefault(g.Key), board.AsOf))];
    }

    /// <summary>Households in scope whose table is not complete, with what they lack, by area; at most so many.</summary>
    public async Task<IReadOnlyList<IncompleteHousehold>> Incomplete(Campaign campaign, AreaCode within, int limit, CancellationToken cancel)
    {
        var columns = campaign.PlanOf().HouseholdTable;
        var lacking = new Dictionary<Guid, (string Area, List<TableColumn> Columns)>();
        await sums.Each(within, today.Day, [.. columns.Select(c => new HouseholdSum(scope.And(campaign, c.When, $"!has({c.Of})"), null))], part =>
        {
            if (!campaign.Contains(new(part.Area)))
                return;
            if (!lacking.TryGetValue(part.Household, out var found))
                lacking.Add(part.Household, found = (part.Area, []));
            found.Columns.Add(columns[part.Sum]);
        }, cancel);
        return [.. lacking.OrderBy(l => l.Value.Area, StringComparer.Ordinal).ThenByDescending(l => l.Value.Columns.Count).Take(limit).Select(l => new IncompleteHousehold(l.Key, new(l.Value.Area), l.Value.Columns))];
    }

    /// <summary>Enters values of a village, or of the county. What is entered again replaces what was there; the old value is kept.</summary>
    /// <param name="values">By column; empty texts are passed over.</param>
    public Task<Outcome<int>> Enter(Actor actor, Guid id, AreaCode area, IReadOnlyDictionary<string, string> values, CancellationToken cancel) => db.Atomically<int>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (!actor.May(Permissions.CampaignsTables, area))
            return Steps.NotPermitted(Permissions.CampaignsTables);
        if (area.Level is not (AreaLevel.Village or AreaLevel.County) || area.Level == AreaLevel.Village && !campaign.Contains(area))
            return Refusals.OutsideScope(area.Digits);
        var (count, problems, _) = await Store(actor, campaign, area, today.Day, null, values, cancel);
        return problems.Count > 0 ? problems : count;
    }, cancel);

    /// <summary>Stores values that are right, in the open unit of work; who asks may enter them.</summary>
    /// <param name="submission">What a phone handed in; null at the desk, where one wrong value keeps the others back, too.</param>
    /// <returns>How many were stored, what is wrong, and columns of which somebody said something else on a later day.</returns>
    internal async Task<(int Count, List<Problem> Problems, IReadOnlyList<TableColumn> Later)> Store(
        Actor actor, Campaign campaign, AreaCode area, DateOnly on, Guid? submission, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var columns = area.Level == AreaLevel.Village ? campaign.PlanOf().VillageTable : campaign.PlanOf().CountyTable;
        var (problems, later, touched, right) = (new List<Problem>(), new List<TableColumn>(), new HashSet<string>(), new List<(TableColumn Column, string Value)>());
        var known = await Entered(campaign, area, cancel);
        foreach (var (code, given) in values.Where(v => !string.IsNullOrWhiteSpace(v.Value)))
        {
            var column = columns.FirstOrDefault(c => c.Code == code && c.IsEntered);
            if (column is null)
                problems.Add(Refusals.NoColumn(code));
            else if (column.Department is { } department && actor.Role == Role.IndustryDept && department != actor.Department)
                problems.Add(Steps.NotPermitted(Permissions.CampaignsTables));
            else if (Read(column, given) is not { } value)
                problems.Add(Refusals.BadValue(column.Title, given.Trim(), column.Least));
            else
                right.Add((column, value));
        }
        if (problems.Count > 0 && submission is null)
            return (0, problems, later);
        // The same said again within a drive is nothing new; from before the drive it is: somebody has looked again.
        var begun = campaign.StagesOf()[0].From;
        right.RemoveAll(r => known.GetValueOrDefault((area.Digits, r.Column.Code)) is { } there && there.Value == r.Value && (there.ObservedOn >= begun || there.ObservedOn >= on));
        foreach (var (column, value) in right)
        {
            if (known.GetValueOrDefault((area.Digits, column.Code)) is { } there && there.ObservedOn > on)
                later.Add(column);
            else if (known.GetValueOrDefault((area.Digits, column.Code))?.Value != value)
                touched.Add(column.Department ?? "");
            db.Add(new TableValue
            {
                County = campaign.County, Id = Guid.CreateVersion7(), Area = area.Digits, Code = column.Code, Value = value, ObservedOn = on, EnteredBy = actor.User,
                EnteredByName = actor.DisplayName, EnteredAt = today.Clock.GetUtcNow(), SubmissionId = submission,
            });
        }
        if (right.Count > 0)
        {
            // What was confirmed was another table.
            var (county, place, id) = (campaign.County, area.Digits, campaign.Id);
            if (CampaignStates.Open.Contains(campaign.State))
                db.RemoveRange(await db.Set<TableCheck>().Where(c => c.County == county && c.CampaignId == id && c.Area == place && touched.Contains(c.Department)).ToListAsync(cancel));
            db.Log("campaigns.table-entered", area, campaign.Code, actor.Name, today.Clock, new { Values = right.Count, Submission = submission });
            await db.SaveChangesAsync(cancel);
        }
        return (right.Count, problems, later);
    }

    /// <summary>Confirms a village's tables, or a department's part of the county table: complete, and not by whoever entered all of it.</summary>
    /// <param name="department">Null for a village.</param>
    public Task<Outcome<Guid>> Confirm(Actor actor, Guid id, AreaCode area, string? department, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        if (!actor.May(Permissions.CampaignsConfirm, area))
            return Steps.NotPermitted(Permissions.CampaignsConfirm);
        // Counted values are always known, so that what was counted last will do.
        var board = await count.Of(found.Value, cancel);
        var row = department is null ? (await Villages(found.Value, board, area, cancel)).FirstOrDefault(r => r.Area == area) : (await County(found.Value, board, cancel)).FirstOrDefault(r => r.Department == department);
        if (row is null)
            return Refusals.OutsideScope(area.Digits);
        if (row.CheckedBy is not null)
            return Refusals.CheckedAlready;
        if (row.Missing > 0)
            return Refusals.TableIncomplete(row.Missing);
        var people = row.Cells.Values.Select(c => c.User).OfType<Guid>().Distinct().ToList();
        if (people is [var one] && one == actor.User)
            return Refusals.OwnTable;
        var check = new TableCheck
        {
            County = found.Value.County, Id = Guid.CreateVersion7(), CampaignId = id, Area = area.Digits, Department = department ?? "", CheckedOn = today.Day, CheckedBy = actor.User, CheckedByName = actor.DisplayName,
        };
        db.Add(check);
        db.Log("campaigns.table-checked", area, found.Value.Code, actor.Name, today.Clock, new { department });
        return check.Id;
    }, cancel);

    /// <summary>What the tables of a drive that are confirmed are about: villages, and departments with the county.</summary>
    public async Task<IReadOnlyList<TableCheck>> Checks(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return await db.Set<TableCheck>().AsNoTracking().Where(c => c.County == county && c.CampaignId == id).ToListAsync(cancel);
    }

    private static TableRow Row(
        AreaCode area, string? department, IReadOnlyList<TableColumn> columns, Func<TableColumn, decimal> counted, Dictionary<(string, string), TableValue> entered, TableCheck? check, DateOnly asOf) =>
        new(area, department, columns.ToDictionary(c => c.Code, c => !c.IsEntered ? new TableCell(counted(c).ToString("0.##", CultureInfo.InvariantCulture), asOf, null)
            : entered.GetValueOrDefault((area.Digits, c.Code)) is { } value ? new(value.Value, value.ObservedOn, value.EnteredByName, value.EnteredBy, value.SubmissionId is not null) : new(null, null, null)), check?.CheckedByName, check?.CheckedOn);

    /// <summary>What was entered last for each place and column, of a drive that has ended by its end.</summary>
    internal async Task<Dictionary<(string Area, string Code), TableValue>> Entered(Campaign campaign, AreaCode within, CancellationToken cancel)
    {
        var day = campaign.ClosedOn ?? today.Day;
        var (county, from, to, since) = (campaign.County, within.Digits, within.RangeEnd, day.AddYears(-GoodForYears));
        var values = await db.Set<TableValue>().AsNoTracking()
            .Where(v => v.County == county && v.ObservedOn >= since && v.ObservedOn <= day && string.Compare(v.Area, from) >= 0 && string.Compare(v.Area, to) < 0)
            .OrderBy(v => v.ObservedOn).ThenBy(v => v.EnteredAt).ThenBy(v => v.Id).ToListAsync(cancel);
        return values.GroupBy(v => (v.Area, v.Code)).ToDictionary(g => g.Key, g => g.Last());
    }

    private static string? Read(TableColumn column, string given) => column.IsFlag ? given.Trim() is "true" or "false" ? given.Trim() : null
        : decimal.TryParse(given.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= column.Least && number < 1_000_000_000m
            ? number.ToString("0.####", CultureInfo.InvariantCulture) : null;
}
