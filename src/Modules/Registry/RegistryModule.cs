using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Modules.Registry.Income;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry;

/// <summary>The register: areas, households, members and their history, what every source said about them, income accounts.</summary>
public sealed class RegistryModule : IModule
{
    public string Name => "registry";

    public IReadOnlyList<MenuEntry> Menu => [new(20, "/households", new("农户", "Households"), Permissions.HouseholdsRead, "house")];

    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<IResidents, Residents>().AddScoped<IRegisterInScope, RegisterInScope>().AddScoped<ICurrentFacts, CurrentRegister>().AddScoped<IChangedFacts, ChangedFacts>();
        services.AddScoped<IFacts, FactBook>().AddScoped<StatementStore>().AddScoped<Door>().AddScoped<Withdrawal>()
            .AddScoped<Retired>().AddScoped<DisagreementLog>().AddScoped<RegisterRows>();
        services.AddScoped<IHouseholds, Households>().AddScoped<HouseholdSearch>().AddScoped<IPeople, People>();
        services.AddScoped<Register>().AddScoped<IRegister>(s => s.GetRequiredService<Register>());
        services.AddScoped<IVillagePlaces, VillagePlaces>().AddScoped<Areas>().AddScoped<IAreas>(s => s.GetRequiredService<Areas>());
        services.AddScoped<ToldIncomes>().AddScoped<IncomeAccounts>().AddScoped<IIncomeAccounts>(s => s.GetRequiredService<IncomeAccounts>());
        services.AddScoped<IFeed, HouseholdsFeed>().AddScoped<IFeed, MembersFeed>().AddScoped<IFeed, IncomeFeed>();
        services.AddScoped<IFeatureSource, RegisterFeatures>().AddScoped<IFeatureSource, PeopleFeatures>().AddScoped<IFeatureSource, IncomeFeatures>();
        services.TryAddSingleton<IIncomeFormula, StandardIncomeFormula>();
        services.TryAddScoped<ISourceRanks, PolicySourceRanks>();
        services.AddScoped<IHouseholdTab, IncomeAccountTab>().AddScoped<IHouseholdTab, FactSourcesTab>().AddScoped<IHouseholdTab, HouseholdTimelineTab>();
        services.AddScoped<ITimelineSource, MembershipTimeline>();
    }

    public void MapEndpoints(IEndpointRouteBuilder root) => ExportHouseholds.Map(root);
}
