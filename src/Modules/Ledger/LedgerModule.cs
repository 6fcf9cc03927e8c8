using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Modules.Ledger.Weekly;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger;

/// <summary>Problems with their five lists, struck off only with evidence and a second pair of eyes; green channels, weekly reports, listed supervision.</summary>
public sealed class LedgerModule : IModule
{
    public string Name => "ledger";

    public IReadOnlyList<string> Uses => ["registry"];

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(36, "/ledger", new("问题台账", "Ledger"), Permissions.IssuesRead, "table"),
        new(36, "/ledger/channels", new("绿色通道", "Green channels"), Permissions.IssuesRead, "line"),
        new(36, "/ledger/above", new("县级报送的问题", "Issues sent up"), Permissions.IssuesAnswer, "arrow-right"),
        new(36, "/listings", new("挂牌督战", "Listed supervision"), Permissions.ListingsRead, "flag"),
    ];

    public void MapEndpoints(IEndpointRouteBuilder root) => LedgerEvidence.Map(root);

    public void AddServices(IServiceCollection services) => services
        .AddScoped<ReportIssue>()
        .AddScoped<ILedger>(s => s.GetRequiredService<ReportIssue>())
        .AddScoped<IIssueCourse, IssueCourse>()
        .AddScoped<IssueGuards>()
        .AddScoped<TakeIssueStep>()
        .AddScoped<IssueQueries>()
        .AddScoped<IssueLists>()
        .AddScoped<Channels>()
        .AddScoped<LedgerBook>()
        .AddScoped<ILedgerAsOf, LedgerAsOf>()
        .AddScoped<WeeklyReports>()
        .AddScoped<PutOnList>()
        .AddScoped<TakeListingStep>()
        .AddScoped<ListedAgain>()
        .AddScoped<ListingQueries>()
        .AddScoped<ISupervisions, Supervisions>()
        .AddScoped<ITimelineSource, IssueTimeline>()
        .AddScoped<IWorkSource, IssueWork>()
        .AddScoped<IWorkSource, WeeklyWork>()
        .AddScoped<IIndicatorSource, LedgerIndicators>()
        .AddScoped<IQualityCheck, IssueChecks>()
        .AddScoped<EnterProblems>()
        .AddScoped<StandingSubjects>()
        .AddScoped<IFollowUp, EnterAfterCheck>()
        .AddScoped<IFollowUp, EnterAfterScreening>()
        .AddScoped<IFollowUp, EnterAfterEscalation>()
        .AddScoped<IFollowUp, EnterAfterGreenChannel>()
        .AddHostedService<EnterDaily>()
        .AddScoped<SentUpIssues>()
        .AddScoped<KeepList>();
}
