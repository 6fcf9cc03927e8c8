using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Imports;

/// <summary>File intake: tables of any layout are recognised, checked row by row, matched to people, applied whole or not at all, and can be taken back.</summary>
public sealed class ImportsModule : IModule
{
    public string Name => "imports";

    public IReadOnlyList<string> Uses => ["registry"];

    public IReadOnlyList<MenuEntry> Menu => [new(40, "/imports", new("数据导入", "Imports"), Permissions.ImportsRead, "upload")];

    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<IImports, Intake>();
        services.AddScoped<IIndicatorSource, PushIndicators>();
        services.AddScoped<IImportFindings, ImportFindings>();
        services.AddSingleton<ImportRuns>().AddHostedService(s => s.GetRequiredService<ImportRuns>());
    }

    public void MapEndpoints(IEndpointRouteBuilder root) => ImportEndpoints.Map(root);
}
