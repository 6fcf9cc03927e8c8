using System.Runtime.CompilerServices;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes;

/// <summary>What features of programmes need of the register, read once for a scope although seven modules ask.</summary>
internal sealed class HouseholdsInScope(IResidents register)
{
    /// <summary>Older people are asked about by no feature as long as they are insured.</summary>
    private const int MostAge = 17;

    // Features of one scope are worked out over two connections at once; one of them reads for both.
    private static readonly ConditionalWeakTable<FeatureScope, Lazy<Task<RegisterInScope>>> Read = [];

    public Task<RegisterInScope> Of(FeatureScope scope, CancellationToken cancel) => Read.GetValue(scope, s => new(() => Load(s, cancel))).Value;

    private async Task<RegisterInScope> Load(FeatureScope scope, CancellationToken cancel)
    {
        var read = new RegisterInScope(scope);
        var among = scope.WholeCounty ? null : scope.Households;
        read.Add(await register.Households(scope.County.Digits, among, cancel));
        // Without sources nobody asks for codes, and features of programmes ask about few people.
        await register.Read(scope.County.Digits, among, scope.WithSources ? null : new(scope.AsOf.AddYears(-MostAge)), read.Add, cancel);
        return read;
    }
}

/// <summary>The households and people of a scope.</summary>
internal sealed class RegisterInScope(FeatureScope scope)
{
    private readonly string[] _villages = new string[scope.Households.Count];
    private readonly bool[] _registered = new bool[scope.Households.Count];
    private readonly bool[] _inhabited = new bool[scope.Households.Count];
    private readonly List<Resident> _people = [];
    private readonly Dictionary<Guid, string> _codes = [];

    /// <summary>Members of state normal, in no order: all of them, or at least those who are young, of unknown age, or not insured.</summary>
    public IReadOnlyList<Resident> People => _people;

    /// <summary>The village of the household at a place of the scope; fewer digits where it is not known, none where the household is gone.</summary>
    public string Village(int place) => _villages[place] ?? "";

    public bool Registered(int place) => _registered[place];

    /// <summary>Whether the household has a member of state normal.</summary>
    public bool Inhabited(int place) => _inhabited[place];

    /// <summary>The code of a member of state normal, for explanations; null for anyone else.</summary>
    public string? CodeOf(Guid? member) => member is { } id ? _codes.GetValueOrDefault(id) : null;

    internal void Add(IReadOnlyList<Residence> households)
    {
        foreach (var household in households)
        {
            if (scope.IndexOf(household.Id) is >= 0 and var place)
                (_villages[place], _registered[place], _inhabited[place]) = (household.Area.Digits, household.Registered, household.Inhabited);
        }
    }

    internal void Add(Resident person)
    {
        _people.Add(person);
        _codes[person.Id] = person.Code;
    }
}
