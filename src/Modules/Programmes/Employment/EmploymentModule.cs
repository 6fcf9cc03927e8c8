using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Employment;

/// <summary>Who has work 就业: the labour office's list.</summary>
public sealed class EmploymentModule : IModule
{
    public string Name => "employment";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeEmployment>()
        .AddScoped<IFeatureSource, EmploymentFeatures>()
        .AddScoped<IIndicatorSource, EmploymentIndicators>();
}
