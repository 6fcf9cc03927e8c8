using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Bundle;

internal sealed record BundleVillage(string Code, string Name);

internal sealed record BundleArea(IReadOnlyList<BundleVillage> Villages);

/// <summary>Cards field by field; see <see cref="Bundle.Columns"/>.</summary>
/// <param name="Count">How many cards they are.</param>
internal sealed record BundleColumns(int Version, int Count, JsonNode? Cards);

/// <param name="Policy">Null where the phone has it already.</param>
/// <param name="Households">Cards that differ from what the phone holds; none where it reads them field by field.</param>
/// <param name="Columns">The same cards for a phone that reads them so.</param>
/// <param name="More">There are others, to be asked for with the cursor.</param>
/// <param name="Tables">Village tables to be filled in; null where there are none.</param>
/// <param name="Gone">Households that are no longer the actor's.</param>
internal sealed record BundleAnswer(
    string Cursor, DateOnly AsOf, DateTimeOffset GeneratedAt, bool Full, FieldUser User, ServerKey ServerKey, BundleArea Area, JsonNode? Policy, string PolicyHash,
    IReadOnlyList<JsonNode> Households, BundleColumns? Columns, IReadOnlyList<Guid> Gone, IReadOnlyList<PhoneTable>? Tables, bool? More);

/// <summary>Makes what a phone takes along: the households its user visits, as far as the phone does not hold them yet.</summary>
internal sealed class MakeBundle(Cards cards, Cursors cursors, CountyKeys keys, IAreas areas, Policies policies, IHouseholdRules rules, IFeatures features, IPhoneTables tables, Today today)
{
    /// <summary>Dense, without what is not there: a phone pays for every byte.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonTexts.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The next page of what a phone does not hold yet, or everything.</summary>
    public async Task<BundleAnswer> Run(DeviceUser device, BundleAsk ask, CancellationToken cancel)
    {
        var actor = device.Actor;
        var held = await cursors.Find(actor.County, device.Device, ask.Cursor, cancel);
        var visible = await cards.Visible(actor, cancel);
        var page = Math.Clamp(ask.Most ?? int.MaxValue, 1, int.MaxValue);
        var lacking = visible.Where(id => held?.Cards.ContainsKey(id) != true).ToList();
        // As long as whole households are lacking nothing else is worked out: what has changed meanwhile comes with the last page.
        var (sent, more) = await Differing(actor, lacking.Count > page ? lacking[..page] : visible, held, page, cancel);
        var hashes = visible.Where(id => held?.Cards.ContainsKey(id) == true).ToDictionary(id => id, id => held!.Cards[id]);
        foreach (var (id, (_, hash)) in sent)
            hashes[id] = hash;
        var pack = await policies.For(actor.Area, today.Day, cancel);
        var policy = PhonePolicy.Of(pack, rules.Live(pack), features.All);
        var policyHash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(policy, Json)))[..32];
        var tree = await areas.Of(actor.County, cancel);
        var toFill = await tables.For(actor, cancel);
        var byField = ask.Columns >= Columns.Version && sent.Count > 0;
        var next = await cursors.Keep(actor.County, device.Device, ask.Cursor, new(policyHash, hashes), cancel);
        return new(next, today.Day, today.Clock.GetUtcNow(), held is null, await FieldUser.Of(actor, areas, cancel), await keys.Current(actor.County, cancel),
            new([.. tree.All.Where(a => a.Code.Level == AreaLevel.Village && actor.Sees(a.Code)).Select(a => new BundleVillage(a.Code.Digits, a.Name))]),
            held?.PolicyHash == policyHash ? null : policy, policyHash, byField ? [] : [.. sent.Values.Select(s => s.Card)],
            byField ? new(Columns.Version, sent.Count, Columns.Of(sent.Values.Select(s => s.Card))) : null, held is null ? [] : [.. held.Cards.Keys.Where(id => !hashes.ContainsKey(id)).Order()],
            toFill.Count == 0 ? null : toFill, more || lacking.Count > page ? true : null);
    }

    private async Task<(Dictionary<Guid, (JsonNode Card, ulong Hash)> Sent, bool More)> Differing(
        Actor actor, IReadOnlyList<Guid> among, Held? held, int page, CancellationToken cancel)
    {
        var differing = new Dictionary<Guid, (JsonNode, ulong)>();
        foreach (var card in await cards.Of(actor, among, cancel))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(card, Json);
            var hash = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(json));
            if (held?.Cards.TryGetValue(card.Id, out var before) == true && before == hash)
                continue;
            if (differing.Count == page)
                return (differing, true);
            differing[card.Id] = (JsonNode.Parse(json)!, hash);
        }
        return (differing, false);
    }
}
