using Shouwang.Kernel;

namespace Shouwang.Modules.Ledger.Contracts;

/// <summary>Where listed objects 挂牌督战 were supervised.</summary>
public interface ISupervisions
{
    /// <summary>The areas of listed objects with at least one record of supervision until the day, each once.</summary>
    Task<IReadOnlyList<string>> Areas(AreaCode county, DateOnly until, CancellationToken cancel);
}
