using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>A treatment settled with the medical insurance 医保结算. FIELDS A23.</summary>
internal sealed class MedicalSettlement : DepartmentRecord
{
    /// <summary>The insurer's number of it 结算流水号.</summary>
    public required string SettlementNo { get; init; }

    /// <summary>Code list <c>settlement_kind</c>; empty where the file does not say.</summary>
    public required string Kind { get; init; }

    /// <summary>For a stay in hospital, the day of discharge.</summary>
    public required DateOnly SettledOn { get; init; }

    public byte[]? HospitalEnc { get; init; }

    /// <summary>Negative in a refund, and so are the other amounts.</summary>
    public required Money TotalFen { get; init; }

    public required Money BasicFen { get; init; }
    public required Money MajorFen { get; init; }
    public required Money AidFen { get; init; }
    public required Money SupplementaryFen { get; init; }

    /// <summary>What the family paid 个人自付, as the insurer states it; not worked out from the rest.</summary>
    public required Money SelfPaidFen { get; init; }

    public static readonly RecordTable Table = new("medical_settlements", Key: "settlement_no", FullList: false,
        ("kind", ColumnType.Text), ("settled_on", ColumnType.Date), ("hospital_enc", ColumnType.Bytes),
        ("total_fen", ColumnType.BigInt), ("basic_fen", ColumnType.BigInt), ("major_fen", ColumnType.BigInt),
        ("aid_fen", ColumnType.BigInt), ("supplementary_fen", ColumnType.BigInt), ("self_paid_fen", ColumnType.BigInt));
}

/// <summary>Kinds of care that rules tell apart; the rest of the code list is only stored.</summary>
internal static class SettlementKinds
{
    /// <summary>A stay in hospital 住院.</summary>
    public const string Inpatient = "inpatient";

    /// <summary>Outpatient care of a chronic or special illness 慢特病门诊.</summary>
    public const string Special = "special";
}

internal sealed class MedicalSettlementMap : IEntityTypeConfiguration<MedicalSettlement>
{
    public void Configure(EntityTypeBuilder<MedicalSettlement> map)
    {
        map.ToTable("medical_settlements");
        map.HasKey(s => new { s.County, s.Id });
    }
}
