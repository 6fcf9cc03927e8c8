using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>A certificate of disability 残疾人证, as the disabled persons' federation lists it.</summary>
internal sealed class DisabilityCertificate : DepartmentRecord
{
    /// <summary>A keyed hash of the citizen id inside the number, which stays the same when the level changes.</summary>
    public required string CertificateKey { get; init; }

    public byte[]? CertificateEnc { get; init; }

    /// <summary>Code list <c>disability_category</c>.</summary>
    public byte[]? CategoryEnc { get; init; }

    /// <summary>Code list <c>disability_level</c>: 1 is the most severe.</summary>
    public byte[]? LevelEnc { get; init; }

    public DateOnly? IssuedOn { get; init; }

    /// <summary>The day on which the level changed, for better or worse.</summary>
    public DateOnly? ChangedOn { get; init; }

    /// <summary>The change made the level more severe.</summary>
    public required bool Worsened { get; init; }

    /// <summary>False when the certificate has been cancelled or has expired.</summary>
    public required bool Valid { get; init; }

    public static readonly RecordTable Table = new("disability_certificates", Key: "certificate_key", FullList: false,
        ("certificate_enc", ColumnType.Bytes), ("category_enc", ColumnType.Bytes),
        ("level_enc", ColumnType.Bytes), ("issued_on", ColumnType.Date), ("changed_on", ColumnType.Date), ("worsened", ColumnType.Boolean),
        ("valid", ColumnType.Boolean));
}

internal sealed class DisabilityCertificateMap : IEntityTypeConfiguration<DisabilityCertificate>
{
    public void Configure(EntityTypeBuilder<DisabilityCertificate> map)
    {
        map.ToTable("disability_certificates");
        map.HasKey(c => new { c.County, c.Id });
    }
}
