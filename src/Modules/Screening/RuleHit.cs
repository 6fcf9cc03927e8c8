using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>A rule that holds for a household now. Live ones belong to a lead; shadow ones are only watched.</summary>
internal sealed class RuleHit : IPlaced
{
    public required string County { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string RuleId { get; init; }
    public required string Area { get; set; }
    public required RuleState State { get; set; }
    public required RuleLevel Level { get; set; }

    /// <summary>The suggested monitoring category.</summary>
    public string? Category { get; set; }

    /// <summary>Since when the rule has held without a break.</summary>
    public required DateOnly FirstOn { get; init; }

    public required DateOnly LastOn { get; set; }

    public Guid? LeadId { get; set; }

    /// <summary>The <see cref="Contracts.RuleExplanation"/> as encrypted JSON.</summary>
    public required byte[] ExplanationEnc { get; set; }
}

/// <summary>Why a lead was opened or joined: a rule's explanation or a person's words. Only ever added.</summary>
internal sealed class LeadReason
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid LeadId { get; init; }
    public string? RuleId { get; init; }

    /// <summary>C-SRC: Rule, Household, Cadre, Department, Hotline, Petition, Platform, Supervision.</summary>
    public required string Source { get; init; }

    public string? Subject { get; init; }
    public required RuleLevel Level { get; init; }
    public required DateOnly OnDay { get; init; }
    public byte[]? ExplanationEnc { get; init; }
    public byte[]? WordsEnc { get; init; }
    public string? ReportedBy { get; init; }
}

/// <summary>One run of all rules over a county.</summary>
internal sealed class ScreeningRun
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required DateOnly AsOf { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required int Households { get; init; }
    public required int Opened { get; init; }
    public required int Joined { get; init; }
    public required long TookMs { get; init; }

    /// <summary>JSON of the <see cref="Contracts.RuleCount"/>s.</summary>
    public required string Counts { get; init; }
}

internal sealed class RuleHitMap : IEntityTypeConfiguration<RuleHit>
{
    public void Configure(EntityTypeBuilder<RuleHit> map)
    {
        map.ToTable("rule_hits");
        map.HasKey(h => new { h.County, h.HouseholdId, h.RuleId });
    }
}

internal sealed class LeadReasonMap : IEntityTypeConfiguration<LeadReason>
{
    public void Configure(EntityTypeBuilder<LeadReason> map)
    {
        map.ToTable("lead_reasons");
        map.HasKey(r => new { r.County, r.Id });
    }
}

internal sealed class ScreeningRunMap : IEntityTypeConfiguration<ScreeningRun>
{
    public void Configure(EntityTypeBuilder<ScreeningRun> map)
    {
        map.ToTable("screening_runs");
        map.HasKey(r => new { r.County, r.Id });
    }
}
