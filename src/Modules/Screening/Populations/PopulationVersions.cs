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
