using Shouwang.Platform.Plugins;

namespace Shouwang.Modules;

/// <summary>Every module there is, in the order of their names; found by reflection, so that none can be forgotten.</summary>
public static class Catalogue
{
    public static IReadOnlyList<IModule> Modules { get; } =
    [
        .. typeof(Catalogue).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IModule)) && t is { IsAbstract: false, IsInterface: false })
            .Select(t => (IModule)Activator.CreateInstance(t)!)
            .OrderBy(m => m.Name, StringComparer.Ordinal),
    ];

    /// <summary>Follow-ups by the event they follow, for the event log to know what work an event makes.</summary>
    /// <remarks>
    /// The event's name is a constant of the type, so it is read from an instance without its dependencies: those need the
    /// database, and the database needs this list.
    /// </remarks>
    public static ILookup<string, string> FollowUps { get; } = typeof(Catalogue).Assembly.GetTypes()
        .Where(t => t.IsAssignableTo(typeof(IFollowUp)) && t is { IsAbstract: false, IsInterface: false })
        .Select(t => (Type: t, ((IFollowUp)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(t)).On))
        .ToLookup(f => f.On, f => f.Type.Name);

    /// <summary>The features of all modules, for policy packs to be checked against before anything is opened.</summary>
    /// <exception cref="InvalidOperationException">A source's features are not a constant of its type.</exception>
    public static IReadOnlyList<Feature> Features { get; } = [.. typeof(Catalogue).Assembly.GetTypes()
        .Where(t => t.IsAssignableTo(typeof(IFeatureSource)) && t is { IsAbstract: false, IsInterface: false })
        .SelectMany(t => ((IFeatureSource)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(t)).Features
            ?? throw new InvalidOperationException($"{t.Name}.Features must be an expression or static, so that it can be read without a database."))];
}
