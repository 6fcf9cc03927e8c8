using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>A household as features see it. Sources only where they are asked for.</summary>
/// <param name="Village">Null where the household is gone.</param>
/// <param name="Identified">The month.</param>
/// <param name="OtherSources">JSON: values that do not come with the leading statement.</param>
/// <param name="Risk">The first risk cause, a code.</param>
/// <param name="Seen">Null for most.</param>
/// <param name="Known">How many of the values there are that its file has to have.</param>
/// <param name="UpdatedOn">Of monitored households: the latest day for which somebody said something about one.</param>
internal readonly record struct HomeRow(
    string? Village, RegistryStatus? Status, string Category, string? Elimination, DateOnly? EliminatedOn, DateOnly? Identified, bool HasHelper,
    FeatureSource? Source, string? OtherSources, long? LiftedYear, string? Risk, Seen? Seen, int Known, DateOnly? UpdatedOn)
{
    public bool IsListed => Category != nameof(MonitoringCategory.None);

    /// <summary>How many values its file has to have.</summary>
    public int Required => RegisterInScope.OfHousehold.Length + (Status == RegistryStatus.Lifted ? 1 : 0) + (IsListed ? RegisterInScope.OfListed.Length : 0);
}

/// <summary>The members of state normal of a household, counted. Sources only where they are asked for.</summary>
internal struct Headcount
{
    public int Size, Able, Weak, Unable, Working, Uninsured, InsuranceUnknown, Studying, Allowance, AllowanceUnknown, Aided, Unaided, AidUnknown, Male, Female, Missing;
    public FeatureSource? Source;
    public string? UninsuredCode;
}

/// <summary>Reads households and members of a scope, each table once.</summary>
internal sealed class RegisterInScope(ShouwangDb db) : IRegisterInScope
{
    // Of those below, pupils are asked about; school begins with six.
    private const int MostAge = 17, LeastAge = 6;

    private static readonly string[] BeyondCompulsory = ["senior", "vocational", "college", "technical", "bachelor", "postgraduate"];

    // What is so of a member, as bits of one number: the database tells them apart as quickly as it reads them.
    private static readonly string[] Counted =
    [
        "labour in ('1', '2')", "labour = '3'", "labour in ('4', '5')",
        "work_state is not null or work_place is not null or work_months > 0 or post_type is not null",
        "ins_res = false and ins_emp = false",
        "not coalesce(ins_res, false) and not coalesce(ins_emp, false) and (ins_res is null or ins_emp is null)",
        string.Join(" or ", BeyondCompulsory.Select(stage => $"student like '{stage}%'")),
        "dibao or tekun",
        "not coalesce(dibao, false) and not coalesce(tekun, false) and (dibao is null or tekun is null)",
        "school_aid",
        "not school_aid",
        "school_aid is null and (student not in ('none', 'preschool') or student is null and birth_on between @since and @pupil)",
        "gender = '1'",
        "gender = '2'",
    ];

    // What files have to say: FIELDS A1 and A2, the fields that are always required, and those that are for lifted and for monitored households.
    internal static readonly string[] OfHousehold = ["address", "phone_enc", "head_name", "head_id_enc", "family_size", "status", "unsafe", "grade", "water_solved"];
    internal static readonly string[] OfListed = ["identified", "risk1"];
    internal static readonly string[] OfMember = ["name", "gender", "cert_no_enc", "birth", "relation", "ethnicity", "health_enc", "labour", "ins_res", "ins_emp", "dibao", "tekun"];

    // What is missing is counted above the bits.
    private static readonly string Bits = $"{string.Join(" + ", Counted.Index().Select(f => $"case when {f.Item} then {1 << f.Index} else 0 end"))} + {1 << Counted.Length} * ({HowMany(OfMember, "is null")})";

    private static readonly string Known = $"""
        {HowMany(OfHousehold, "is not null")} + case when status = '{nameof(RegistryStatus.Lifted)}' and lifted_year is not null then 1 else 0 end
        + case when mon_cat <> '{nameof(MonitoringCategory.None)}' then {HowMany(OfListed, "is not null")} else 0 end
        """;

    private static string HowMany(string[] columns, string test) => string.Join(" + ", columns.Select(c => $"case when {c} {test} then 1 else 0 end"));

    private static readonly string ByPeople = string.Join(", ", Seen.People.Order(StringComparer.Ordinal).Select(s => $"'{s}'"));

    // Other people's words about a value are in other_sources, as Resolution writes it.
    private static string SaidByPeople(string field) => $"""
        (source in ({ByPeople}) and coalesce(other_sources, '') not like '%"{field}":%' or {string.Join(" or ", Seen.People.Select(s => $"other_sources like '%\"{field}\":\"{s} %'"))})
        """;

    // Where from, and at the same time whether there is anything: most households have none of it, and nothing is read of them.
    private static readonly string SeenColumns = $"""
        case when {string.Join(" or ", Seen.Fields[1..].Select(f => $"{f} is not null"))} or grade is not null and {SaidByPeople("grade")} then coalesce(other_sources, '') end,
        {string.Join(", ", Seen.Fields)}
        """;

    private static readonly ValueKind[] SeenKinds = [.. Seen.Fields.Select(f => Subject.Households.Columns[Subject.Households.IndexOf(f)].Kind)];

    // Features of one scope are worked out over two connections at once; one of them reads for both.
    private static readonly ConditionalWeakTable<FeatureScope, Lazy<Task<Homes>>> HomesRead = [];
    private static readonly ConditionalWeakTable<FeatureScope, Lazy<Task<Inhabitants>>> InhabitantsRead = [];

    public Task<Homes> Homes(FeatureScope scope, CancellationToken cancel) => HomesRead.GetValue(scope, s => new(() => ReadHomes(s, cancel))).Value;

    public Task<Inhabitants> Inhabitants(FeatureScope scope, CancellationToken cancel) =>
        InhabitantsRead.GetValue(scope, s => new(() => ReadInhabitants(s, cancel))).Value;

    private async Task<Homes> ReadHomes(FeatureScope scope, CancellationToken cancel)
    {
        var (homes, texts, sources) = (new HomeRow[scope.Households.Count], new TextPool(), new Sources());
        await db.Scan(scope, $"""
            select id, area, status, mon_cat, elim_state, elim_on, identified, helper is not null, source, observed_on, {(scope.WithSources ? "other_sources" : "null")},
                lifted_year, risk1, {Known}, case when mon_cat <> '{nameof(MonitoringCategory.None)}' then coalesce(other_sources, '') end, {SeenColumns}
            from households where county = @county
            """, "id", (place, row) =>
        {
            string? Text(int column) => row.IsDBNull(column) ? null : texts.Of(row.GetString(column));
            homes[place] = new(
                texts.Of(row.GetString(1)), Enum.TryParse<RegistryStatus>(Text(2), out var status) ? status : null, texts.Of(row.GetString(3)), Text(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5), Month(Text(6)), row.GetBoolean(7),
                scope.WithSources ? sources.Of(row.GetString(8), row.GetFieldValue<DateOnly>(9)) : null, scope.WithSources ? Text(10) : null,
                row.IsDBNull(11) ? null : row.GetInt64(11), Text(12), SeenIn(row), row.GetInt32(13), row.IsDBNull(14) ? null : Latest(row.GetFieldValue<DateOnly>(9), row.GetString(14)));
        }, cancel);
        return new(homes);
    }

    private static Seen? SeenIn(DbDataReader row)
    {
        const int From = 15;
        if (row.IsDBNull(From))
            return null;
        var values = new object?[Seen.Fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!row.IsDBNull(From + 1 + i))
                values[i] = SeenKinds[i] switch
                {
                    ValueKind.Flag => row.GetBoolean(From + 1 + i),
                    ValueKind.Whole => row.GetInt64(From + 1 + i),
                    _ => row.GetString(From + 1 + i),
                };
        }
        return new(values, (row.GetString(8), row.GetFieldValue<DateOnly>(9)), row.GetString(From));
    }

    /// <param name="others">The column <c>other_sources</c>; empty for none.</param>
    private static DateOnly Latest(DateOnly leading, string others) => others.Length == 0 ? leading
        : JsonSerializer.Deserialize<Dictionary<string, string>>(others)!.Values.Select(v => DateOnly.ParseExact(v[(v.LastIndexOf(' ') + 1)..], "yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(leading).Max();

    private async Task<Inhabitants> ReadInhabitants(FeatureScope scope, CancellationToken cancel)
    {
        var (people, young, codes, sources) = (new Headcount[scope.Households.Count], new List<YoungMember>(), new Dictionary<Guid, string>(), new Sources());
        var since = scope.AsOf.AddYears(-MostAge);
        // Without sources nobody asks who somebody is, unless it is a child.
        const string IsYoung = "(birth_on >= @since or birth_on is null and birth is not null)";
        var student = $"case when student is not null and {IsYoung} and {SaidByPeople("student")} then student end";
        var who = scope.WithSources ? $"id, birth_on, birth, {student}, code, source, observed_on, other_sources"
            : $"case when {IsYoung} then id end, birth_on, case when birth_on is null then birth end, {student}";
        await db.Scan(scope, $"select household_id, {Bits}, {who} from members where county = @county and life = '{nameof(LifeState.Normal)}'", "household_id", (place, row) =>
        {
            ref var home = ref people[place];
            var bits = row.GetInt32(1);
            Count(ref home, bits);
            string? code = null;
            if (scope.WithSources)
            {
                codes.Add(row.GetGuid(2), code = row.GetString(6));
                Later(ref home.Source, row.GetString(7), row.GetFieldValue<DateOnly>(8), sources);
                if ((bits >> 4 & 1) != 0 && string.CompareOrdinal(code, home.UninsuredCode) > 0)
                    home.UninsuredCode = code;
            }
            if (!row.IsDBNull(2) && Young(row, place, code, since) is { } member)
                young.Add(row.IsDBNull(5) ? member : member with { SeenStudent = row.GetString(5), SeenBy = !scope.WithSources ? null
                    : (sources.Of(row.IsDBNull(9) ? null : row.GetString(9), "student") ?? sources.Of(row.GetString(7), row.GetFieldValue<DateOnly>(8))) with { Subject = code } });
        }, cancel, [("@since", since), ("@pupil", scope.AsOf.AddYears(-LeastAge))]);
        return new(people, young, codes);
    }

    private static void Count(ref Headcount home, int bits)
    {
        int Bit(int fact) => bits >> fact & 1;
        home.Size++;
        home.Able += Bit(0);
        home.Weak += Bit(1);
        home.Unable += Bit(2);
        home.Working += Bit(3);
        home.Uninsured += Bit(4);
        home.InsuranceUnknown += Bit(5);
        home.Studying += Bit(6);
        home.Allowance += Bit(7);
        home.AllowanceUnknown += Bit(8);
        home.Aided += Bit(9);
        home.Unaided += Bit(10);
        home.AidUnknown += Bit(11);
        home.Male += Bit(12);
        home.Female += Bit(13);
        home.Missing += bits >> Counted.Length;
    }

    // A household's counts stand for the day of the latest of its members' statements.
    private static void Later(ref FeatureSource? source, string name, DateOnly day, Sources sources)
    {
        var most = source is not null && string.CompareOrdinal(source.Source, name) > 0 ? source.Source : name;
        var last = source?.Date > day ? source.Date.Value : day;
        source = sources.Of(most, last);
    }

    private static YoungMember? Young(DbDataReader row, int place, string? code, DateOnly since)
    {
        if (!row.IsDBNull(3))
            return row.GetFieldValue<DateOnly>(3) is var born && born >= since ? new(row.GetGuid(2), place, code, born, null) : null;
        return !row.IsDBNull(4) && CellDate.TryYearMonth(row.GetString(4), out var month) ? new(row.GetGuid(2), place, code, null, month) : null;
    }

    private static DateOnly? Month(string? text) =>
        text is { Length: >= 7 } && DateOnly.TryParseExact(text[..7] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    /// <summary>Texts that many rows share, each kept once.</summary>
    private sealed class TextPool
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

        public string Of(string text) => _texts.TryGetValue(text, out var kept) ? kept : _texts[text] = text;
    }
}
