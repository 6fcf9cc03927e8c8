using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Names of people for screens, read once per county and then every few minutes: a page with a history needs many of them.</summary>
internal sealed class PersonLabels(IServiceScopeFactory scopes, TimeProvider clock) : IPersonLabels
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _read = new();

    // Sign-in names are unique in the installation and are never given to another person, so all counties can share one table.
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public async Task Prepare(string county, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_read.TryGetValue(county, out var at) && now - at < Fresh)
            return;
        await using var scope = scopes.CreateAsyncScope();
        // Offices above the counties work in them too.
        var known = await scope.ServiceProvider.GetRequiredService<ShouwangDb>().Set<User>().AsNoTracking()
            .Where(u => u.County == county || u.Role == Role.HigherOffice).Select(u => new { u.Name, u.DisplayName }).ToListAsync(cancel);
        foreach (var user in known)
            Know(user.Name, user.DisplayName);
        _read[county] = now;
    }

    /// <summary>Makes a new name known at once.</summary>
    public void Know(string signInName, string displayName) => _names[signInName] = displayName;

    public string? Of(string signInName) => _names.GetValueOrDefault(signInName);
}
