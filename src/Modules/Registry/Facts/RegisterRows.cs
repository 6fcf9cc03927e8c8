using System.Data.Common;
using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Pinyin;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Where a member's row lies: the household it belongs to and that household's area.</summary>
internal readonly record struct Home(Guid Id, string Area);

/// <summary>Current values to rows of the typed tables.</summary>
internal sealed class RegisterRows(Secrets secrets)
{
    /// <summary>Who said the values of a row, and when.</summary>
    public static readonly (string Name, ColumnType Type)[] StampColumns =
        [("source", ColumnType.Text), ("observed_on", ColumnType.Date), ("other_sources", ColumnType.Text)];

    private static readonly (string, ColumnType)[] Fixed = [("county", ColumnType.Text), ("id", ColumnType.Uuid), ("area", ColumnType.Text), .. StampColumns];

    public static readonly (string Name, ColumnType Type)[] HouseholdColumns = [.. Fixed, .. ColumnsOf(Subject.Households)];

    public static readonly (string Name, ColumnType Type)[] MemberColumns =
        [.. Fixed, ("household_id", ColumnType.Uuid), ("initials", ColumnType.Text), ("birth_on", ColumnType.Date), .. ColumnsOf(Subject.Members)];

    private static readonly int[] PlainOfHousehold = Plain(Subject.Households, HouseholdColumns), PlainOfMember = Plain(Subject.Members, MemberColumns);

    private static readonly int Name = Subject.Members.IndexOf("name"), Birth = Subject.Members.IndexOf("birth"), Number = Subject.Members.IndexOf("cert_no");

    /// <summary>The columns of <see cref="Altered"/>, without the id it begins with.</summary>
    public static (string Name, ColumnType Type)[] AlteredColumns(Subject subject) => subject.IsMember
        ? [.. PlainOfMember.Skip(1).Select(i => MemberColumns[i])] : [.. PlainOfHousehold.Skip(1).Select(i => HouseholdColumns[i])];

    /// <summary>The id and everything of a row that is not encrypted.</summary>
    public static object?[] Altered(Subject subject, object?[] row) => [.. (subject.IsMember ? PlainOfMember : PlainOfHousehold).Select(i => row[i])];

    /// <summary>The id and <see cref="StampColumns"/> of a row whose values stay as they are.</summary>
    public static object?[] Stamp(Guid id, Resolution now) => [id, now.Lead.Source, now.Lead.ObservedOn, now.OtherSources()];

    /// <param name="plain">What is private is left out.</param>
    public object?[] Household(string county, Guid id, string area, Resolution now, bool plain = false)
    {
        var row = new object?[HouseholdColumns.Length];
        Values(Subject.Households, now.Values, row, Start(row, county, id, area, now), plain);
        return row;
    }

    /// <inheritdoc cref="Household"/>
    public object?[] Member(string county, Guid id, Home home, Resolution now, bool plain = false)
    {
        var row = new object?[MemberColumns.Length];
        var at = Start(row, county, id, home.Area, now);
        row[at++] = home.Id;
        row[at++] = now.Values[Name] is { } name ? Initials.OfName(name) : null;
        row[at++] = BirthOn(now.Values[Birth], now.Values[Number]);
        Values(Subject.Members, now.Values, row, at, plain);
        return row;
    }

    /// <summary>The full birth date: as stated, or the id's where only year and month were stated (or nothing was) and it agrees.</summary>
    internal static DateOnly? BirthOn(string? stated, string? number)
    {
        if (stated is { Length: 10 })
            return Canonical.Day(stated);
        var ofId = number is { Length: >= 14 } ? CitizenId.BirthDate(number) : null;
        return ofId is { } day && (stated is null || day.ToString("yyyy-MM", CultureInfo.InvariantCulture) == stated) ? day : null;
    }

    private static int Start(object?[] row, string county, Guid id, string area, Resolution now)
    {
        (row[0], row[1], row[2], row[3], row[4], row[5]) = (county, id, area, now.Lead.Source, now.Lead.ObservedOn, now.OtherSources());
        return 6;
    }

    private void Values(Subject subject, string?[] values, object?[] row, int at, bool plain)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (column, value) = (subject.Columns[i], values[i]);
            if (plain && column.IsPrivate)
            {
                at += column.Kind == ValueKind.PrivateMatched ? 2 : 1;
                continue;
            }
            row[at++] = column.Kind switch
            {
                ValueKind.Text => column.Field switch
                {
                    "mon_cat" => Named<MonitoringCategory>(value) ?? nameof(MonitoringCategory.None),
                    "life" => Named<LifeState>(value) ?? nameof(LifeState.Normal),
                    "identified" => Canonical.Month(value),
                    _ => value,
                },
                ValueKind.Whole => Canonical.Whole(value),
                ValueKind.Flag => Canonical.Flag(value),
                ValueKind.Day => Canonical.Day(value),
                ValueKind.Number => value,
                ValueKind.Private or ValueKind.PrivateMatched => secrets.Encrypt(value),
            };
            if (column.Kind == ValueKind.PrivateMatched)
                row[at++] = secrets.Hash(column.Field is "cert_no" or "head_id" && value is { Length: > 18 } ? value[..18] : value);
        }
    }

    /// <summary>The value, if it is a name of the enumeration.</summary>
    private static string? Named<T>(string? value) where T : struct, Enum => value is not null && Enum.TryParse<T>(value, out _) ? value : null;

    // The id first; the county is no column of a change.
    private static int[] Plain(Subject subject, (string Name, ColumnType)[] columns)
    {
        var hidden = subject.Columns.Where(c => c.IsPrivate).SelectMany(c => (string[])[c.Column, c.HashColumn]).Append("county").ToHashSet();
        return [.. columns.Index().Where(c => !hidden.Contains(c.Item.Name)).Select(c => c.Index)];
    }

    private static IEnumerable<(string, ColumnType)> ColumnsOf(Subject subject) => subject.Columns.SelectMany(c =>
    {
        (string, ColumnType) column = (c.Column, c.Kind switch
        {
            ValueKind.Text or ValueKind.Number => ColumnType.Text,
            ValueKind.Whole => ColumnType.BigInt,
            ValueKind.Flag => ColumnType.Boolean,
            ValueKind.Day => ColumnType.Date,
            ValueKind.Private or ValueKind.PrivateMatched => ColumnType.Bytes,
        });
        return c.Kind == ValueKind.PrivateMatched ? new[] { column, (c.HashColumn, ColumnType.Bytes) } : [column];
    });
}

/// <summary>Reads the columns of a row one after the other, in the order in which they were selected.</summary>
internal sealed class RowCursor(DbDataReader row, Secrets secrets)
{
    private int _at;

    public RowCursor From(int position)
    {
        _at = position;
        return this;
    }

    public Guid Id() => row.GetGuid(_at++);
    public string? Text() => row.IsDBNull(_at++) ? null : row.GetString(_at - 1);
    public long? Whole() => row.IsDBNull(_at++) ? null : row.GetInt64(_at - 1);
    public bool? Flag() => row.IsDBNull(_at++) ? null : row.GetBoolean(_at - 1);
    public DateOnly? Day() => row.IsDBNull(_at++) ? null : row.GetFieldValue<DateOnly>(_at - 1);
    public decimal? Number() => Text() is { } text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
    public string? Private() => row.IsDBNull(_at++) ? null : secrets.Decrypt((byte[])row.GetValue(_at - 1));
    public T? Named<T>() where T : struct, Enum => Text() is { } text && Enum.TryParse<T>(text, out var value) ? value : null;
}

/// <summary>Typed records from rows that were selected with <see cref="Subject.Select"/>.</summary>
internal static class RegisterReading
{
    public static string HouseholdSelect(string alias) =>
        $"{alias}.id, {alias}.area, {alias}.source, {alias}.observed_on, {alias}.repeated_by is not null, {Subject.Households.Select(alias)}";

    public static string MemberSelect(string alias) =>
        $"{alias}.id, {alias}.household_id, {alias}.area, {alias}.source, {alias}.observed_on, {alias}.birth_on, {Subject.Members.Select(alias)}";

    // The initialisers run in the order in which they are written, which is the order of Subject.Households.
    public static RegisterHousehold Household(RowCursor c)
    {
        var (id, area, source, on, repeated) = (c.Id(), new AreaCode(c.Text()!), c.Text()!, c.Day()!.Value, c.Flag() ?? false);
        return new()
        {
            Id = id, Area = area, Source = source, ObservedOn = on, Repeated = repeated,
            Code = c.Text()!, VillageName = c.Text(), AreaCode = c.Text(), GroupName = c.Text(), HeadName = c.Text(), HeadId = c.Private(),
            FamilySize = c.Whole(), Phone = c.Private(), Address = c.Text(), Bank = c.Text(), Account = c.Private(), Std = c.Text(),
            PovertyType = c.Text(), Status = c.Named<RegistryStatus>(), LiftedYear = c.Whole(), HouseType = c.Text(), MainCause = c.Text(),
            OtherCauses = c.Text(), MonCat = c.Named<MonitoringCategory>() ?? MonitoringCategory.None, Identified = c.Text(),
            Risk1 = c.Text(), Risk2 = c.Text(), Risk3 = c.Text(), Risk4 = c.Text(), Risk5 = c.Text(), DisasterSub = c.Text(),
            RiskRemark = c.Text(), DevState = c.Text(), ElimState = c.Named<EliminationKind>(), ElimOn = c.Day(), Contact = c.Text(),
            ContactPhone = c.Private(), Helper = c.Text(), HelperPhone = c.Private(), Unsafe = c.Flag(), Grade = c.Text(),
            WaterSolved = c.Flag(), Relocated = c.Flag(), Land = c.Number(), Forest = c.Number(), FilledOn = c.Day(), Lat = c.Number(), Lng = c.Number(),
            WaterLitres = c.Number(), WaterShort = c.Flag(), WaterPiped = c.Flag(), WaterMinutes = c.Whole(), WaterHorizontal = c.Whole(),
            WaterVertical = c.Whole(), WaterDaysShort = c.Whole(), WaterSeasonal = c.Flag(), PaidYear = c.Number(), PaidStay = c.Number(),
            PaidMonth = c.Number(), JoblessMonths = c.Whole(), SchoolCost = c.Number(),
        };
    }

    /// <inheritdoc cref="Household"/>
    public static RegisterMember Member(RowCursor c)
    {
        var (id, household, area, source, on, born) = (c.Id(), c.Id(), new AreaCode(c.Text()!), c.Text()!, c.Day()!.Value, c.Day());
        return new()
        {
            Id = id, HouseholdId = household, Area = area, Source = source, ObservedOn = on, BirthOn = born,
            Code = c.Text()!, HouseholdCode = c.Text()!, Name = c.Text(), Gender = c.Text(), CertType = c.Text(), CertNo = c.Private(),
            Birth = c.Text(), Relation = c.Text(), Ethnicity = c.Text(), Political = c.Text(), Phone = c.Private(), Education = c.Text(),
            Student = c.Text(), DropReason = c.Text(), Health = c.Private(), DisCat = c.Private(), DisLevel = c.Private(), Labour = c.Text(),
            WorkState = c.Text(), WorkPlace = c.Text(), WorkMonths = c.Whole(), PostType = c.Text(), PostMonths = c.Whole(),
            InsRes = c.Flag(), InsEmp = c.Flag(), InsMajor = c.Flag(), InsSupp = c.Flag(), PenRes = c.Flag(), PenEmp = c.Flag(),
            Dibao = c.Flag(), Tekun = c.Flag(), Relocated = c.Flag(), Soldier = c.Flag(), Mandarin = c.Flag(),
            Life = c.Named<LifeState>() ?? LifeState.Normal, SchoolAid = c.Flag(),
        };
    }
}
