using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>Who is at school 教育: the education office's list of pupils.</summary>
public sealed class EducationModule : IModule
{
    public string Name => "education";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeEducation>()
        .AddScoped<IFeatureSource, EducationFeatures>()
        .AddScoped<IIndicatorSource, EducationIndicators>();
}
