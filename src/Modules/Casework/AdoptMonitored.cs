using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Takes in households that the register shows as monitored, so that plans, clocks and eliminations work for them too.</summary>
/// <remarks>
/// What casework decided itself stays: only households it does not know yet come in. The register knows the month of
/// identification, so its first day stands for it.
/// </remarks>
internal sealed class AdoptMonitored(ShouwangDb db, IRegister register, Policies policies, Today today) : ICases
{
    public async Task<IReadOnlyList<CaseRef>> Of(string county, Guid household, CancellationToken cancel) =>
        [.. (await db.Set<IdentificationCase>().AsNoTracking().Where(c => c.County == county && c.HouseholdId == household)
            .OrderByDescending(c => c.OpenedOn).ThenByDescending(c => c.Id).ToListAsync(cancel)).Select(c => c.Ref)];

    public async Task<int> Adopt(AreaCode county, CancellationToken cancel)
    {
        var known = (await db.Set<MonitoredObject>().AsNoTracking().Where(o => o.County == county.Digits)
            .Select(o => o.HouseholdId).ToListAsync(cancel)).ToHashSet();
        var policy = await policies.For(county, today.Day, cancel);
        var adopted = 0;
        await foreach (var household in register.Read(county.Digits, cancel))
        {
            if (household.MonCat == MonitoringCategory.None || known.Contains(household.Id))
                continue;
            db.Add(ObjectOf(household, policy, today.Day));
            adopted++;
        }
        if (adopted > 0)
            db.Log("casework.adopted", county, county.Digits, "system", today.Clock, new { Households = adopted });
        await db.SaveChangesAsync(cancel);
        return adopted;
    }

    private static MonitoredObject ObjectOf(RegisterHousehold household, Shouwang.Platform.Policy.Policy policy, DateOnly today)
    {
        var eliminated = !household.IsMonitored;
        var identified = FirstOf(household.Identified);
        return new()
        {
            County = household.Area.County.Digits, Id = Guid.CreateVersion7(), HouseholdId = household.Id, Area = household.Area.Digits, Category = household.MonCat.ToString(),
            Causes = CauseList.Write([.. household.Risks.Distinct().Select(r => new CauseFound(r, r == "02" ? household.DisasterSub : null, r == "99" ? household.RiskRemark : null))]),
            IdentifiedOn = identified ?? household.ObservedOn, DayKnown = false,
            State = eliminated ? ObjectState.Eliminated : ObjectState.Identified,
            Way = !eliminated ? null : household.ElimState == EliminationKind.Natural ? EliminationWay.Natural : EliminationWay.ByAssistance,
            EliminatedOn = eliminated ? household.ElimOn : null,
            // Its plan cannot be late before we knew of the household.
            StageDueOn = eliminated ? null : policy.Due(ObjectStates.Clocks.Plan, today),
        };
    }

    private static DateOnly? FirstOf(string? month) =>
        DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Looks for households to take in after imports. Of several that came in one after another only the last one counts.</summary>
internal sealed class AdoptAfterImport(ShouwangDb db, ICases cases) : IFollowUp
{
    public string On => "imports.applied";

    public async Task Run(Event cause, CancellationToken cancel)
    {
        if (!await db.Set<Event>().AsNoTracking().AnyAsync(e => e.County == cause.County && e.Seq > cause.Seq && e.Name == cause.Name, cancel))
            await cases.Adopt(new(cause.County), cancel);
    }
}
