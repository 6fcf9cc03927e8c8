using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Insight.Rankings;
using Shouwang.Modules.Insight.Wall;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight;

/// <summary>Figures about every area, each of which opens to the households behind it.</summary>
public sealed class InsightModule : IModule
{
    public string Name => "insight";

    public IReadOnlyList<string> Uses => ["registry", "screening", "ledger", "campaigns", "organisation"];

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(13, "/wall", new("挂图作战", "Wall"), Permissions.IndicatorsRead, "map"),
        new(14, "/overview", new("统计指标", "Indicators"), Permissions.IndicatorsRead, "chart"),
        new(15, "/bulletins", new("通报排名考核", "Bulletins"), Permissions.BulletinsRead, "notice"),
        new(43, "/poverty", new("贫困统计", "Poverty"), Permissions.IndicatorsRead, "money"),
    ];

    public void MapEndpoints(IEndpointRouteBuilder root) => BulletinDownloads.Map(root);

    public void AddServices(IServiceCollection services) => services
        .AddScoped<IndicatorCatalogue>().AddScoped<WorkOut>().AddScoped<PublishedSets>().AddScoped<CrossChecks>()
        .AddScoped<IFigures, Figures>().AddScoped<EnterFigure>().AddScoped<PublishFigures>()
        .AddScoped<ReadWall>().AddSingleton<Boundaries>()
        .AddScoped<BulletinQueries>().AddScoped<WriteBulletin>().AddScoped<EditBulletin>().AddScoped<TakeBulletinStep>().AddScoped<BulletinAgain>().AddScoped<BulletinSeal>()
        .AddScoped<ComposeMonthly>().AddScoped<LateLists>().AddScoped<ComposeRanking>().AddScoped<ComposeAppraisal>().AddScoped<UnitFigures>().AddScoped<IWorkSource, BulletinWork>()
        .AddSingleton<PovertyPopulations>().AddScoped<ReadPovertyPopulation>().AddScoped<PovertyStatistics>()
        .AddScoped<IFollowUp, ComputeAfterImport>()
        .AddScoped<IFollowUp, ComputeAfterUndo>()
        .AddHostedService<TellBoundaries>()
        .AddHostedService<KeepFigures>();
}
