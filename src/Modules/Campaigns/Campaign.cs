using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns;

/// <summary>A stage with its days, both included.</summary>
public sealed record StageDays(string Code, Text Title, StageKind Kind, DateOnly From, DateOnly To);

/// <summary>A drive 战役: stages with dates, a scope, and the plan it was started from, as the policy had it on that day.</summary>
public sealed class Campaign
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>D2020-00001</c>.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>The code of the policy's template.</summary>
    public required string Template { get; init; }

    /// <summary>JSON of the template: a later change of policy changes no drive that has begun.</summary>
    public required string Plan { get; init; }

    /// <summary>Codes of the county or of townships, parted by commas.</summary>
    public required string Areas { get; init; }

    /// <summary>Which of their households, a condition of the rule language; null for all.</summary>
    public string? Scope { get; init; }

    /// <summary>JSON of <see cref="StageDays"/>.</summary>
    public required string Stages { get; set; }

    public CampaignState State { get; set; }
    public required DateOnly StartedOn { get; init; }
    public required Guid StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public DateOnly? ClosedOn { get; set; }
    public long Version { get; set; } = 1;

    internal CampaignTemplate PlanOf() => JsonSerializer.Deserialize<CampaignTemplate>(Plan, JsonTexts.Options)!;

    internal IReadOnlyList<StageDays> StagesOf() => JsonSerializer.Deserialize<List<StageDays>>(Stages, JsonTexts.Options)!;

    internal static string Write(IReadOnlyList<StageDays> stages) => JsonSerializer.Serialize(stages, JsonTexts.Options);

    internal IReadOnlyList<AreaCode> AreasOf() => [.. Areas.Split(',').Select(a => new AreaCode(a))];

    /// <summary>The days on which visits, reviews and problems belong to it: from the first day of the field stage.</summary>
    internal DateOnly FieldFrom => StagesOf().First(s => s.Kind == StageKind.Field).From;

    /// <summary>The last day on which a visit counts.</summary>
    internal DateOnly FieldTo => StagesOf().Last(s => s.Kind == StageKind.Field).To;

    internal DateOnly EndsOn => StagesOf()[^1].To;

    /// <summary>The stage a day lies in; the first before it all begins, the last after it.</summary>
    internal StageDays StageOn(DateOnly day) => StagesOf() is var stages && stages.FirstOrDefault(s => day <= s.To) is { } stage ? stage : stages[^1];

    /// <summary>Whether anything of it lies in the actor's area: the part a township or village sees is its own.</summary>
    internal bool Touches(Actor actor) => County == actor.County && AreasOf().Any(a => a.Contains(actor.Area) || actor.Area.Contains(a));

    internal bool Contains(AreaCode area) => AreasOf().Any(a => a.Contains(area));
}

/// <summary>One step of a drive. Only ever added.</summary>
public sealed class CampaignStep
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }
    public required CampaignEvent Event { get; init; }
    public required CampaignState FromState { get; init; }
    public required CampaignState ToState { get; init; }
    public required Guid UserId { get; init; }
    public required string Actor { get; init; }
    public required DateOnly HappenedOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required string Evidence { get; init; }
    public byte[]? NoteEnc { get; init; }
}

internal sealed class CampaignMap : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> map)
    {
        map.ToTable("campaigns");
        map.HasKey(c => new { c.County, c.Id });
        map.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class CampaignStepMap : IEntityTypeConfiguration<CampaignStep>
{
    public void Configure(EntityTypeBuilder<CampaignStep> map)
    {
        map.ToTable("campaign_steps");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(s => new { s.County, s.CampaignId });
    }
}
