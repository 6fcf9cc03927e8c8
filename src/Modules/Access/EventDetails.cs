using System.Collections.Frozen;
using System.Text.Json;
using Shouwang.Kernel;

namespace Shouwang.Modules.Access;

/// <summary>What an event says of itself, for people: 「结果 Success；地址 127.0.0.1」 instead of JSON.</summary>
internal static class EventDetails
{
    /// <summary>Lists longer than this are counted instead of written out.</summary>
    private const int WrittenOut = 3;

    private static readonly FrozenDictionary<string, Text> Titles = new Dictionary<string, Text>
    {
        ["address"] = new("地址", "address"),
        ["amount"] = new("金额", "amount"),
        ["area"] = new("辖区", "area"),
        ["areas"] = new("辖区数", "areas"),
        ["asOf"] = new("统计日", "as of"),
        ["assignedTo"] = new("责任人", "assigned to"),
        ["category"] = new("类别", "category"),
        ["closed"] = new("改正", "closed"),
        ["department"] = new("部门", "department"),
        ["event"] = new("步骤", "step"),
        ["file"] = new("文件", "file"),
        ["findings"] = new("疑点", "findings"),
        ["from"] = new("原状态", "from"),
        ["household"] = new("农户", "household"),
        ["households"] = new("户", "households"),
        ["indicators"] = new("指标", "indicators"),
        ["joined"] = new("并入", "joined"),
        ["kind"] = new("类别", "kind"),
        ["leads"] = new("线索", "leads"),
        ["list"] = new("名单", "list"),
        ["members"] = new("成员", "members"),
        ["note"] = new("说明", "note"),
        ["opened"] = new("新增", "opened"),
        ["parameters"] = new("参数", "parameters"),
        ["purpose"] = new("目的", "purpose"),
        ["reason"] = new("理由", "reason"),
        ["result"] = new("结果", "result"),
        ["role"] = new("岗位", "role"),
        ["rows"] = new("行", "rows"),
        ["rules"] = new("规则", "rules"),
        ["source"] = new("依据", "source"),
        ["state"] = new("状态", "state"),
        ["to"] = new("新状态", "to"),
    }.ToFrozenDictionary();

    /// <summary>The details in a language; names without a title stand for themselves, unset ones are left out.</summary>
    /// <param name="json">An object, as events keep it.</param>
    public static string In(Language language, string json)
    {
        using var details = JsonDocument.Parse(json);
        return details.RootElement.ValueKind == JsonValueKind.Object ? Pairs(language, details.RootElement) : Value(language, details.RootElement);
    }

    private static string Pairs(Language language, JsonElement of) => string.Join(language == Language.Zh ? "；" : "; ",
        of.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null)
            .Select(p => $"{(Titles.TryGetValue(p.Name, out var title) ? title.In(language) : p.Name)} {Value(language, p.Value)}"));

    private static string Value(Language language, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => language == Language.Zh ? "是" : "yes",
        JsonValueKind.False => language == Language.Zh ? "否" : "no",
        JsonValueKind.Array when value.GetArrayLength() > WrittenOut => language == Language.Zh ? $"{value.GetArrayLength()} 项" : $"{value.GetArrayLength()} entries",
        JsonValueKind.Array => string.Join(language == Language.Zh ? "、" : ", ", value.EnumerateArray().Select(v => Value(language, v))),
        JsonValueKind.Object => Said(language, value) ?? $"({Pairs(language, value)})",
        _ => value.ToString(),
    };

    // A text in two languages is said in one.
    private static string? Said(Language language, JsonElement value) =>
        value.TryGetProperty("zh", out var zh) && value.TryGetProperty("en", out var en) ? (language == Language.Zh ? zh : en).GetString() : null;
}
