using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Campaigns.Teams;

/// <summary>A team of a drive: of a kind of the plan, for an area. It says who goes where; nobody in it is counted or scored.</summary>
public sealed class Team : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>A kind of team of the plan.</summary>
    public required string Kind { get; init; }

    /// <summary>The village, township or county it goes through.</summary>
    public required string Area { get; init; }

    public required string Name { get; init; }
    public required DateOnly FormedOn { get; init; }
    public required string FormedBy { get; init; }
    public DateOnly? EndedOn { get; set; }
}

/// <summary>Somebody in a team: an account, or a name with a post.</summary>
public sealed class TeamMember
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid TeamId { get; init; }
    public Guid? UserId { get; init; }
    public required string Name { get; init; }
    public required string Post { get; init; }
    public required bool IsLeader { get; init; }
}

internal sealed class TeamMap : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> map)
    {
        map.ToTable("campaign_teams");
        map.HasKey(t => new { t.County, t.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(t => new { t.County, t.CampaignId });
    }
}

internal sealed class TeamMemberMap : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> map)
    {
        map.ToTable("campaign_team_members");
        map.HasKey(m => new { m.County, m.Id });
        map.HasOne<Team>().WithMany().HasForeignKey(m => new { m.County, m.TeamId });
    }
}
