using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Insight;

/// <summary>Figures about every area, each of which opens to the households behind it.</summary>
public sealed class InsightModule : IModule
{
    public string Name => "insight";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<IIndicatorSource, RegisterIndicators>()
        .AddScoped<IFigures, Figures>()
        .AddScoped<IFollowUp, ComputeAfterImport>()
        .AddScoped<IFollowUp, ComputeAfterUndo>();
}
