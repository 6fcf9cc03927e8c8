using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>The households whose facts changed since their rules were last looked at, by the marks of those changes.</summary>
/// <remarks>
/// The marks of one change are stored together with what it changed. Whoever reads a mark and the facts afterwards knows what the mark
/// stands for, and may strike it wherever else it stands; a change that comes later has a mark of its own.
/// </remarks>
internal sealed class ChangedHouseholds(ShouwangDb db)
{
    /// <param name="Households">Without repetition, the longest waiting first.</param>
    /// <param name="Marks">All marks that were read about them.</param>
    public sealed record Changed(string County, IReadOnlyList<Guid> Households, IReadOnlyList<Guid> Marks);

    /// <summary>Reads the longest waiting marks, county by county.</summary>
    /// <param name="most">So many marks at most.</param>
    public async Task<IReadOnlyList<Changed>> Read(int most, CancellationToken cancel)
    {
        var read = new List<(string County, Guid Household, Guid Mark)>();
        await db.Read($"select county, household_id, mark_id from dirty_marks order by since_at limit {most}",
            row => read.Add((row.GetString(0), row.GetGuid(1), row.GetGuid(2))), cancel);
        return [.. read.GroupBy(r => r.County)
            .Select(g => new Changed(g.Key, [.. g.Select(r => r.Household).Distinct()], [.. g.Select(r => r.Mark).Distinct()]))];
    }

    /// <summary>Households of a county that have marks now.</summary>
    /// <param name="most">So many at most.</param>
    public async Task<IReadOnlyList<Guid>> Waiting(string county, int most, CancellationToken cancel)
    {
        var households = new List<Guid>();
        await db.Read($"select distinct household_id from dirty_marks where county = @county limit {most}", row => households.Add(row.GetGuid(0)), cancel, ("@county", county));
        return households;
    }

    /// <summary>Every mark of a county now.</summary>
    public async Task<IReadOnlyList<Guid>> Marks(string county, CancellationToken cancel)
    {
        var marks = new List<Guid>();
        await db.Read("select distinct mark_id from dirty_marks where county = @county", row => marks.Add(row.GetGuid(0)), cancel, ("@county", county));
        return marks;
    }

    /// <summary>Takes away marks, wherever they stand.</summary>
    public Task Strike(string county, IReadOnlyList<Guid> marks, CancellationToken cancel) =>
        db.Execute($"delete from dirty_marks where county = @county and {db.Among("mark_id", "@marks")}", cancel, ("@county", county), ("@marks", db.KeysOf(marks)));

    /// <summary>Takes away the marks of households that were looked at.</summary>
    public Task Strike(Changed changed, CancellationToken cancel) =>
        db.Execute($"delete from dirty_marks where county = @county and {db.Among("household_id", "@households")} and {db.Among("mark_id", "@marks")}", cancel,
            ("@county", changed.County), ("@households", db.KeysOf(changed.Households)), ("@marks", db.KeysOf(changed.Marks)));
}
