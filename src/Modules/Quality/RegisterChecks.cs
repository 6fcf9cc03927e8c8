using Shouwang.Modules.Quality.Checks;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Quality;

/// <summary>All rules of FIELDS §D whose inputs are the register and the income accounts, over every household of a county.</summary>
internal sealed class RegisterChecks(IRegister register, IAreas areas, IIncomeAccounts accounts) : IQualityCheck
{
    // Accounts are fetched for so many households at a time: memory stays bounded whatever the county's size.
    private const int Batch = 2_000;

    internal static readonly IReadOnlyList<PersonRule> OfPeople =
        [.. IdentityRules.OfPeople, .. CompositionRules.OfPeople, .. PeopleRules.OfPeople, .. InsuranceRules.OfPeople];

    internal static readonly IReadOnlyList<HouseholdRule> OfHouseholds =
        [.. IdentityRules.OfHouseholds, .. CompositionRules.OfHouseholds, .. MonitoringRules.OfHouseholds, .. IncomeRules.OfHouseholds];

    public IReadOnlyList<QualityRule> Rules { get; } =
        [.. OfPeople.Select(r => r.About), .. OfHouseholds.Select(r => r.About), .. AcrossHouseholds.Rules];

    public async Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel)
    {
        var county = scope.County.Digits;
        var day = new CheckingDay(scope.AsOf, scope.Policy.PovertyLine?.YuanPerHead, scope.Policy.MonitoringLine?.YuanPerHead,
            await areas.Of(county, cancel), accounts.Formula);
        var across = new AcrossHouseholds();
        var batch = new List<RegisterHousehold>(Batch);
        await foreach (var household in register.Read(county, cancel))
        {
            batch.Add(household);
            if (batch.Count == Batch)
                await Take();
        }
        await Take();
        across.Finish(report);

        async Task Take()
        {
            if (batch.Count == 0)
                return;
            var sheets = await accounts.All(county, scope.AsOf, [.. batch.Select(h => h.Id)], cancel);
            foreach (var household in batch)
            {
                var one = new CheckedHousehold(household, sheets.GetValueOrDefault(household.Id), day);
                Check(one, report);
                across.Add(one);
            }
            batch.Clear();
        }
    }

    /// <summary>Every rule about the household and its people.</summary>
    internal static void Check(CheckedHousehold household, Action<QualityFinding> report)
    {
        var (register, village) = (household.Register, household.Register.Area.Digits);
        foreach (var rule in OfHouseholds)
        {
            if (rule.Finds(household) is { } message)
                report(new(rule.About.Id, register.Code, null, null, village, register.Id, message));
        }
        foreach (var person in household.People)
        {
            foreach (var rule in OfPeople)
            {
                if (rule.Finds(person) is { } message)
                    report(new(rule.About.Id, null, person.Register.Code, null, village, register.Id, message));
            }
        }
    }
}
