using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Water;

/// <summary>Who has safe drinking water 饮水: surveys of the four indicators.</summary>
public sealed class WaterModule : IModule
{
    public string Name => "water";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeWater>()
        .AddScoped<IFeatureSource, WaterFeatures>();
}
