using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy;

/// <summary>A part of a form that people fill in or read.</summary>
/// <param name="Form">The form it belongs to: <c>visit</c> 入户走访, <c>file</c> 一户一档, or a <see cref="VisitForm"/>.</param>
public sealed record FormSection(string Code, string Form, Text Title, IReadOnlyList<FormField> Fields)
{
    /// <summary>The form every visit has.</summary>
    public const string Visit = "visit";

    /// <summary>The sheet that is printed of a household.</summary>
    public const string File = "file";

    /// <summary>Holds when the part concerns a household, in the rule language; null: always. It is shown as well where that cannot be told.</summary>
    public string? Visible { get; init; }
}

/// <param name="Name">The attribute it shows or asks, such as <c>household.phone</c>; a question of the form's own begins with the form's code.</param>
/// <param name="CodeList">The code list of a coded field, else null.</param>
/// <param name="PerMember">Asked of each member.</param>
/// <param name="GoodForMonths">After so many months a value has to be confirmed or said anew; null where it does not age.</param>
public sealed record FormField(string Name, Text Title, FieldType Type, string? CodeList, bool Required, bool PerMember, int? GoodForMonths = null)
{
    /// <summary>What a number counts.</summary>
    public Unit Unit { get; init; }

    /// <summary>Holds when it concerns the household or member, as <see cref="FormSection.Visible"/>.</summary>
    public string? Visible { get; init; }

    /// <summary>What an answer has to fulfil, or null.</summary>
    public FormLimit? Valid { get; init; }

    /// <summary>What is known is shown to be confirmed, not asked anew.</summary>
    public bool Confirm { get; init; }

    /// <summary>It shows a value of the register, where its answer goes to; otherwise its answer is kept with the visit.</summary>
    public bool OfRegister => IsOfRegister(Name);

    /// <summary>Whether a name is an attribute of the register.</summary>
    public static bool IsOfRegister(string name) =>
        name.StartsWith(FormSymbols.Household, StringComparison.Ordinal) || name.StartsWith(FormSymbols.Member, StringComparison.Ordinal);
}

/// <summary>What an answer has to fulfil. One that cannot be told is let pass.</summary>
/// <param name="When">Holds when the answer can be right, in the rule language.</param>
/// <param name="Message">What to tell whoever gave it otherwise.</param>
public sealed record FormLimit(string When, Text Message);

/// <summary>A form that can be added to a visit, such as the five visits 五访五帮.</summary>
/// <param name="Note">When to use it, or null.</param>
/// <param name="Visible">Holds when it concerns a household; null: always.</param>
/// <param name="Windows">The days on which it is part of every visit; on others whoever visits adds it.</param>
/// <param name="AllSubjects">All six subjects have to be answered with it.</param>
public sealed record VisitForm(string Code, Text Title, Text? Note, string? Visible, IReadOnlyList<FormWindow> Windows, bool AllSubjects, Text Source);

/// <param name="To">The last day; null: until further notice.</param>
public sealed record FormWindow(DateOnly From, DateOnly? To);

/// <summary>When a value of the register counts as known, so that a new form may not ask for it again.</summary>
/// <param name="KnownShare">For so much of those it concerns, 0 to 1.</param>
/// <param name="FreshMonths">Half of the values are not older; a field's own <see cref="FormField.GoodForMonths"/> goes before it.</param>
public sealed record KnownLimits(decimal KnownShare, int FreshMonths, Text Source);

/// <summary>Forms that come on top of those of the packs.</summary>
/// <param name="Off">Codes of forms that are no longer used.</param>
public sealed record FormChanges(
    IReadOnlyList<VisitForm> Forms, IReadOnlyList<string> Off, IReadOnlyList<FormSection> Sections, IReadOnlyDictionary<string, CodeList> CodeLists);

/// <summary>The outcome of reading forms: the forms, or everything that is wrong with them.</summary>
/// <param name="Forms">Null exactly when there are problems.</param>
public sealed record FormsLoad(FormChanges? Forms, IReadOnlyList<PolicyProblem> Problems);
