using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Housing;

/// <summary>Which houses are safe to live in 住房: appraisals.</summary>
public sealed class HousingModule : IModule
{
    public string Name => "housing";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeHousing>()
        .AddScoped<IFeatureSource, HousingFeatures>()
        .AddScoped<IIndicatorSource, HousingIndicators>();
}
