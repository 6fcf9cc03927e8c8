using System.Collections.Concurrent;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Registry;

/// <summary>The source order of the policy in force for a county today.</summary>
internal sealed class PolicySourceRanks(PolicyBook book, Today today) : ISourceRanks
{
    private readonly ConcurrentDictionary<string, SourceOrder> _orders = [];

    public int Rank(string county, string attribute, string source)
    {
        var order = _orders.GetOrAdd(county, c => book.For(new AreaCode(c), today.Day).SourceOrder).For(attribute);
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == source)
                return i;
        }
        return order.Count;
    }
}
