using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>Lists of households and searches for people, page by page without counting past pages.</summary>
internal sealed class HouseholdSearch(ShouwangDb db, Secrets secrets, Areas areas)
{
    private static readonly string None = nameof(MonitoringCategory.None), NotEliminated = nameof(EliminationKind.NotEliminated);

    private static readonly string[] Registered =
        [.. Enum.GetValues<RegistryStatus>().Where(s => RegistryTerms.IsRegistered(s) == true).Select(s => s.ToString())];

    public async Task<HouseholdPage> Run(Actor actor, HouseholdFilter filter, CancellationToken cancel)
    {
        var take = Math.Clamp(filter.Take, 1, 500);
        var text = CellText.Clean(filter.Text);
        var found = text.Length == 0
            ? await Plain(actor, filter, take, cancel)
            : await ForText(actor, filter, text, take, cancel);
        var rows = await Rows(actor.County, found.Take(take).ToList(), cancel);
        return new(rows, found.Count > take ? found[take - 1].Place : null);
    }

    /// <param name="Match">The member found, or null.</param>
    /// <param name="Place">Where a page that ends here continues.</param>
    private sealed record Found(Household Household, string? Match, string Place);

    private async Task<List<Found>> Plain(Actor actor, HouseholdFilter filter, int take, CancellationToken cancel)
    {
        var households = Narrow(actor, filter);
        if (After(filter) is [var area, var code])
            // The first condition follows from the second; said by itself it tells the database where in the index to begin.
            households = households.Where(h => string.Compare(h.Area, area) >= 0 && (string.Compare(h.Area, area) > 0 || string.Compare(h.Code, code) > 0));
        var page = await households.OrderBy(h => h.Area).ThenBy(h => h.Code).Take(take + 1).ToListAsync(cancel);
        return [.. page.Select(h => new Found(h, null, Place(h.Area, h.Code)))];
    }

    private async Task<List<Found>> ForText(Actor actor, HouseholdFilter filter, string text, int take, CancellationToken cancel)
    {
        var code = CellText.Code(text);
        if (code.Length >= 15 && CitizenId.HasValidCheck(code.AsSpan(0, Math.Min(code.Length, 18))))
        {
            var hash = secrets.Hash(code[..18])!;
            return await Exact(actor, filter, m => m.Where(x => x.IdHash == hash), h => h.Where(x => x.HeadIdHash == hash), take, cancel);
        }
        if (code.Length is >= 7 and <= 12 && !code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            var hash = secrets.Hash(code)!;
            var byPhone = await Exact(actor, filter, m => m.Where(x => x.PhoneHash == hash), h => h.Where(x => x.PhoneHash == hash), take, cancel);
            if (byPhone.Count > 0)
                return byPhone;
        }
        if (char.IsAsciiDigit(code[0]))
            return await ByCode(actor, filter, code, take, cancel);
        return char.IsAsciiLetter(code[0])
            ? await ByMember(actor, filter, code.ToLowerInvariant(), initials: true, take, cancel)
            : await ByMember(actor, filter, CellText.PersonName(text), initials: false, take, cancel);
    }

    private async Task<List<Found>> Exact(
        Actor actor, HouseholdFilter filter, Func<IQueryable<Member>, IQueryable<Member>> ofMember, Func<IQueryable<Household>, IQueryable<Household>> ofHousehold,
        int take, CancellationToken cancel)
    {
        var county = actor.County;
        var members = await ofMember(db.Set<Member>().AsNoTracking().Where(m => m.County == county)).Take(take + 1).ToListAsync(cancel);
        var ids = members.Select(m => m.HouseholdId).ToList();
        ids.AddRange(await ofHousehold(db.Set<Household>().Where(h => h.County == county)).Select(h => h.Id).Take(take + 1).ToListAsync(cancel));
        var named = members.DistinctBy(m => m.HouseholdId).ToDictionary(m => m.HouseholdId, m => m.Name);
        var page = await Narrow(actor, filter).Where(h => ids.Contains(h.Id)).OrderBy(h => h.Area).ThenBy(h => h.Code).ToListAsync(cancel);
        return [.. page.Take(take).Select(h => new Found(h, named.GetValueOrDefault(h.Id), ""))];
    }

    private async Task<List<Found>> ByCode(Actor actor, HouseholdFilter filter, string code, int take, CancellationToken cancel)
    {
        var (after, end) = (After(filter) is [var last] ? last : "", code + ":");
        var households = Narrow(actor, filter).Where(h => string.Compare(h.Code, code) >= 0 && string.Compare(h.Code, end) < 0);
        if (after.Length > 0)
            households = households.Where(h => string.Compare(h.Code, after) > 0);
        var page = await households.OrderBy(h => h.Code).Take(take + 1).ToListAsync(cancel);
        if (page.Count > 0 || after.Length > 0)
            return [.. page.Select(h => new Found(h, null, Place(h.Code)))];
        return await Exact(actor, filter, m => m.Where(x => string.Compare(x.Code, code) >= 0 && string.Compare(x.Code, end) < 0), h => h.Where(_ => false), take, cancel);
    }

    private async Task<List<Found>> ByMember(Actor actor, HouseholdFilter filter, string prefix, bool initials, int take, CancellationToken cancel)
    {
        var members = db.Set<Member>().AsNoTracking().VisibleTo(actor, Permissions.HouseholdsRead, m => m.HouseholdId);
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            members = members.Where(m => string.Compare(m.Area, from) >= 0 && string.Compare(m.Area, to) < 0);
        }
        var end = prefix[..^1] + (char)(prefix[^1] + 1);
        members = initials
            ? members.Where(m => string.Compare(m.Initials, prefix) >= 0 && string.Compare(m.Initials, end) < 0)
            : members.Where(m => string.Compare(m.Name, prefix) >= 0 && string.Compare(m.Name, end) < 0);
        if (After(filter) is [var word, var code])
            members = initials
                ? members.Where(m => string.Compare(m.Initials, word) >= 0 && (string.Compare(m.Initials, word) > 0 || string.Compare(m.Code, code) > 0))
                : members.Where(m => string.Compare(m.Name, word) >= 0 && (string.Compare(m.Name, word) > 0 || string.Compare(m.Code, code) > 0));

        var joined = members.Join(Narrow(actor, filter), m => new { m.County, Id = m.HouseholdId }, h => new { h.County, h.Id }, (Member, Household) => new { Member, Household });
        var ordered = initials ? joined.OrderBy(j => j.Member.Initials).ThenBy(j => j.Member.Code) : joined.OrderBy(j => j.Member.Name).ThenBy(j => j.Member.Code);
        var page = await ordered.Take(take + 1).ToListAsync(cancel);
        return [.. page.Select(j => new Found(j.Household, j.Member.Name, Place((initials ? j.Member.Initials : j.Member.Name)!, j.Member.Code)))];
    }

    private IQueryable<Household> Narrow(Actor actor, HouseholdFilter filter)
    {
        var households = db.Set<Household>().AsNoTracking().VisibleTo(actor, Permissions.HouseholdsRead, h => h.Id);
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            households = households.Where(h => string.Compare(h.Area, from) >= 0 && string.Compare(h.Area, to) < 0);
        }
        if (filter.Status is { } status && status.ToString() is var name)
            households = households.Where(h => h.Status == name);
        if (filter.Registered is { } registered)
            households = registered ? households.Where(h => Registered.Contains(h.Status)) : households.Where(h => h.Status != null && !Registered.Contains(h.Status));
        if (filter.Category is { } category && category.ToString() is var term)
            households = households.Where(h => h.MonCat == term);
        if (filter.Monitored is { } monitored)
            households = monitored
                ? households.Where(h => h.MonCat != None && (h.ElimState == null || h.ElimState == NotEliminated))
                : households.Where(h => h.MonCat == None || h.ElimState != null && h.ElimState != NotEliminated);
        if (filter.Among is { } among && among.ToList() is var ids)
            households = households.Where(h => EF.Parameter(ids).Contains(h.Id));
        return households;
    }

    private async Task<IReadOnlyList<HouseholdRow>> Rows(string county, List<Found> found, CancellationToken cancel)
    {
        var tree = await areas.Of(county, cancel);
        var sizes = new Dictionary<Guid, int>();
        await db.Read($"select household_id, count(*) from members where county = @county and life = 'Normal' and {db.Among("household_id", "@ids")} group by household_id",
            row => sizes.Add(row.GetGuid(0), row.GetInt32(1)), cancel, ("@county", county), ("@ids", db.KeysOf(found.Select(f => f.Household.Id).Distinct())));
        return [.. found.Select(f =>
        {
            var (h, place) = (f.Household, new AreaCode(f.Household.Area));
            var category = Enum.Parse<MonitoringCategory>(h.MonCat);
            return new HouseholdRow(h.Id, h.Code, place, tree.NameOf(place), h.GroupName, h.HeadName ?? "", sizes.GetValueOrDefault(h.Id),
                Enum.TryParse<RegistryStatus>(h.Status, out var status) ? status : null, category,
                category != MonitoringCategory.None && (h.ElimState ?? NotEliminated) == NotEliminated, f.Match);
        })];
    }

    private static string Place(params string[] keys) => string.Join('\n', keys);

    private static string[] After(HouseholdFilter filter) => string.IsNullOrEmpty(filter.After) ? [] : filter.After.Split('\n');
}
