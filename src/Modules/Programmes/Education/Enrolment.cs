using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>A line of the education office's list of pupils 在校生名单. FIELDS A22.</summary>
internal sealed class Enrolment : DepartmentRecord
{
    /// <summary>A keyed hash of the registration number 学籍号, which holds the pupil's citizen id.</summary>
    public required string PupilKey { get; init; }

    /// <summary>The township (or the area of the import) whose full list this row belongs to.</summary>
    public required string ListArea { get; init; }

    public byte[]? RegistrationEnc { get; init; }

    public string? School { get; init; }

    /// <summary>Code list <c>school_stage</c>.</summary>
    public string? Stage { get; init; }

    /// <summary>Code list <c>enrolment_state</c>; empty where the file does not say.</summary>
    public required string State { get; init; }

    public bool? OutOfCounty { get; init; }

    /// <summary>The school outside was told of the pupil's right to aid 告知函.</summary>
    public bool? LetterGiven { get; init; }

    /// <summary>School days missed in the month of the list.</summary>
    public int? AbsentDays { get; init; }

    /// <summary>A reason for the absence is given. The reason itself is not kept: most are illnesses.</summary>
    public required bool AbsenceExplained { get; init; }

    /// <summary>Lessons given at home in the month of the list 送教次数.</summary>
    public int? HomeLessons { get; init; }

    /// <summary>Fees and board of the school year, before aid.</summary>
    public Money? CostFen { get; init; }

    /// <summary>What the aid is called 资助项目.</summary>
    public string? AidKind { get; init; }

    /// <summary>Aid received in the school year.</summary>
    public Money? AidFen { get; init; }

    public static readonly RecordTable Table = new("enrolments", Key: "pupil_key", FullList: true,
        ("registration_enc", ColumnType.Bytes), ("school", ColumnType.Text),
        ("stage", ColumnType.Text), ("state", ColumnType.Text), ("out_of_county", ColumnType.Boolean), ("letter_given", ColumnType.Boolean),
        ("absent_days", ColumnType.Integer), ("absence_explained", ColumnType.Boolean), ("home_lessons", ColumnType.Integer),
        ("cost_fen", ColumnType.BigInt), ("aid_kind", ColumnType.Text), ("aid_fen", ColumnType.BigInt));
}

/// <summary>States at school that rules tell apart.</summary>
internal static class EnrolmentStates
{
    public const string Enrolled = "enrolled";

    /// <summary>Taught at home, for severely disabled children 送教上门.</summary>
    public const string HomeTaught = "home_taught";

    /// <summary>Exempt from school or allowed to start late, for medical reasons 免学、缓学.</summary>
    public const string Exempt = "exempt";

    /// <summary>These children have their right to schooling 义务教育有保障. INDICATORS G01.</summary>
    public static bool IsGuaranteed(string state) => state is Enrolled or HomeTaught or Exempt;

    /// <summary>A school has the pupil now: rules about absence, costs and aid apply.</summary>
    public static bool IsTaught(string state) => state is Enrolled or HomeTaught;
}

/// <summary>Stages of schooling that rules tell apart.</summary>
internal static class SchoolStages
{
    /// <summary>After the nine compulsory years, which are free.</summary>
    public static bool IsAboveCompulsory(string? stage) =>
        stage is "senior" or "vocational" or "college" or "technical" or "university" or "postgraduate";
}

/// <summary>States of the register's list <c>student_state</c>, as people say them.</summary>
internal static class SchoolStates
{
    /// <summary>Of school age and not at school; false where nobody said anything.</summary>
    public static bool IsOut(string? state) => state is "none" or "preschool";
}

internal sealed class EnrolmentMap : IEntityTypeConfiguration<Enrolment>
{
    public void Configure(EntityTypeBuilder<Enrolment> map)
    {
        map.ToTable("enrolments");
        map.HasKey(e => new { e.County, e.Id });
    }
}
