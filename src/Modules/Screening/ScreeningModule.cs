using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Warning rules over every household, and the leads they and people open.</summary>
internal sealed class ScreeningModule : IModule
{
    public string Name => "screening";

    public IReadOnlyList<string> Uses => ["registry"];

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(12, "/leads", new("风险线索", "Leads"), Permissions.LeadsRead, "bell"),
        new(44, "/rules", new("预警规则", "Rules"), Permissions.RulesRead, "rules"),
        new(46, "/rehearsal", new("政策推演", "Rehearsal"), Permissions.RulesRead, "chart"),
        new(45, "/lines", new("监测线", "Lines"), Permissions.RulesRead, "line"),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<RuleCatalogue>()
        .AddScoped<OpenLeads>()
        .AddScoped<SqlScreening>()
        .AddScoped<PersonReports>()
        .AddScoped<IFeatures, FeatureStore>()
        .AddScoped<IFeatureSource, LeadFeatures>()
        .AddScoped<TakeLeadStep>()
        .AddScoped<ILeadQueue, LeadQueue>()
        .AddScoped<ITimelineSource, LeadTimeline>()
        .AddScoped<IWorkSource, LeadWork>()
        .AddScoped<IProblemSource, LeadProblems>()
        .AddScoped<RunScreening>().AddScoped<IScreening>(s => s.GetRequiredService<RunScreening>())
        .AddScoped<PopulationVersions>().AddSingleton<PopulationStore>().AddScoped<CurrentHouseholds>().AddScoped<IPopulations, PopulationReport>().AddScoped<IHouseholdSums, HouseholdSums>().AddScoped<IIndicatorSource, LeadIndicators>().AddHostedService<KeepPopulations>()
        .AddScoped<ILeads, ListLeads>()
        .AddScoped<ILines, Lines>()
        .AddScoped<IRuleSettings, RuleSettings>()
        .AddScoped<IFeed, TakeReports>()
        .AddScoped<LeadSearch>()
        .AddScoped<IHouseholdRules, HouseholdRules>()
        .AddScoped<IRuleSets, ScannedRuleSets>().AddSingleton<RehearsalHistory>()
        .AddScoped<Rehearse>().AddScoped<RehearsedHouseholds>().AddScoped<IRehearsal, RehearsalReport>().AddScoped<SavedRehearsals>().AddScoped<PublishRehearsal>()
        .AddScoped<RulePrecision>().AddScoped<IRulePrecision>(s => s.GetRequiredService<RulePrecision>())
        .AddScoped<IHouseholdTab, LeadsTab>()
        .AddScoped<IHouseholdTab, ChecksTab>()
        .AddScoped<ChangedHouseholds>().AddSingleton<RescreenChanged>().AddHostedService(s => s.GetRequiredService<RescreenChanged>());

    public void MapEndpoints(IEndpointRouteBuilder root)
    {
        ExportLeads.Map(root);
        RehearsalEndpoint.Map(root);
    }
}
