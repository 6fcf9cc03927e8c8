using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Turns the rows of a register file into what they say.</summary>
/// <remarks>
/// A column the file does not have says nothing; an empty cell of one it has says that there is nothing. Since a row alone cannot
/// tell them apart, a column counts as there when any row of the chunk holds something in it.
/// </remarks>
internal sealed class FeedSaid(Subject subject, FeedIntake intake, params string[] leftOut)
{
    private readonly (int Field, int Position, string Name)[] _fields =
    [
        .. intake.Definition.Fields.Select((f, i) => (i, subject.IndexOf(f.Name), f.Name)).Where(f => f.Name != "seq" && !leftOut.Contains(f.Name)),
    ];

    /// <summary>Which fields the file has, as far as the chunk shows.</summary>
    public bool[] Present(IReadOnlyList<FeedRow> chunk)
    {
        var present = new bool[intake.Definition.Fields.Count];
        foreach (var row in chunk)
        {
            for (var i = 0; i < present.Length; i++)
                present[i] |= row.Texts[i] is not null || row.Values[i] is not null;
        }
        return present;
    }

    public Said Of(FeedRow row, bool[] present)
    {
        var said = new Said(subject);
        foreach (var (field, position, name) in _fields)
        {
            if (!present[field])
                continue;
            var value = Canonical.Of(row.Values[field]);
            if (position >= 0)
                said.Set(position, value);
            else if (value is not null)
                said.Set(name, value);
        }
        return said;
    }
}

/// <summary>Finds rows whose number stood further up in the same file. The first row stays.</summary>
internal sealed class RowsSeen(FeedIntake intake)
{
    private readonly int _sequence = intake.Definition.Fields.Select((f, i) => (f.Name, i + 1)).FirstOrDefault(f => f.Name == "seq").Item2 - 1;
    private readonly Dictionary<ulong, ulong> _seen = [];

    /// <summary>Adds the finding to a row that comes too late.</summary>
    /// <param name="field">The field of the number, which the finding names.</param>
    /// <returns>True when the number is new.</returns>
    public bool Check(FeedRow row, string field, string number)
    {
        var (key, content) = (Hash(14695981039346656037UL, number), Content(row));
        if (_seen.TryAdd(key, content))
            return true;
        row.Add(_seen[key] == content ? RegisterFindings.SameAgain(field) : RegisterFindings.OtherContent(field));
        return false;
    }

    // 64-bit FNV-1a: half a million numbers in a few megabytes, and a false "same" once in ten million files.
    private ulong Content(FeedRow row)
    {
        var hash = 14695981039346656037UL;
        for (var i = 0; i < row.Values.Length; i++)
        {
            // The running number of the line is not content, and an amount of zero says as much as an empty one.
            if (i != _sequence)
                hash = Hash(unchecked(hash * 31 + (ulong)i), row.Values[i] is 0m ? "" : Canonical.Of(row.Values[i]) ?? "");
        }
        return hash;
    }

    private static ulong Hash(ulong hash, string text)
    {
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return hash;
    }
}

/// <summary>The findings of the register's own files.</summary>
internal static class RegisterFindings
{
    public static RowFinding NoKey(string field) => new(field, "missing_key",
        new("户编号为空", "the household number is empty"), new("填写户编号后重新导入。", "Fill in the household number and send the row again."), Verdict.Refused);

    public static RowFinding SameAgain(string field) => new(field, "duplicate_same",
        new("与前面的行完全重复", "the same row stands further up"), new("删除重复的行。", "Remove the repeated row."), Verdict.Refused);

    public static RowFinding OtherContent(string field) => new(field, "duplicate_conflict",
        new("编号重复而内容不同", "the number stands further up with other content; the first row stays"),
        new("核对两行哪一行正确，或更正编号。", "Check which of the rows is right, or correct the number."), Verdict.Refused);

    public static RowFinding UnknownHousehold(string field) => new(field, "unknown_household",
        new("户编号在户表中不存在", "no such household in the household table"),
        new("先导入含有该户的户表，或更正户编号。", "Import a household table that holds it first, or correct the number."), Verdict.Refused);

    public static RowFinding NoPerson(string field) => new(field, "no_person",
        new("姓名和证件号码均为空", "neither name nor number"), new("填写姓名或证件号码。", "Fill in the name or the number."), Verdict.Refused);

    public static RowFinding CodeGiven(string field, string code) => new(field, "code_assigned",
        new($"人口编号为空，已编为 {code}", $"the member number is empty; {code} was given"),
        new("在下次报送的文件中使用该编号。", "Use this number in the next file."), Verdict.Warned);
}
