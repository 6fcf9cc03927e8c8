using Shouwang.Kernel;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>Whether the questions of a pack fit the register and each other.</summary>
internal static class FormChecks
{
    public static void Run(Pack pack, Layers layers, Findings findings)
    {
        HashSet<string> onPhones = [.. FormSymbols.Attributes(layers.Feeds, "households", FormSymbols.Household).Concat(FormSymbols.Attributes(layers.Feeds, "members", FormSymbols.Member)).Select(s => s.Name)];
        var types = layers.Feeds.Where(f => f.Kind is "households" or "members")
            .SelectMany(f => f.Fields.Select(x => (Name: (f.Kind == "members" ? FormSymbols.Member : FormSymbols.Household) + x.Name, x.Type))).ToDictionary(t => t.Name, t => t.Type);
        foreach (var question in pack.Questions)
            Check(question, question.Value.Form, question.Value.Field);

        void Check(Located<(string, FormField)> question, string form, FormField field)
        {
            void Wrong(Text what, Text remedy) => findings.Add(question.At, question.Path, what, remedy);

            if ((field.Type is FieldType.Code or FieldType.Codes) != (field.CodeList is not null))
                Wrong(new("代码项与代码表不配套。", "A coded question needs a code list, and only such a question has one."), new("请写 type: code 和 codes: 表名。", "Write type: code and codes: the list's name."));
            if (field.OfRegister)
            {
                if (field.Name.StartsWith(FormSymbols.Member, StringComparison.Ordinal) != field.PerMember)
                    Wrong(new("member. 的问题须逐人填写，household. 的问题不能。", "Questions of member. are asked of each member, those of household. are not."),
                        new("请相应写上或去掉 per_member: true。", "Add or take away per_member: true."));
                if (types.TryGetValue(field.Name, out var type) && type != field.Type)
                    Wrong(new($"档案里“{field.Name}”的类型是 {Word(type)}。", $"In the register '{field.Name}' is of type {Word(type)}."), new($"请写 type: {Word(type)}。", $"Write type: {Word(type)}."));
                if (form != FormSection.File && types.ContainsKey(field.Name) && !onPhones.Contains(field.Name))
                    Wrong(new("证件号码、编号和银行账户不下发到手机。", "Numbers of certificates, codes and bank accounts do not leave for phones."), new("请删去这一项。", "Take the question out."));
            }
            else if (!field.Name.StartsWith(form + ".", StringComparison.Ordinal) || field.Name.Count(c => c == '.') != 1 || field.Name.Length > 60 || !field.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
                Wrong(new($"“{field.Name}”不是档案项目，也不是本表单自己的问题。", $"'{field.Name}' is neither an attribute of the register nor a question of this form."),
                    new($"档案项目写 household.… 或 member.…；自己的问题写 {form}.英文名。", $"Write household.… or member.… for attributes; a question of its own is called {form}.name."));
        }
    }

    private static string Word(FieldType type) => string.Concat(type.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
