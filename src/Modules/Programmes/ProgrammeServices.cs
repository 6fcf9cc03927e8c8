using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Shouwang.Modules.Programmes;

internal static class ProgrammeServices
{
    /// <summary>What all programmes share; each module asks for it, the first one adds it.</summary>
    public static IServiceCollection AddProgrammes(this IServiceCollection services)
    {
        services.TryAddScoped<RecordFiles>();
        return services;
    }
}
