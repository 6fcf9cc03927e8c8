using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>Writes a page of cards field by field instead of card by card: what households have in common is then said once. See docs/field.md.</summary>
/// <remarks>The phone makes the same cards of it (<c>web/field/src/api/columns.ts</c>); tests/rules/columns.json holds both to it. It knows nothing of what cards hold, but for whom a key is about.</remarks>
internal static class Columns
{
    /// <summary>The number under which a phone says that it reads this.</summary>
    public const int Version = 1;

    /// <summary>A letter for each word of a column.</summary>
    public const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <param name="cards">As phones get them one by one; they are taken apart.</param>
    /// <returns>Null where there are none.</returns>
    public static JsonNode? Of(IEnumerable<JsonNode> cards) => Column([.. cards.Select(c => Lean(c.AsObject()))]);

    /// <summary>What is about a member stands with the member, and a member's code goes on from the household's.</summary>
    private static JsonObject Lean(JsonObject card)
    {
        var members = card["members"]?.AsArray().Select(m => m!.AsObject()).ToList() ?? [];
        var places = members.Index().ToDictionary(m => m.Item["id"]!.GetValue<string>(), m => m.Index);
        if (card["values"]?.AsObject() is { } values)
        {
            var all = values.ToList();
            values.Clear();
            foreach (var (key, value) in all)
            {
                var (place, attribute) = About(key, places);
                (place is null ? values : (JsonObject)(members[place.Value]["values"] ??= new JsonObject()))[attribute] = value;
            }
        }
        foreach (var list in (string[])["missing", "stale"])
            card[list] = new JsonArray([.. (card[list]?.AsArray() ?? []).Select(k => JsonValue.Create(Placed(k!.GetValue<string>(), places)))]);
        var code = card["code"]?.GetValue<string>() ?? "";
        foreach (var member in members)
            if (member["code"]?.GetValue<string>() is { } whole && whole.StartsWith(code, StringComparison.Ordinal))
                member["code"] = "+" + whole[code.Length..];
        return card;
    }

    private static string Placed(string key, Dictionary<string, int> places)
    {
        var (place, attribute) = About(key, places);
        return place is null ? key : $"{FormSymbols.Member}{place}.{attribute}";
    }

    private static (int? Place, string Attribute) About(string key, Dictionary<string, int> places) =>
        key.Split('.', 3) is [_, var id, var attribute] && places.TryGetValue(id, out var place) ? (place, attribute) : (null, key);

    // What is null is absent: cards leave out what they do not have.
    private static JsonNode? Column(List<JsonNode?> cells)
    {
        List<JsonNode> there = [.. cells.OfType<JsonNode>()];
        if (there.Count == 0)
            return null;
        if (there.Count < cells.Count)
            return new JsonObject { ["only"] = string.Concat(cells.Select(c => c is null ? '0' : '1')), ["cells"] = Column([.. there]) };
        return there.Select(Shape).Distinct().ToList() switch
        {
            [JsonValueKind.Object] => new JsonObject
            {
                ["of"] = new JsonObject(there.SelectMany(o => o.AsObject().Select(f => f.Key)).Distinct().Select(k => KeyValuePair.Create(k, Column([.. there.Select(c => c[k])])))),
            },
            [JsonValueKind.Array] => new JsonObject
            {
                ["count"] = Column([.. there.Select(c => JsonValue.Create(c.AsArray().Count))]), ["each"] = Column([.. there.SelectMany(c => c.AsArray())]),
            },
            _ => Plain(there),
        };
    }

    private static JsonValueKind Shape(JsonNode cell) => cell switch { JsonObject => JsonValueKind.Object, JsonArray => JsonValueKind.Array, _ => JsonValueKind.Undefined };

    private static JsonNode Plain(List<JsonNode> cells)
    {
        var (words, at) = (new Dictionary<string, int>(), new int[cells.Count]);
        List<JsonNode> first = [];
        foreach (var (i, cell) in cells.Index())
        {
            var word = cell.GetValueKind() == JsonValueKind.String ? '"' + cell.GetValue<string>() : cell.ToJsonString();
            if (!words.TryGetValue(word, out at[i]))
            {
                words[word] = at[i] = words.Count;
                first.Add(cell);
            }
        }
        if (words.Count == 1)
            return new JsonObject { ["all"] = cells[0].DeepClone() };
        if (words.Count > Letters.Length || words.Count * 2 > cells.Count)
            return new JsonArray([.. cells.Select(c => c.DeepClone())]);
        return new JsonObject { ["words"] = new JsonArray([.. first.Select(w => w.DeepClone())]), ["at"] = string.Concat(at.Select(a => Letters[a])) };
    }
}
