using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight;

/// <summary>Figures about every area, each of which opens to the households behind it.</summary>
public sealed class InsightModule : IModule
{
    public string Name => "insight";

    public IReadOnlyList<string> Uses => ["registry", "screening"];

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(14, "/overview", new("总览", "Overview"), Permissions.IndicatorsRead, "chart"),
        new(43, "/poverty", new("贫困统计", "Poverty"), Permissions.IndicatorsRead, "money"),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<IIndicatorSource, RegisterIndicators>()
        .AddScoped<IFigures, Figures>()
        .AddSingleton<PovertyPopulations>().AddScoped<ReadPovertyPopulation>().AddScoped<PovertyStatistics>()
        .AddScoped<IFollowUp, ComputeAfterImport>()
        .AddScoped<IFollowUp, ComputeAfterUndo>();
}
