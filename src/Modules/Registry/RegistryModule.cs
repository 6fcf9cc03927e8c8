using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Registry;

/// <summary>The register: areas, households, members and their history, what every source said about them, income accounts.</summary>
public sealed class RegistryModule : IModule
{
    public string Name => "registry";

    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<IResidents, Residents>();
    }
}
