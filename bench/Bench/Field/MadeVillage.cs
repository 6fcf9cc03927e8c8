using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Bench.Field;

/// <summary>A village of just so many households in a copy of the made-up county: its first, with as many of its neighbours as it takes.</summary>
internal static class MadeVillage
{
    /// <returns>The village, and how many villages its households come from.</returns>
    public static async Task<(AreaCode Village, int Merged)> Of(IServiceProvider services, BenchPostgres postgres, string database, AreaCode county, int households, CancellationToken cancel)
    {
        // One more than there may be shows where those go that are too many.
        var found = await postgres.Read(database, $"select id, area, village_name from households where county = '{county}' and length(area) = 12 order by area, code limit {households + 1}",
            r => (Id: r.GetGuid(0), Area: r.GetString(1), Name: r.GetString(2)), cancel);
        if (found.Count < households)
            throw new InvalidOperationException($"The county has {found.Count} households, fewer than {households}.");
        var (first, kept) = (found[0], found[..households]);
        var others = await postgres.Read(database, $"select id from households where county = '{county}' and area = '{first.Area}'", r => r.GetGuid(0), cancel);
        var next = (await postgres.Read(database, $"select area, village_name from households where county = '{county}' and length(area) = 12 and area > '{first.Area}' order by area limit 1", r => (Area: r.GetString(0), Name: r.GetString(1)), cancel))[0];

        await using var scope = services.CreateAsyncScope();
        await Move([.. others.Except(kept.Select(k => k.Id))], next.Area, next.Name);
        await Move([.. kept.Where(k => k.Area != first.Area).Select(k => k.Id)], first.Area, first.Name);
        return (new(first.Area), kept.Select(k => k.Area).Distinct().Count());

        // As a register says it; then whatever else says of them where they are.
        async Task Move(IReadOnlyList<Guid> moving, string area, string name)
        {
            if (moving.Count == 0)
                return;
            var said = new Dictionary<string, object?> { ["area_code"] = area, ["village"] = name };
            await scope.ServiceProvider.GetRequiredService<IFacts>().State(new(county, "bench"), [.. moving.Select(id => new Statement(id, null, "register", "bench", CountyFiles.Day, said))], cancel);
            foreach (var table in await postgres.Read(database, """
                select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
                where table_schema = 'public' and table_type = 'BASE TABLE' and column_name in ('area', 'household_id') group by table_name having count(*) = 2
                """, r => r.GetString(0), cancel))
                await postgres.Execute(database, $"update {table} set area = '{area}' where county = '{county}' and area <> '{area}' and household_id in ('{string.Join("','", moving)}')", cancel);
        }
    }
}
