namespace Shouwang.Platform.Policy.Reading;

// Forms: what a visit asks, and forms that can be added to it.
internal sealed partial class PackReader
{
    private void Forms(Section file)
    {
        foreach (var item in file.Items("visit_forms", "code"))
            pack.VisitForms.Put(item.Word("code"), VisitForm(item), item);
        foreach (var item in file.Items("forms", "code"))
            pack.Forms.Put(item.Word("code"), Part(item), item);
    }

    private void Known(Section file)
    {
        if (file.Part("known_facts") is not { } known)
            return;
        pack.KnownLimits.Put("known_facts", new(known.NumberOrNull("share") ?? 1, known.Whole("fresh_months"), Source(known).Text), known);
        known.NothingElse();
    }

    private VisitFormDraft VisitForm(Section item)
    {
        var code = item.Word("code");
        if (item.Flag("off"))
        {
            item.NothingElse();
            return new(new(code, default, null, null, [], false, default), Off: true);
        }
        var windows = new List<FormWindow>();
        foreach (var window in item.Items("windows", "from"))
        {
            windows.Add(new(window.Date("from"), window.DateOrNull("to")));
            if (windows[^1].To < windows[^1].From)
                window.Wrong("to", new("终止日期早于起始日期。", "The last day lies before the first."), new("请更正日期。", "Correct the dates."));
            window.NothingElse();
        }
        var form = new VisitForm(code, item.Text("title"), item.TextOrNull("note"), Visible(item, perMember: false), windows, item.Flag("all_subjects"), Source(item).Text);
        item.NothingElse();
        return new(form, Off: false);
    }

    private FormSection Part(Section item)
    {
        var (code, form, fields) = (item.Word("code"), item.Word("form"), new Shelf<FormField>());
        Refer(Referred.Form, item, "form");
        foreach (var field in item.Items("fields", "name"))
        {
            var question = Question(field);
            fields.Put(question.Name, question, field);
            pack.Questions.Add(new((form, question), field.At, field.Path));
            field.NothingElse();
        }
        var part = new FormSection(code, form, item.Text("title"), fields.All.Select(f => f.Entry.Value).ToList()) { Visible = Visible(item, perMember: false) };
        item.NothingElse();
        return part;
    }

    private FormField Question(Section field)
    {
        Refer(Referred.CodeList, field, "codes");
        var (name, perMember) = (field.Word("name"), field.Flag("per_member"));
        if (FormField.IsOfRegister(name))
            Refer(Referred.Attribute, field, "name");
        return new(name, field.TextHere(), field.Choice<FieldType>("type"), field.WordOrNull("codes"),
            field.Flag("required"), perMember, field.Has("good_for_months") ? field.Whole("good_for_months") : null)
        {
            Unit = field.Unit("unit") ?? default, Visible = Visible(field, perMember), Valid = Limit(field, name, perMember), Confirm = field.Flag("confirm"),
        };
    }

    private string? Visible(Section section, bool perMember) => Condition(section, "visible", perMember, null);

    private FormLimit? Limit(Section field, string name, bool perMember)
    {
        if (field.Part("valid") is not { } limit)
            return null;
        var when = Condition(limit, "when", perMember, name) ?? limit.Word("when");
        var message = limit.TextHere();
        limit.NothingElse();
        return new(when, message);
    }

    private string? Condition(Section section, string key, bool perMember, string? answer)
    {
        if (When(section, key) is { } when)
            pack.FormConditions.Add(new(when, perMember, answer));
        return section.WordOrNull(key);
    }
}
