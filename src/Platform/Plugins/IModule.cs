using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Shouwang.Platform.Plugins;

/// <summary>A part of the product with its own tables, pages and words. One folder, one implementation.</summary>
/// <remarks>
/// Modules are found by reflection; nothing lists them, so nothing can forget one. What else a module brings — feeds, features,
/// quality checks, indicators, follow-ups — it registers in <see cref="AddServices"/> under the plug-in interfaces of this folder.
/// </remarks>
public interface IModule
{
    /// <summary>The module's name in routes, permissions, events and codes: lower case.</summary>
    string Name { get; }

    /// <summary>The modules whose contracts this one may use. The architecture test holds the code to it.</summary>
    IReadOnlyList<string> Uses => [];

    /// <summary>Links of the desk's menu that this module adds.</summary>
    IReadOnlyList<MenuEntry> Menu => [];

    void AddServices(IServiceCollection services) { }

    /// <param name="root">The host's routes; every endpoint names its permission with <c>Requires</c> or is <c>OpenToAll</c>.</param>
    void MapEndpoints(IEndpointRouteBuilder root) { }
}

/// <summary>A link of the desk's menu.</summary>
/// <param name="Order">Smaller stands further up: work 10s, households 20s, casework 30s, data 40s, system 50s.</param>
/// <param name="Icon">Name of an icon of the design system.</param>
public sealed record MenuEntry(int Order, string Path, Shouwang.Kernel.Text Title, string Permission, string Icon);

/// <summary>What a module does when something happens elsewhere. It may run twice for one event, and must not mind.</summary>
public interface IFollowUp
{
    /// <summary>The name of the event.</summary>
    string On { get; }

    /// <summary>It reads a whole county before it writes, and writes in a transaction of its own: nobody should wait for it with a form in hand.</summary>
    bool ReadsLong => false;

    Task Run(Storage.Event cause, CancellationToken cancel);
}
