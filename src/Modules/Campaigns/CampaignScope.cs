using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Campaigns;

/// <summary>Which households are in a drive: areas, and a condition over their features. Asked of the population each time, so that the register decides.</summary>
internal sealed class CampaignScope(IHouseholdSums sums)
{
    /// <summary>Why a condition would be refused; null if it holds water.</summary>
    public Problem? Check(string? condition) =>
        condition is not null && RuleExpression.Compile(condition, sums.Names, RuleType.Bool) is { Succeeded: false } failed
            ? Refusals.BadScope(condition, failed.Errors[0].What, failed.Errors[0].Remedy) : null;

    /// <summary>The scope's condition with others that have to hold besides; null where there is none at all.</summary>
    /// <exception cref="InvalidOperationException">One of them is not valid; starting the drive, or loading the pack, should have said so.</exception>
    public RuleExpression? And(Campaign campaign, params ReadOnlySpan<string?> others)
    {
        var parts = new List<string>();
        foreach (var part in (ReadOnlySpan<string?>)[campaign.Scope, .. others])
        {
            if (part is not null)
                parts.Add($"({part})");
        }
        return parts.Count == 0 ? null : Compiled(string.Join(" && ", parts), RuleType.Bool);
    }

    /// <summary>A drive's condition in plain words; null where all households are in scope.</summary>
    public Text? Words(string? condition) => condition is null ? null
        : Compiled(condition, RuleType.Bool).Root is var root ? new(RuleWords.Of(root, Language.Zh), RuleWords.Of(root, Language.En)) : null;

    /// <summary>A number of the rule language.</summary>
    public RuleExpression Compiled(string text, RuleType? type) => RuleExpression.Compile(text, sums.Names, type) is { Succeeded: true, Expression: { } expression } ? expression
        : throw new InvalidOperationException($"{text}: {RuleExpression.Compile(text, sums.Names, type).Errors[0]}");

    /// <summary>The households in scope that also fulfil a condition, with their places; those outside the drive's areas are left out.</summary>
    public async Task<IReadOnlyList<(Guid Household, string Area)>> Households(Campaign campaign, AreaCode within, DateOnly asOf, string? condition, CancellationToken cancel)
    {
        var found = new List<(Guid, string)>();
        await sums.Each(within, asOf, [new(And(campaign, condition), null)], part =>
        {
            if (campaign.Contains(new(part.Area)))
                found.Add((part.Household, part.Area));
        }, cancel);
        return found;
    }
}
