using Shouwang.Kernel;

namespace Shouwang.Platform.Policy.Reading;

// Feeds, code lists and source order.
internal sealed partial class PackReader
{
    private void Sources(Section file)
    {
        foreach (var item in file.Items("sources", "code"))
            Put(pack.Sources, item, code => new(code, item.TextHere()));
        if (file.Part("source_order") is not { } order)
            return;
        foreach (var attribute in order.Keys.ToList())
        {
            Refer(Referred.Source, order, attribute);
            if (attribute != "default")
                pack.References.Add(new(Referred.Attribute, attribute, order.Of(attribute), $"{order.Path}/{attribute}"));
            pack.SourceOrders.Put(attribute, order.Words(attribute), order);
        }
    }

    private void Codes(Section file)
    {
        foreach (var (name, section) in file.Parts("codes"))
        {
            var items = new Shelf<CodeItem>();
            foreach (var item in section.Items("items", "code"))
                Put(items, item, code => new(code, item.TextHere(), item.Words("also")));
            pack.Codes.Put(name, new(name, section.TextHere(), section.Flag("open"), items.All.Select(i => i.Entry.Value).ToList()), section);
            section.NothingElse();
        }
    }

    private void Feeds(Section file)
    {
        foreach (var item in file.Items("feeds", "kind"))
        {
            Refer(Referred.Department, item, "department");
            var kind = item.Word("kind");
            var fields = new Shelf<FieldDraft>();
            foreach (var field in item.Items("fields", "name"))
                fields.Put(field.Word("name"), Field(field), field);
            var draft = new FeedDraft(kind, item.TextOrNull("title"), item.WordOrNull("department"),
                item.Has("matching") ? item.Choice<FeedMatching>("matching") : null,
                item.Has("role") ? item.Choice<PersonRole>("role") : null,
                item.Words("keys"), item.Words("signs"), item.Words("titles"), fields.All.Select(f => f.Entry.Value).ToList(), DueDay(item));
            pack.Feeds.Put(kind, draft, item);
            item.NothingElse();
        }
    }

    private static int? DueDay(Section item)
    {
        if (!item.Has("due_day"))
            return null;
        var day = item.Whole("due_day");
        // Later days are not in every month.
        if (day is < 1 or > 28)
            item.Wrong("due_day", new("应在1至28之间。", "It lies between 1 and 28."), new("请写每月推送的最后一天，如 due_day: 5。", "Give the last day of the month for a push, such as due_day: 5."));
        return day;
    }

    private FieldDraft Field(Section field)
    {
        Refer(Referred.CodeList, field, "codes");
        Text? title = field.Has("zh") || field.Has("en") ? field.TextHere() : null;
        var draft = new FieldDraft(field.Word("name"), title,
            field.Has("type") ? field.Choice<FieldType>("type") : null,
            field.Has("required") ? field.Flag("required") : null,
            field.Has("filled") ? field.Flag("filled") : null,
            field.Words("headings"), field.Words("groups"), field.WordOrNull("codes"), field.Unit("unit"),
            field.Has("private") ? field.Flag("private") : null, field.At, field.Path);
        field.NothingElse();
        return draft;
    }
}
