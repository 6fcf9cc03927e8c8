using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>A cell of a list that could not be used.</summary>
/// <param name="Row">As the spreadsheet numbers it.</param>
/// <param name="Whole">The row takes no part; otherwise only the cell does not.</param>
internal sealed record UnusedCell(string Sheet, int Row, string Column, string Value, Text Reason, Text Remedy, bool Whole);

/// <summary>The list of another level, read from a file.</summary>
/// <param name="Compared">The columns that take part, under their headings.</param>
/// <param name="Ignored">Headings of the other columns.</param>
internal sealed record ListFile(IReadOnlyList<BookEntry> Entries, IReadOnlyList<UnusedCell> Unused, IReadOnlyList<string> Compared, IReadOnlyList<string> Ignored)
{
    /// <summary>Larger lists are narrowed first, by township or kind.</summary>
    public static ReadLimits Limits { get; } = new() { FileBytes = 20L << 20, UnpackedBytes = 400L << 20, Rows = 50_000 };

    /// <summary>Reads every visible sheet that has a column of codes.</summary>
    public static Outcome<ListFile> Read(TableFile file, Policy policy)
    {
        var reading = new ListReading(file.Name, policy);
        foreach (var sheet in file.Sheets.Where(s => !s.Hidden))
        {
            if (reading.Take(sheet) is { } problem)
                return problem;
        }
        return reading.Done();
    }
}

/// <summary>One file while it is read.</summary>
internal sealed partial class ListReading(string file, Policy policy)
{
    // Titles, notes and headings stand within so many rows.
    private const int MostTop = 25;

    private enum Field { Code, State, Unit, Due, TaskDue, Kind, Found }

    private static readonly Dictionary<string, Field> Headings = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (BookEntry Entry, string Sheet, int Row)> _entries = new(StringComparer.Ordinal);
    private readonly List<UnusedCell> _unused = [];
    private readonly List<string> _compared = [], _ignored = [];
    private bool _found;

    static ListReading()
    {
        void Add(Field field, params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                Headings[Spelling.Heading(word)] = field;
        }
        Add(Field.Code, "编号", "问题编号", "问题编码", "台账编号", "编码", "Code", "Number", "Issue code");
        Add(Field.State, "状态", "办理状态", "整改状态", "问题状态", "当前状态", "是否销号", "销号情况", "State", "Status");
        Add(Field.Unit, "责任单位", "整改责任单位", "整改单位", "Unit", "Responsible unit");
        Add(Field.Due, "时限", "环节时限", "办理时限", "Due", "Due date");
        Add(Field.TaskDue, "整改期限", "整改时限", "完成时限", "完成期限", "To be done by", "Deadline");
        Add(Field.Kind, "类别", "问题类别", "Kind", "Category");
        Add(Field.Found, "发现", "发现日期", "发现时间", "Found", "Found on");
    }

    /// <summary>The headings under which codes are found, for the refusal.</summary>
    public const string CodeHeadings = "编号、问题编号、台账编号、Code";

    /// <returns>Why the sheet cannot be read to its end; null if it was, or has no codes.</returns>
    public Problem? Take(TableSheet sheet)
    {
        if (Head(sheet, out var top) is { } unreadable)
            return unreadable;
        if (top is not { } head)
            return null;
        _found = true;
        // The time of the stage is what the ledger has; where a list has no such column, its day for the task stands for it.
        var columns = head.Columns.Where(c => c.Field != Field.TaskDue || head.Columns.All(o => o.Field != Field.Due))
            .Select(c => c with { Field = c.Field == Field.TaskDue ? Field.Due : c.Field }).GroupBy(c => c.Field).Select(g => g.First()).ToList();
        _compared.AddRange(columns.Select(c => c.Title).Except(_compared));
        _ignored.AddRange(head.Others.Concat(head.Columns.Select(c => c.Title)).Except(_compared).Except(_ignored));
        using var rows = sheet.Rows(MergeFill.Down);
        while (rows.Read())
        {
            if (rows.Row.Number > head.Row)
                Take(sheet.Name, rows.Row, columns);
        }
        return rows.Problem;
    }

    public Outcome<ListFile> Done() =>
        !_found ? Refusals.NoCodes(file, CodeHeadings)
        : _entries.Count == 0 && _unused.Count == 0 ? Refusals.EmptyList(file)
        : new ListFile([.. _entries.Values.Select(e => e.Entry)], _unused, _compared, _ignored);

    private sealed record Heading(int Column, Field Field, string Title);

    private sealed record HeadOf(int Row, IReadOnlyList<Heading> Columns, IReadOnlyList<string> Others);

    /// <summary>Finds the row of headings below any titles: the last row near the top that says where the codes are.</summary>
    private static Problem? Head(TableSheet sheet, out HeadOf? head)
    {
        head = null;
        Cell[] above = [];
        using var rows = sheet.Rows(MergeFill.Everywhere);
        for (var count = 0; count < MostTop && rows.Read(); count++)
        {
            var cells = rows.Row.Cells.ToArray();
            if (!cells.Any(c => FieldOf(c.Text) == Field.Code))
            {
                if (head is not null)
                    break;
                continue;
            }
            // Headings in two rows: a column without a word of its own in the lower one has that of the upper one.
            var titles = Enumerable.Range(0, Math.Max(cells.Length, above.Length)).Select(c => (Column: c, Title: Title(cells, c) is { Length: > 0 } own ? own : Title(above, c))).Where(t => t.Title.Length > 0).ToList();
            head = new(rows.Row.Number, [.. titles.Where(t => FieldOf(t.Title) is not null).Select(t => new Heading(t.Column, FieldOf(t.Title)!.Value, t.Title))],
                [.. titles.Where(t => FieldOf(t.Title) is null).Select(t => t.Title)]);
            above = cells;
        }
        return rows.Problem;

        static string Title(Cell[] cells, int column) => column < cells.Length ? CellText.Clean(cells[column].Text) : "";
    }

    private static Field? FieldOf(string heading) => Headings.TryGetValue(Spelling.Heading(heading), out var field) ? field : null;

    private void Take(string sheet, TableRow row, List<Heading> columns)
    {
        var cells = columns.ToDictionary(c => c.Field, c => (c.Title, Cell: row[c.Column]));
        var (title, cell) = cells[Field.Code];
        var code = CellText.Code(cell.Text);
        if (!Code().IsMatch(code))
        {
            // Sums and signatures at the end say nothing about a problem.
            if (cells.Where(c => c.Key != Field.Code).Any(c => !c.Value.Cell.IsEmpty) && !Sum().IsMatch(CellText.Clean(row[0].Text)))
                Unused(title, cell.Text, code.Length == 0 ? new("没有问题编号", "no code") : new("不是问题编号", "no code of a problem"), new("请填写 P2020-00001 样式的编号。", "Write a code like P2020-00001."), whole: true);
            return;
        }
        if (_entries.TryGetValue(code, out var before))
        {
            Unused(title, cell.Text, new($"编号重复，{Where(before)}已有", $"the code was there in {Place(before)}"), new("请只保留一行。", "Keep one of the rows."), whole: true);
            return;
        }
        var words = Word(Field.State);
        var state = ListWords.StateOf(words);
        var ended = state is { } known ? IssueStates.Ended.Contains(known) : ListWords.EndedOf(words);
        if (words.Length > 0 && ended is null)
            Unused(cells[Field.State].Title, words, new("不是本系统的状态", "none of the states here"), new("请用系统中的状态，或写“已销号”“未销号”。", "Use a state of this system, or “closed” or “open”."));
        var kind = Word(Field.Kind);
        var found = policy.IssueKinds.FirstOrDefault(k => k.Code == kind || k.Title.Zh == kind || k.Title.En.Equals(kind, StringComparison.OrdinalIgnoreCase));
        if (kind.Length > 0 && found is null)
            Unused(cells[Field.Kind].Title, kind, new("没有这个问题类别", "no such kind of problem"), new("请用系统中的类别名称。", "Use the name of a kind of this system."));
        _entries[code] = (new(code, State: state, Ended: ended, Unit: Word(Field.Unit) is { Length: > 0 } unit ? unit : null, DueOn: Day(Field.Due), Kind: found?.Code, FoundOn: Day(Field.Found)), sheet, row.Number);

        string Word(Field field) => cells.TryGetValue(field, out var c) ? CellText.Clean(c.Cell.Text) is var text && !CellText.IsPlaceholder(text) ? text : "" : "";

        DateOnly? Day(Field field)
        {
            if (!cells.TryGetValue(field, out var c) || Word(field).Length == 0)
                return null;
            var day = c.Cell.Date ?? ListWords.DayOf(c.Cell.Text);
            if (day is null)
                Unused(c.Title, c.Cell.Text, new("日期不存在或无法辨认", "no such date"), new("请写成 2020-06-30 的样子。", "Write it like 2020-06-30."));
            return day;
        }

        void Unused(string column, string value, Text reason, Text remedy, bool whole = false) => _unused.Add(new(sheet, row.Number, column, value, reason, remedy, whole));

        string Where((BookEntry, string Sheet, int Row) at) => at.Sheet == sheet ? $"第 {at.Row} 行" : $"工作表“{at.Sheet}”第 {at.Row} 行";

        string Place((BookEntry, string Sheet, int Row) at) => at.Sheet == sheet ? $"row {at.Row}" : $"row {at.Row} of sheet '{at.Sheet}'";
    }

    [GeneratedRegex("^P[0-9]{4}-[0-9]{5,}$")]
    private static partial Regex Code();

    [GeneratedRegex("^(合计|小计|总计|共计|Total|Sum)", RegexOptions.IgnoreCase)]
    private static partial Regex Sum();
}
