using Shouwang.Platform.Storage;

namespace Shouwang.Server;

/// <summary>How one installation runs; the command line fills it in.</summary>
/// <param name="Place">Where data are kept.</param>
public sealed record ServerOptions(DatabasePlace Place)
{
    /// <summary>The day for rules and clocks, or null for the calendar's.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The folder of the policy packs; by default those that come with the program.</summary>
    public string Policy { get; init; } = Path.Combine(AppContext.BaseDirectory, "policy");

    /// <summary>Addresses to listen on. Loopback unless somebody says otherwise.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    /// <summary>True on a synthetic county: screens say so, and the sign-in page names the demo's accounts.</summary>
    public bool Demo { get; init; }

    /// <summary>Whether follow-ups and other work in the background run in this process.</summary>
    public bool Worker { get; init; } = true;

    /// <summary>Whether requests are written to the console.</summary>
    public bool Quiet { get; init; }
}
