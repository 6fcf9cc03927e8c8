using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Modules.Quality;

/// <summary>Checking a county after an import keeps nobody from saving.</summary>
public sealed class FollowUpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Somebody_can_save_while_a_county_is_checked(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var county = new Shouwang.Kernel.AreaCode("500231");
        var reading = new Reading();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(database.Secrets)
            .AddSingleton(new ModelSetup([typeof(ShouwangDb).Assembly, typeof(Shouwang.Modules.Registry.RegistryModule).Assembly],
                new[] { "imports.applied" }.ToLookup(n => n, _ => nameof(Reading))))
            .AddDbContext<ShouwangDb>(o => Databases.Configure(o, database.Place)).AddSingleton<IFollowUp>(reading).AddSingleton<EventWorker>().BuildServiceProvider();
        await Log(services, "imports.applied");

        var settling = services.GetRequiredService<EventWorker>().Settle(Cancel);
        await reading.Began.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        // A cadre saves; on the embedded database this used to wait until the check was over.
        await Log(services, "visits.recorded").WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        reading.MayEnd.SetResult();
        Assert.Equal(1, await settling.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        await using var scope = services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<ShouwangDb>().Set<EventWork>().ToListAsync(Cancel));

        async Task Log(ServiceProvider from, string name)
        {
            await using var unit = from.CreateAsyncScope();
            var db = unit.ServiceProvider.GetRequiredService<ShouwangDb>();
            db.Log(name, county, "x", "tester", TimeProvider.System, new { });
            await db.SaveChangesAsync(Cancel);
        }
    }

    /// <summary>Reads a county for as long as the test wants.</summary>
    private sealed class Reading : IFollowUp
    {
        public TaskCompletionSource Began { get; } = new();
        public TaskCompletionSource MayEnd { get; } = new();
        public string On => "imports.applied";
        public bool ReadsLong => true;

        public async Task Run(Event cause, CancellationToken cancel)
        {
            Began.SetResult();
            await MayEnd.Task.WaitAsync(cancel);
        }
    }

    [Fact]
    public void Checks_and_figures_read_long()
    {
        var readers = typeof(Shouwang.Modules.Catalogue).Assembly.GetTypes()
            .Where(t => t.IsClass && typeof(IFollowUp).IsAssignableFrom(t) && t.GetProperty(nameof(IFollowUp.ReadsLong)) is not null).Select(t => t.Name);
        Assert.Superset(new HashSet<string> { "CheckAfterImport", "CheckAfterUndo", "ComputeAfterImport", "ComputeAfterUndo" }, readers.ToHashSet());
    }
}
