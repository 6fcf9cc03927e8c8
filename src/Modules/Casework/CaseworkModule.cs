using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>From the confirmed lead to the eliminated risk: identification, plans, measures, visits, people, elimination.</summary>
public sealed class CaseworkModule : IModule
{
    public string Name => "casework";

    public IReadOnlyList<string> Uses => ["registry", "screening", "notices", "ledger"];

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(10, "/work", new("我的工作", "My work"), Permissions.IssuesRead, "work"),
        new(30, "/cases", new("识别认定", "Identification"), Permissions.CasesRead, "clipboard"),
        new(32, "/monitored", new("监测对象", "Monitored"), Permissions.CasesRead, "eye"),
    ];

    public void MapEndpoints(IEndpointRouteBuilder root) => OpenEvidence.Map(root);

    public void AddServices(IServiceCollection services) => services
        .AddScoped<ILeadVisits, LeadVisits>().AddScoped<IHouseholdTab, HouseholdHelpTab>().AddScoped<IHouseholdTab, HouseholdVisitsTab>()
        .AddScoped<IVisitCourse, VisitCourse>().AddScoped<FindVisit>().AddScoped<RecordVisit>().AddScoped<IVisits, Visits>().AddScoped<IHouseholdWork, HouseholdWork>()
        .AddScoped<StepRecord>().AddScoped<CaseCategories>().AddScoped<RegisterObject>()
        .AddScoped<OpenCase>().AddScoped<ILeadFollowing>(s => s.GetRequiredService<OpenCase>())
        .AddScoped<TakeCaseStep>().AddScoped<PostNotice>()
        .AddScoped<INoticeSubjects, CaseObjections>().AddScoped<INoticeSubjects, EliminationObjections>()
        .AddScoped<MakePlan>().AddScoped<ApprovePlan>().AddScoped<ProposeMeasure>().AddScoped<TakeMeasureStep>().AddScoped<ISignedDeliveries, SignedDeliveries>()
        .AddScoped<EliminationGuards>().AddScoped<ProposeElimination>().AddScoped<TakeEliminationStep>().AddScoped<IFollowUp, RollBackReopened>()
        .AddScoped<AssignPerson>().AddScoped<Pairing>()
        .AddScoped<IPairing>(s => s.GetRequiredService<Pairing>()).AddScoped<IAssignments>(s => s.GetRequiredService<Pairing>())
        .AddScoped<IIdentifiedHouseholds, IdentifiedHouseholds>().AddScoped<ICases, AdoptMonitored>().AddScoped<IFollowUp, AdoptAfterImport>()
        .AddScoped<CaseQueries>().AddScoped<HouseholdHelp>()
        .AddScoped<IWork, WorkLists>().AddScoped<IWorkSource, CaseWork>().AddScoped<IWorkSource, EliminationWork>()
        .AddScoped<IWorkSource, MeasureWork>().AddScoped<IWorkSource, PlanWork>().AddScoped<IWorkSource, VisitWork>()
        .AddScoped<ITimelineSource, CaseTimeline>().AddScoped<IFeatureSource, CaseworkFeatures>().AddScoped<IIndicatorSource, CaseIndicators>().AddScoped<IIndicatorSource, FunnelIndicators>().AddScoped<IQualityCheck, CaseworkChecks>();
}
