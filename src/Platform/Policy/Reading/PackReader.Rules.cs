
namespace Shouwang.Platform.Policy.Reading;

// Rules, guarantees and elimination guards: what holds conditions.
internal sealed partial class PackReader
{
    private void Rules(Section file)
    {
        foreach (var (name, section) in file.Parts("suggestions"))
        {
            pack.Suggestions.Put(name, section.Items("choices", "category").Select(Choice).ToList(), section);
            section.NothingElse();
        }
        foreach (var item in file.Items("rules", "id"))
        {
            Refer(Referred.Department, item, "department");
            Refer(Referred.Suggestion, item, "category");
            Refer(Referred.Cause, item, "cause");
            var id = item.Word("id");
            var source = SourceOrNull(item)?.Text;
            pack.Rules.Put(id, new(id, item.TextOrNull("title"), When(item, "when"), Parameters(item), Levels(item),
                item.WordOrNull("category"), item.WordOrNull("department"), item.TextOrNull("template"),
                item.Has("ttl_days") ? item.Whole("ttl_days") : null, source,
                item.Has("state") ? item.Choice<RuleState>("state") : null, item.Has("only_joins") ? item.Flag("only_joins") : null,
                item.Has("off") ? item.Flag("off") : null, item.WordOrNull("cause")), item);
            item.NothingElse();
        }
    }

    private CategoryChoiceDraft Choice(Section item)
    {
        Refer(Referred.Category, item, "category");
        var choice = new CategoryChoiceDraft(item.Word("category"), When(item, "when"));
        item.NothingElse();
        return choice;
    }

    private List<ParameterDraft> Parameters(Section rule)
    {
        var parameters = new List<ParameterDraft>();
        foreach (var (name, section) in rule.Parts("parameters"))
        {
            var (source, assumed) = Source(section);
            parameters.Add(new(name, section.TextOrNull("title"), section.Value("value"), section.Unit("unit"), source, assumed, section.At));
            section.NothingElse();
        }
        return parameters;
    }

    // 'level: yellow' for a fixed one, or a list from the most urgent down, each but the last with its condition.
    private static List<LevelDraft>? Levels(Section rule)
    {
        if (!rule.Has("level") && !rule.Has("levels"))
            return null;
        if (!rule.Has("levels"))
            return [new(rule.Choice<RuleLevel>("level"), null)];
        var levels = new List<LevelDraft>();
        foreach (var item in rule.Items("levels", "level"))
        {
            levels.Add(new(item.Choice<RuleLevel>("level"), When(item, "when")));
            item.NothingElse();
        }
        if (levels.Count == 0 || levels[^1].When is not null || levels[..^1].Any(l => l.When is null))
            rule.Wrong("levels", new("除最后一级外，每一级都要有条件；最后一级不写条件。", "Every level but the last needs a condition; the last has none."),
                new("请补上 when，并把没有条件的一级放在最后。", "Add when, and put the level without a condition last."));
        return levels;
    }

    private void Conditions(Section file)
    {
        foreach (var item in file.Items("guarantees", "id"))
        {
            var id = item.Word("id");
            var when = When(item, "when");
            pack.Guarantees.Put(id, new(new(id, item.Text("title"), when?.Text, Source(item).Text), when), item);
            item.NothingElse();
        }
        foreach (var item in file.Items("elimination", "code"))
        {
            var code = item.Word("code");
            var when = When(item, "when");
            var builtin = item.WordOrNull("builtin");
            if (when is null == builtin is null)
                item.Wrong("when", new("要写 when 或 builtin 之一。", "Exactly one of when and builtin is needed."),
                    new("表达式写 when；由系统自行核对的写 builtin。", "Write when for an expression, builtin for what casework checks itself."));
            var (source, assumed) = Source(item);
            pack.Elimination.Put(code, new(new(code, when?.Text, builtin, item.TextOrNull("met"), item.Text("missing"), source, assumed), when), item);
            item.NothingElse();
        }
    }
}
