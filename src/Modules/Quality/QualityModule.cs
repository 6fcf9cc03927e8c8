using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Quality;

/// <summary>Data quality: what in the register and the departments' files cannot be right, by village and rule, until it is fixed or explained.</summary>
public sealed class QualityModule : IModule
{
    public string Name => "quality";

    public IReadOnlyList<string> Uses => ["registry"];

    public IReadOnlyList<MenuEntry> Menu => [new(42, "/quality", new("数据质量", "Data quality"), Permissions.QualityRead, "quality")];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<IQualityCheck, RegisterChecks>()
        .AddScoped<RunQuality>()
        .AddScoped<IQuality, ListQuality>()
        .AddScoped<IFindingCourse, FindingCourse>()
        .AddScoped<IIndicatorSource, FindingIndicators>()
        .AddScoped<IProblemSource, FindingProblems>()
        .AddScoped<IFollowUp, CheckAfterImport>()
        .AddScoped<IFollowUp, CheckAfterUndo>();
}
