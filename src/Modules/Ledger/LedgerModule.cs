using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger;

/// <summary>Problems with their five lists, struck off only with evidence and a second pair of eyes.</summary>
public sealed class LedgerModule : IModule
{
    public string Name => "ledger";

    public IReadOnlyList<MenuEntry> Menu => [new(36, "/ledger", new("问题台账", "Ledger"), Permissions.IssuesRead, "table")];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<ReportIssue>()
        .AddScoped<ILedger>(s => s.GetRequiredService<ReportIssue>())
        .AddScoped<TakeIssueStep>()
        .AddScoped<IssueQueries>()
        .AddScoped<ITimelineSource, IssueTimeline>()
        .AddScoped<IWorkSource, IssueWork>()
        .AddScoped<IQualityCheck, IssueChecks>();
}
