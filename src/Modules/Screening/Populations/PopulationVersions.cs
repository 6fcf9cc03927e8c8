using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>How often a county's screened households changed: tells a population in memory or in a file whether it missed something.</summary>
internal sealed class PopulationVersions(ShouwangDb db)
{
    public async Task<long> Now(string county, CancellationToken cancel)
    {
        var version = 0L;
        await db.Read("select version from population_versions where county = @county", row => version = row.GetInt64(0), cancel, ("@county", county));
        return version;
    }

    /// <summary>The same for several counties; one that was never screened is not among them.</summary>
    public async Task<IReadOnlyDictionary<AreaCode, long>> All(IReadOnlyCollection<AreaCode> counties, CancellationToken cancel)
    {
        var found = new Dictionary<AreaCode, long>();
        if (counties.Count > 0)
            await db.Read("select county, version from population_versions where county >= @first and county <= @last", row => found[new(row.GetString(0))] = row.GetInt64(1), cancel,
                ("@first", counties.Min().Digits), ("@last", counties.Max().Digits));
        return found;
    }

    /// <summary>The next version, in the transaction in which households are taken off the list of changed ones.</summary>
    public async Task<long> Next(string county, CancellationToken cancel)
    {
        await db.Execute("""
            insert into population_versions (county, version) values (@county, 1)
            on conflict (county) do update set version = population_versions.version + 1
            """, cancel, ("@county", county));
        return await Now(county, cancel);
    }
}
