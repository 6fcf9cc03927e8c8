namespace Shouwang.Platform.Components;

/// <summary>Addresses to return to come from outside; only our own are followed.</summary>
public static class LocalAddress
{
    /// <summary>The address if it is a path of this site, else the start page.</summary>
    public static string Of(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.AsSpan().ContainsAnyInRange('\0', '\x1f') ? address : "/";
}
