using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;

namespace Shouwang.Platform.Storage;

/// <summary>The one database context. A request is one unit of work: its changes and its events commit together.</summary>
/// <param name="options">Which database; see <see cref="Databases"/>.</param>
/// <param name="setup">Where the modules keep their mappings, and who follows up which event.</param>
public sealed class ShouwangDb(DbContextOptions<ShouwangDb> options, ModelSetup setup) : DbContext(options)
{
    /// <summary>The database system and the few things about it that differ.</summary>
    public Dialect Dialect => Database.IsNpgsql() ? Dialect.Postgres : Dialect.Sqlite;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var assembly in setup.Mappings)
            modelBuilder.ApplyConfigurationsFromAssembly(assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            property.SetColumnName(SnakeCase.Of(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyConverter>();
        configurationBuilder.Properties<AreaCode>().HaveConversion<AreaCodeConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    /// <summary>
    /// Stores the unit of work. Events added with <c>Log</c> take their place in the county's chain here, and households about which
    /// something is said are marked for screening.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var events = ChangeTracker.Entries<Event>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        var touched = TouchedHouseholds.In(ChangeTracker);
        if (events.Count + touched.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        if (events.Count > 0)
            await EventChain.Append(this, events, setup, cancellationToken);
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        foreach (var county in touched)
            await this.MarkDirty(county.Key, [.. county], TimeProvider.System, cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        return count;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving waits for the database: use SaveChangesAsync.");
}

/// <summary>What the context has to know about the code around it.</summary>
/// <param name="Mappings">Assemblies with entity mappings and embedded migrations.</param>
/// <param name="FollowUps">Event name → names of the follow-ups that care.</param>
public sealed record ModelSetup(
    IReadOnlyList<System.Reflection.Assembly> Mappings, ILookup<string, string> FollowUps);
