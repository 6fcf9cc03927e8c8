using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Campaigns.Proof;
using Shouwang.Modules.Campaigns.Reports;
using Shouwang.Modules.Campaigns.Reviews;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Campaigns;

/// <summary>Drives 战役 of the whole county: stages, teams, checklists, reviews, tables, spot checks, signed sheets, and a proof pack at the end.</summary>
public sealed class CampaignsModule : IModule
{
    public string Name => "campaigns";

    public IReadOnlyList<string> Uses => ["registry", "screening", "casework", "ledger", "quality", "organisation", "field"];

    public IReadOnlyList<MenuEntry> Menu => [new(37, "/campaigns", new("战役", "Drives"), Permissions.CampaignsRead, "calendar")];

    public void MapEndpoints(IEndpointRouteBuilder root) => PackFile.Map(root);

    public void AddServices(IServiceCollection services) => services
        .AddScoped<FindCampaign>().AddScoped<CampaignQueries>().AddScoped<CampaignScope>().AddScoped<StartCampaign>().AddScoped<TakeCampaignStep>().AddScoped<Readiness>()
        .AddSingleton<KnownBoards>().AddScoped<CountCampaign>().AddScoped<DueBoards>().AddScoped<IFollowUp, KeepBoards>().AddHostedService<KeepBoardsFresh>().AddScoped<ICampaignProgress, StoredProgress>()
        .AddScoped<TeamRoster>().AddScoped<DriveGroups>().AddScoped<RecordSupervision>().AddScoped<Reviewing>().AddScoped<DriveTables>().AddScoped<IPhoneTables, PhoneTables>().AddScoped<SpotChecks>().AddScoped<SignSheets>().AddScoped<FileReports>().AddScoped<MakePack>()
        .AddScoped<IWorkSource, CampaignWork>().AddScoped<IIndicatorSource, CampaignIndicators>()
        .AddScoped<IIndicatorSource, ScreenedHouseholds>().AddScoped<IIndicatorSource, SupervisionIndicators>().AddScoped<IIndicatorSource, GroupIndicators>();
}
