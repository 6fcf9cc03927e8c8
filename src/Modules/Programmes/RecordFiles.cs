using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes;

/// <summary>How one kind of a department's file becomes records.</summary>
/// <param name="KeyField">The field that a repetition is reported under; null for the row as a whole.</param>
/// <param name="Key">What a row is about; null where the row does not say for sure, then it is no repetition of another.</param>
/// <param name="Values">The values of the table's own columns, in their order.</param>
/// <param name="Says">
/// What a row says about something the register holds too, and since when; null where it says nothing of that sort. It is kept as
/// the department's word beside the register's, so that both can be seen.
/// </param>
internal sealed record RecordReading(
    RecordTable Table, string? KeyField, Func<FeedRow, string?> Key, Func<FeedRow, object?[]> Values,
    Func<FeedRow, Said?>? Says = null);

/// <summary>What a department says about a household, or about one of its members.</summary>
/// <param name="Member">Null when it is about the household.</param>
/// <param name="Values">By the register's names of them.</param>
internal readonly record struct Said(Guid? Member, DateOnly Since, Dictionary<string, object?> Values);

/// <summary>Takes in departments' files and takes them back.</summary>
internal sealed class RecordFiles(ShouwangDb db, IResidents residents, IFacts facts, TimeProvider clock)
{
    public Task<IFeedRun> Begin(FeedIntake intake, RecordReading reading) =>
        Task.FromResult<IFeedRun>(new RecordRun(db, residents, facts, clock, intake, reading));

    /// <summary>Takes back the records and words of an import.</summary>
    public async Task Undo(RecordTable table, string county, Guid import, CancellationToken cancel)
    {
        var households = await table.Undo(db, county, import, cancel);
        await facts.Withdraw(county, import, "system", cancel);
        await db.MarkDirty(county, households, clock, cancel);
    }
}

/// <summary>One pass over a department's file: refuses what stands in it twice, stores the rest.</summary>
internal sealed class RecordRun(
    ShouwangDb db, IResidents residents, IFacts facts, TimeProvider clock, FeedIntake intake, RecordReading reading) : IFeedRun
{
    // Number and content of the first row with a key. Only a hash of the content: a county's file has a million rows, and
    // all that hangs on it is whether a repetition is called the same or a contradiction.
    private readonly Dictionary<string, (int Number, int Content)> _first = new(StringComparer.Ordinal);

    private readonly int _village = intake.Find("village");

    // Serial numbers differ between repetitions of a row and say nothing about it.
    private readonly int _serial = intake.Find("seq");

    public Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
    {
        foreach (var row in chunk)
        {
            // A refused row counts nowhere, so a good one further down takes its place.
            if (row.Verdict == Verdict.Refused || reading.Key(row) is not { } key)
                continue;
            var content = Content(row);
            if (!_first.TryAdd(key, (row.Number, content)))
                row.Add(Repetitions.Of(reading.KeyField, _first[key].Number, _first[key].Content == content));
        }
        return Task.CompletedTask;
    }

    public async Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
    {
        var accepted = chunk.Where(r => r.Verdict != Verdict.Refused).ToList();
        var homes = new Dictionary<Guid, AreaCode>();
        foreach (var home in await residents.Households(intake.County, [.. accepted.Select(r => r.Household).OfType<Guid>().Distinct()], cancel))
            homes[home.Id] = home.Area;

        await db.MarkDirty(intake.County, homes.Keys, clock, cancel);
        await reading.Table.Write(db, intake, accepted.Select(r => (r, Village(r), reading.Key(r) ?? KeyOfItsOwn(r), reading.Values(r))), cancel);
        if (reading.Says is not null)
            await facts.State(new(intake.Area, intake.Actor, intake.Import), [.. accepted.Select(Statement).OfType<Statement>()], cancel);

        // The register's village before the one the file names. What lies outside the area of the import is put down for the
        // area itself: a stranger in a township's list must not look as if the list spoke about the stranger's township too.
        string Village(FeedRow row)
        {
            var known = row.Household is { } household && homes.TryGetValue(household, out var home) && home.Level == AreaLevel.Village;
            var village = known ? homes[row.Household!.Value] : row.Village(_village) ?? intake.Area;
            return intake.Area.Contains(village) ? village.Digits : intake.Area.Digits;
        }
    }

    public Task Finish(CancellationToken cancel) => reading.Table.Settle(db, intake.County, intake.Import, cancel);

    private Statement? Statement(FeedRow row) => row.Household is { } household && reading.Says!(row) is { } said
        ? new(household, said.Member, intake.Source, intake.FileName, said.Since, said.Values)
        : null;

    private string KeyOfItsOwn(FeedRow row) => $"{intake.Import:n}/{row.Sheet}/{row.Number}";

    private int Content(FeedRow row)
    {
        var hash = new HashCode();
        for (var i = 0; i < row.Values.Length; i++)
        {
            if (i != _serial)
                hash.Add(row.Values[i]);
        }
        return hash.ToHashCode();
    }
}

internal static class Repetitions
{
    /// <summary>A row whose number stands further up in the same file; the first row stays.</summary>
    /// <param name="first">The row it repeats.</param>
    /// <param name="same">The two rows say the same.</param>
    public static RowFinding Of(string? field, int first, bool same) => same
        ? new(field, "duplicate_same",
            new($"与第{first}行完全重复。", $"The same as row {first}."),
            new("无需处理：该行只计一次。", "Nothing to do: it counts once."), Verdict.Refused)
        : new(field, "duplicate_conflict",
            new($"编号与第{first}行重复，而内容不同。", $"The number stands in row {first} with other content."),
            new("第一行有效。请与报送单位核对，改正后重新导入。", "The first row stays. Ask the sender which one is right, then import again."),
            Verdict.Refused);
}
