using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>Social assistance 社会救助: certificates of disability, decisions on allowances.</summary>
public sealed class WelfareModule : IModule
{
    public string Name => "welfare";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeDisability>()
        .AddScoped<IFeed, TakeWelfare>()
        .AddScoped<IFeatureSource, WelfareFeatures>()
        .AddScoped<IQualityCheck, WelfareQuality>();
}
