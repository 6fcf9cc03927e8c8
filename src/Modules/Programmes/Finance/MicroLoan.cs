using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>A subsidised micro-loan 扶贫小额信贷 as the bank's ledger shows it. FIELDS A13.</summary>
internal sealed class MicroLoan : DepartmentRecord
{
    public required string ContractNo { get; init; }

    public string? Bank { get; init; }

    public required Money AmountFen { get; init; }

    /// <summary>Percent a year, a decimal.</summary>
    public string? Rate { get; init; }

    public DateOnly? LentOn { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>The new end, when the loan was extended 展期; it counts instead of the first.</summary>
    public DateOnly? ExtendedOn { get; init; }

    /// <summary>What is still owed; nothing once repaid.</summary>
    public required Money BalanceFen { get; init; }

    /// <summary>Days in arrears on the day of the ledger.</summary>
    public required int OverdueDays { get; init; }

    /// <summary>Code list <c>loan_purpose</c>.</summary>
    public string? Purpose { get; init; }

    /// <summary>Full years on the day the loan was paid out, from the citizen id; null where neither is given.</summary>
    public int? BorrowerAge { get; init; }

    public static readonly RecordTable Table = new("micro_loans", Key: "contract_no", FullList: false,
        ("bank", ColumnType.Text), ("amount_fen", ColumnType.BigInt), ("rate", ColumnType.Text),
        ("lent_on", ColumnType.Date), ("due_on", ColumnType.Date), ("extended_on", ColumnType.Date), ("balance_fen", ColumnType.BigInt),
        ("overdue_days", ColumnType.Integer), ("purpose", ColumnType.Text), ("borrower_age", ColumnType.Integer));
}

internal sealed class MicroLoanMap : IEntityTypeConfiguration<MicroLoan>
{
    public void Configure(EntityTypeBuilder<MicroLoan> map)
    {
        map.ToTable("micro_loans");
        map.HasKey(l => new { l.County, l.Id });
    }
}
