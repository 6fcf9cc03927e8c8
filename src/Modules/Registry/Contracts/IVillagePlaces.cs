using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>Where a village lies: the middle of its households whose place is known.</summary>
/// <param name="Lat">Degrees north.</param>
/// <param name="Lng">Degrees east.</param>
/// <param name="Known">How many households that is.</param>
public readonly record struct VillagePlace(AreaCode Village, double Lat, double Lng, int Known);

/// <summary>Where villages lie, for maps that need no boundary file.</summary>
public interface IVillagePlaces
{
    /// <summary>Villages of a county of which any household's place is known. Read once an hour.</summary>
    Task<IReadOnlyList<VillagePlace>> Of(AreaCode county, CancellationToken cancel);
}
