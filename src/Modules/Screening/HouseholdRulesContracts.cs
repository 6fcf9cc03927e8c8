using System.Text.Json.Nodes;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening.Contracts;

/// <summary>An open lead with the reasons it was opened or joined for.</summary>
/// <param name="DueOn">The last day of its present stage, or of the whole way.</param>
/// <param name="Reasons">What rules say; people's own words are not among them.</param>
public sealed record OpenLead(Guid Id, string Code, Guid Household, Text State, DateOnly DueOn, IReadOnlyList<Text> Reasons);

/// <summary>What the live rules know of a household, and what they lack.</summary>
/// <param name="Known">Features that live rules read, and those asked for besides, by name.</param>
/// <param name="Missing">Features for want of which a live rule cannot be decided.</param>
/// <param name="Sources">Where known features come from, by name; some have no source.</param>
public sealed record KnownToRules(IReadOnlyDictionary<string, RuleValue> Known, IReadOnlyList<string> Missing, IReadOnlyDictionary<string, FeatureSource> Sources);

/// <summary>A live rule as a phone evaluates it.</summary>
/// <param name="When">The condition with its words, as <see cref="RuleJson"/> writes it.</param>
/// <param name="Constants">Values of lines and parameters by name.</param>
public sealed record PhoneRule(string Id, Text Title, JsonObject When, JsonObject Constants);

/// <summary>Leads and rules of many households at once, for the field app.</summary>
public interface IHouseholdRules
{
    /// <summary>The open leads the actor sees, by household.</summary>
    Task<ILookup<Guid, OpenLead>> OpenLeads(Actor actor, CancellationToken cancel);

    /// <summary>What the live rules make of each of the households that exists.</summary>
    /// <param name="besides">Features to give although no live rule reads them.</param>
    Task<IReadOnlyDictionary<Guid, KnownToRules>> Of(
        AreaCode county, IReadOnlyCollection<Guid> households, DateOnly asOf, IReadOnlyCollection<string> besides, CancellationToken cancel);

    /// <summary>The live rules about households, without those about the work with them.</summary>
    IReadOnlyList<PhoneRule> Live(Policy policy);
}
