using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Field.Adjudication;
using Shouwang.Modules.Field.Applying;
using Shouwang.Modules.Field.Bundle;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Field.Forms;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Field.Upkeep;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field;

/// <summary>The field app's server: phones, bundles, what they hand in, and what the township does about it.</summary>
internal sealed class FieldModule : IModule
{
    public string Name => "field";

    public IReadOnlyList<string> Uses => ["access", "registry", "screening", "casework", "quality", "imports"];

    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(36, "/field/conflicts", new("走访冲突", "Conflicts"), Permissions.MatchesDecide, "clipboard"),
        new(37, "/field/sync", new("手机同步", "Phones"), Permissions.AssignmentsEdit, "refresh"),
        new(49, "/forms", new("走访表单", "Forms"), Permissions.FormsEdit, "clipboard"),
        new(58, "/field/burden", new("填报负担", "Burden"), Permissions.IndicatorsRead, "chart"),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddSingleton<CountyKeys>().AddScoped<OpenEnvelopes>().AddScoped<Submissions>()
        .AddSingleton(new Rush(TimeProvider.System)).AddSingleton<Inbox>().AddHostedService(s => s.GetRequiredService<Inbox>())
        .AddSingleton<ApplySubmissions>().AddHostedService(s => s.GetRequiredService<ApplySubmissions>())
        .AddScoped<WaitingSignatures>().AddScoped<Cards>().AddScoped<Cursors>().AddScoped<MakeBundle>().AddSingleton<FileParts>().AddScoped<SealedFiles>()
        .AddScoped<WaitingSubmissions>().AddScoped<Conflicts>().AddScoped<VisitLimits>().AddScoped<CheckForms>().AddScoped<IVisitForms, PublishForms>().AddScoped<Burdens>().AddScoped<VisitTasks>()
        .AddScoped<Decisions>().AddScoped<IWorkSource, ConflictWork>().AddScoped<SyncHelp>().AddScoped<BurdenMeter>()
        .AddScoped<IApplier, ApplyVisit>().AddScoped<IApplier, ApplyLead>().AddScoped<IApplier, ApplySignature>().AddScoped<IApplier, ApplySelfCheck>().AddScoped<ISelfChecks, SelfChecks>();

    public void MapEndpoints(IEndpointRouteBuilder root) => FieldEndpoints.Map(root);
}
