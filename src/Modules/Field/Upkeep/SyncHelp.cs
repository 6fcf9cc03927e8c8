using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Upkeep;

/// <summary>The phones of a village.</summary>
/// <param name="Longest">Since when the phone that was away longest was not heard of; null where there is none.</param>
internal sealed record VillagePhones(AreaCode Area, string Name, int Phones, DateTimeOffset? Longest);

/// <summary>Where somebody may need help with the app: by village, in the order of codes, without names.</summary>
internal sealed class SyncHelp(IDevices devices, IAreas areas)
{
    public async Task<IReadOnlyList<VillagePhones>> In(Actor actor, CancellationToken cancel)
    {
        var tree = await areas.Of(actor.County, cancel);
        var phones = (await devices.In(actor.Area, cancel)).ToLookup(d => d.Area);
        return [.. tree.All.Where(a => a.Code.Level == AreaLevel.Village && actor.Sees(a.Code)).Select(a => a.Code).Concat(phones.Select(p => p.Key)).Distinct().Order()
            .Select(a => new VillagePhones(a, tree.NameOf(a), phones[a].Count(), phones[a].Any() ? phones[a].Min(p => p.SeenAt) : null))];
    }
}
