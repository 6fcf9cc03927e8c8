using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Organisation.Contracts;
using Shouwang.Modules.Organisation.Duty;
using Shouwang.Modules.Organisation.Evening;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Organisation.Hometown;
using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation;

/// <summary>Who answers for what: groups, resident teams, links of leaders, pairing, duty rosters, meetings and what they decided, hometown visits.</summary>
public sealed class OrganisationModule : IModule
{
    public string Name => "organisation";

    public IReadOnlyList<string> Uses => ["registry", "screening", "casework", "ledger", "access"];

    public IReadOnlyList<MenuEntry> Menu => [new(35, "/organisation", new("组织队伍", "Organisation"), Permissions.OrganisationRead, "users")];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<EditGroups>().AddScoped<EditLinks>().AddScoped<GroupQueries>().AddScoped<IResidentTeams, ResidentTeams>().AddScoped<ICountyGroups, CountyGroups>()
        .AddScoped<Rosters>().AddScoped<PlanRoster>()
        .AddScoped<RecordMeeting>().AddScoped<MeetingQueries>().AddScoped<DueMeetings>().AddScoped<EveningReviews>()
        .AddScoped<HometownVisits>()
        .AddScoped<IWorkSource, MeetingWork>().AddScoped<IWorkSource, RosterWork>()
        .AddScoped<IIndicatorSource, OrganisationIndicators>();
}
