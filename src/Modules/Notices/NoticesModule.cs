using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Notices;

/// <summary>Public notices, the check that keeps private things off them, and objections.</summary>
public sealed class NoticesModule : IModule
{
    public string Name => "notices";

    public IReadOnlyList<MenuEntry> Menu => [new(34, "/notices", new("公示", "Notices"), Permissions.CasesRead, "notice")];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<PublishNotice>()
        .AddScoped<INotices>(s => s.GetRequiredService<PublishNotice>())
        .AddScoped<AddNoticePhoto>()
        .AddScoped<LodgeObjection>()
        .AddScoped<HandleObjection>()
        .AddScoped<NoticeQueries>()
        .AddScoped<IWorkSource, ObjectionWork>()
        .AddScoped<IQualityCheck, NoticeChecks>()
        .AddScoped<IIndicatorSource, NoticeIndicators>();
}
