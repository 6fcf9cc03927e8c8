using Microsoft.AspNetCore.DataProtection;
using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Platform;
using Shouwang.Platform.Backups;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Server;

/// <summary>What the web host and the command line both stand on: the database, the clock, keys, files, and every module's services.</summary>
public static class Composition
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers Platform and all modules over one place; nothing is opened yet.</summary>
        public IServiceCollection AddShouwang(ServerOptions options)
        {
            services.AddSingleton(options);
            services.AddSingleton(options.Place);
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton(s => new Today(s.GetRequiredService<TimeProvider>(), options.AsOf));
            services.AddSingleton(_ => Secrets.Of(options.Place.Folder));
            services.AddSingleton(_ => new Files(Path.Combine(options.Place.Folder, "files")));
            services.AddSingleton<PrintPdf>();
            services.AddSingleton(new ModelSetup([typeof(ShouwangDb).Assembly, typeof(Catalogue).Assembly], Catalogue.FollowUps));
            services.AddSingleton(_ => PolicyBook.Load(options.Policy, new SymbolTable(Catalogue.Features.Select(f => f.Symbol))).Require());
            services.AddSingleton(_ => AreaTable.Load(options.Policy));
            services.AddScoped<Policies>().AddScoped<Counties>();
            services.AddScoped<Backup>();
            services.AddDbContext<ShouwangDb>(o => Databases.Configure(o, options.Place), optionsLifetime: ServiceLifetime.Singleton);
            services.AddSingleton<EventWorker>();
            services.AddDataProtection()
                .SetApplicationName("shouwang")
                .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.Place.Folder, "keys")));
            foreach (var module in Catalogue.Modules)
                module.AddServices(services);
            return services;
        }
    }

    extension(IServiceProvider services)
    {
        /// <summary>Brings the database up to date.</summary>
        public async Task Migrate(CancellationToken cancel = default)
        {
            var place = services.GetRequiredService<DatabasePlace>();
            await using var connection = Databases.Connection(place);
            await Migrator.Run(connection, place.Dialect, services.GetRequiredService<ModelSetup>().Mappings, cancel);
        }
    }
}
