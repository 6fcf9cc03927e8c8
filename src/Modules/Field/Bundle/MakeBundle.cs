using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Bundle;

internal sealed record BundleVillage(string Code, string Name);

internal sealed record BundleArea(IReadOnlyList<BundleVillage> Villages);

/// <param name="Policy">Null where the phone has it already.</param>
/// <param name="Households">Cards that differ from what the phone holds.</param>
/// <param name="Gone">Households that are no longer the actor's.</param>
internal sealed record BundleAnswer(
    string Cursor, DateOnly AsOf, DateTimeOffset GeneratedAt, bool Full, FieldUser User, ServerKey ServerKey, BundleArea Area, JsonNode? Policy, string PolicyHash,
    IReadOnlyList<JsonNode> Households, IReadOnlyList<Guid> Gone);

/// <summary>Makes what a phone takes along: the households its user visits, as far as the phone does not hold them yet.</summary>
internal sealed class MakeBundle(Cards cards, Cursors cursors, CountyKeys keys, IAreas areas, Policies policies, IHouseholdRules rules, Today today)
{
    /// <summary>Dense, without what is not there: a phone pays for every byte.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonTexts.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task<BundleAnswer> Run(DeviceUser device, string? cursor, CancellationToken cancel)
    {
        var actor = device.Actor;
        var held = await cursors.Find(actor.County, device.Device, cursor, cancel);
        var (all, hashes) = (new Dictionary<Guid, JsonNode>(), new Dictionary<Guid, ulong>());
        foreach (var card in await cards.Of(actor, cancel))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(card, Json);
            hashes[card.Id] = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(json));
            if (held?.Cards.GetValueOrDefault(card.Id) != hashes[card.Id])
                all[card.Id] = JsonNode.Parse(json)!;
        }
        var pack = await policies.For(actor.Area, today.Day, cancel);
        var policy = PhonePolicy.Of(pack, rules.Live(pack));
        var policyHash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(policy, Json)))[..32];
        var tree = await areas.Of(actor.County, cancel);
        var next = await cursors.Keep(actor.County, device.Device, new(policyHash, hashes), cancel);
        return new(next, today.Day, today.Clock.GetUtcNow(), held is null, await FieldUser.Of(actor, areas, cancel), await keys.Current(actor.County, cancel),
            new([.. tree.All.Where(a => a.Code.Level == AreaLevel.Village && actor.Sees(a.Code)).Select(a => new BundleVillage(a.Code.Digits, a.Name))]),
            held?.PolicyHash == policyHash ? null : policy, policyHash, [.. all.Values], held is null ? [] : [.. held.Cards.Keys.Where(id => !hashes.ContainsKey(id)).Order()]);
    }
}

/// <summary>The part of the policy that a phone works with.</summary>
internal static class PhonePolicy
{
    private static readonly string[] AlwaysLists = ["relation", "registry_status", "monitoring_category"];

    public static JsonNode Of(Policy policy, IReadOnlyList<PhoneRule> rules)
    {
        var sections = policy.FormSections.Where(s => s.Form == "visit").ToList();
        var lists = sections.SelectMany(s => s.Fields).Select(f => f.CodeList).OfType<string>().Concat(AlwaysLists).Distinct().Order(StringComparer.Ordinal);
        return JsonSerializer.SerializeToNode(new
        {
            Forms = sections.Select(s => new
            {
                s.Code, s.Form, s.Title,
                Fields = s.Fields.Select(f => new
                {
                    f.Name, f.Title, Type = JsonNamingPolicy.CamelCase.ConvertName(f.Type.ToString()), Codes = f.CodeList, Required = f.Required ? true : (bool?)null,
                    PerMember = f.PerMember ? true : (bool?)null,
                }),
            }),
            Codes = lists.Where(policy.CodeLists.ContainsKey).ToDictionary(l => l, l => new { policy.CodeLists[l].Title, Items = policy.CodeLists[l].Items.Select(i => new { i.Code, i.Title }) }),
            Rules = rules,
            Lines = new { Poverty = Fen(policy.PovertyLine), Monitoring = Fen(policy.MonitoringLine) },
            Ages = sections.SelectMany(s => s.Fields).Where(f => f.GoodForMonths is not null).DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.GoodForMonths),
        }, MakeBundle.Json)!;
    }

    private static long? Fen(IncomeLine? line) => line is null ? null : (long)(line.YuanPerHead * 100);
}
