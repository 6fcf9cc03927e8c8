using System.Text.Json;
using System.Text.Json.Serialization;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>The figures of a drive at one place. They add up: those of a township are the sum of its villages'.</summary>
public sealed record PlaceFigures
{
    /// <summary>Households in scope, and those of them visited at home on days of the field stage.</summary>
    public int Households { get; init; }

    public int Visited { get; init; }

    /// <summary>Items of the checklist that visits or records answer with a problem, and those nothing answers yet.</summary>
    public int ChecklistProblems { get; init; }

    public int ChecklistOpen { get; init; }

    /// <summary>Problems found; of them put right, struck off, not struck off, and past the time of their stage.</summary>
    public int Found { get; init; }

    public int PutRight { get; init; }
    public int StruckOff { get; init; }
    public int Overdue { get; init; }

    /// <summary>Households whose table has every value it needs; the values needed, and those known.</summary>
    public int Complete { get; init; }

    public int Required { get; init; }
    public int Known { get; init; }

    /// <summary>Findings of data quality still to be cleaned or explained, explained, and gone since the drive began.</summary>
    public int ToClean { get; init; }

    public int Explained { get; init; }
    public int Cleaned { get; init; }

    [JsonIgnore]
    public int Unvisited => Households - Visited;

    [JsonIgnore]
    public int Open => Found - StruckOff;

    [JsonIgnore]
    public int Missing => Required - Known;

    public static PlaceFigures Sum(IEnumerable<PlaceFigures> all) => all.Aggregate(new PlaceFigures(), (a, b) => new()
    {
        Households = a.Households + b.Households, Visited = a.Visited + b.Visited, ChecklistProblems = a.ChecklistProblems + b.ChecklistProblems, ChecklistOpen = a.ChecklistOpen + b.ChecklistOpen,
        Found = a.Found + b.Found, PutRight = a.PutRight + b.PutRight, StruckOff = a.StruckOff + b.StruckOff, Overdue = a.Overdue + b.Overdue, Complete = a.Complete + b.Complete,
        Required = a.Required + b.Required, Known = a.Known + b.Known, ToClean = a.ToClean + b.ToClean, Explained = a.Explained + b.Explained, Cleaned = a.Cleaned + b.Cleaned,
    });
}

/// <summary>What happened on a day: households visited for the first time in the drive, problems found and put right, findings cleaned.</summary>
public sealed record DayFigures(DateOnly On, int Visited, int Found, int PutRight, int Cleaned);

/// <summary>An item of the checklist over the households of a place.</summary>
/// <param name="Fine">Answered without a problem.</param>
/// <param name="Open">Nothing answers it yet.</param>
public sealed record ItemFigures(string Item, string Area, int Fine, int Problem, int Open);

/// <summary>A value of the household table over the households of a place: how many need it, how many have it.</summary>
public sealed record ColumnFigures(string Column, string Area, int Required, int Known);

/// <summary>Findings of a rule of data quality about the drive's households and places.</summary>
/// <param name="ToClean">Neither put right nor explained.</param>
public sealed record RuleFigures(string Rule, string Area, int ToClean, int Explained);

/// <summary>What households add up to for a counted value of a village table or the county table, place by place.</summary>
public sealed record TableFigures(string Column, IReadOnlyDictionary<string, decimal> Places);

/// <summary>A drive as it stood when it was counted.</summary>
/// <param name="Places">By village; by township or county where the village is not known.</param>
/// <param name="Days">By village, so that every area has its own course.</param>
/// <param name="Departments">Problems of the drive that are not struck off, by the department that answers for them.</param>
/// <param name="Village">Counted values of village tables; <paramref name="County"/> of the county table.</param>
public sealed record Board(
    DateOnly AsOf, IReadOnlyDictionary<string, PlaceFigures> Places, IReadOnlyDictionary<string, IReadOnlyList<DayFigures>> Days, IReadOnlyList<ItemFigures> Checklist,
    IReadOnlyList<ColumnFigures> Columns, IReadOnlyDictionary<string, int> Departments, IReadOnlyList<TableFigures> Village, IReadOnlyList<TableFigures> County)
{
    /// <summary>When it was counted and kept; null for one that is counted at this moment, or never was.</summary>
    [JsonIgnore]
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>Findings of data quality by rule and village; none in boards of before they were told apart.</summary>
    public IReadOnlyList<RuleFigures> Rules { get; init; } = [];

    public static Board Empty(DateOnly asOf) =>
        new(asOf, new Dictionary<string, PlaceFigures>(), new Dictionary<string, IReadOnlyList<DayFigures>>(), [], [], new Dictionary<string, int>(), [], []);

    /// <summary>The figures of an area: the sum of everything in it.</summary>
    public PlaceFigures Of(AreaCode area) => PlaceFigures.Sum(Places.Where(p => p.Key.StartsWith(area.Digits, StringComparison.Ordinal)).Select(p => p.Value));

    /// <summary>The course of an area, every day on which anything happened, in their order.</summary>
    public IReadOnlyList<DayFigures> DaysOf(AreaCode area) => [.. Days.Where(d => d.Key.StartsWith(area.Digits, StringComparison.Ordinal)).SelectMany(d => d.Value).GroupBy(d => d.On).OrderBy(g => g.Key)
        .Select(g => new DayFigures(g.Key, g.Sum(d => d.Visited), g.Sum(d => d.Found), g.Sum(d => d.PutRight), g.Sum(d => d.Cleaned)))];

    public ItemFigures Item(string item, AreaCode area) => Checklist.Where(i => i.Item == item && i.Area.StartsWith(area.Digits, StringComparison.Ordinal))
        .Aggregate(new ItemFigures(item, area.Digits, 0, 0, 0), (a, b) => a with { Fine = a.Fine + b.Fine, Problem = a.Problem + b.Problem, Open = a.Open + b.Open });

    public ColumnFigures Column(string column, AreaCode area) => Columns.Where(c => c.Column == column && c.Area.StartsWith(area.Digits, StringComparison.Ordinal))
        .Aggregate(new ColumnFigures(column, area.Digits, 0, 0), (a, b) => a with { Required = a.Required + b.Required, Known = a.Known + b.Known });

    internal string Write() => JsonSerializer.Serialize(this, JsonTexts.Options);

    /// <summary>Boards kept before tables were counted with them have none.</summary>
    internal static Board Read(string json)
    {
        var board = JsonSerializer.Deserialize<Board>(json, JsonTexts.Options)!;
        return board with { Village = board.Village ?? [], County = board.County ?? [] };
    }
}
