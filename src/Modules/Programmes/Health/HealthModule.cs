using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>What medical care cost the families 健康: settlements of the medical insurance.</summary>
public sealed class HealthModule : IModule
{
    public string Name => "health";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeMedical>()
        .AddScoped<IFeatureSource, HealthFeatures>()
        .AddScoped<IQualityCheck, HealthQuality>();
}
