using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy;

/// <summary>What a cell of a column means, and so how it is read and checked.</summary>
public enum FieldType
{
    Text, Name, Phone, Village,

    /// <summary>A citizen id 公民身份号码.</summary>
    Id,

    /// <summary>A citizen id or the number of a certificate of disability, 18, 20 or 22 characters.</summary>
    Certificate,

    Date,

    /// <summary>A date that may lack its day.</summary>
    PartialDate,

    YearMonth,

    /// <summary>Yuan.</summary>
    Money,

    Int, Decimal, Bool,

    /// <summary>One value of a code list.</summary>
    Code,

    /// <summary>Several values of a code list in one cell, parted by 、 or a comma.</summary>
    Codes,

    HouseholdCode, MemberCode,
}

/// <summary>What ties a row of a feed to a person or household.</summary>
public enum FeedMatching
{
    /// <summary>The rows are the register itself.</summary>
    None,

    /// <summary>The household's own code 户编号.</summary>
    HouseholdCode,

    /// <summary>A person of the household, by id, or by name, birth date and village; the row is about the household.</summary>
    Household,

    /// <summary>A person, by id, or by name, birth date and village; the row is about the person.</summary>
    Person,
}

/// <summary>Which member of a household a row names.</summary>
public enum PersonRole { Any, Head }

/// <summary>A kind of file that an office sends, recognised by the headings of its columns.</summary>
/// <param name="Kind">Such as <c>medical</c>; stable.</param>
/// <param name="Department">Who sends it.</param>
/// <param name="KeyFields">The fields that together tell two rows apart; a second row with the same is refused.</param>
/// <param name="Signs">Fields whose presence speaks for this kind and against the others.</param>
/// <param name="Titles">Words of the sheet's title or name that speak for this kind.</param>
public sealed record FeedDefinition(
    string Kind,
    Text Title,
    string Department,
    FeedMatching Matching,
    PersonRole Role,
    IReadOnlyList<string> KeyFields,
    IReadOnlyList<string> Signs,
    IReadOnlyList<string> Titles,
    IReadOnlyList<FeedField> Fields)
{
    /// <summary>The day of the month by which its department pushes it; null where it comes when there is something.</summary>
    public int? DueDay { get; init; }

    /// <summary>The field of that name, or null.</summary>
    public FeedField? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>A column of a feed.</summary>
/// <param name="Name">Our name of it, such as <c>self</c>.</param>
/// <param name="Title">Its usual heading.</param>
/// <param name="Required">The column has to be there for the file to be of use.</param>
/// <param name="MayBeEmpty">A cell may be empty; 无, — and / count as empty then.</param>
/// <param name="Headings">
/// How offices write the heading, the usual one first. Where headings stand in several rows, this is the lowest of them.
/// </param>
/// <param name="Groups">
/// Where one heading occurs several times (小计, 其他), the heading above it, written in any of these ways. Empty: any.
/// </param>
/// <param name="CodeList">The code list of a coded field, else null.</param>
/// <param name="Unit">What a number counts; none otherwise.</param>
/// <param name="Private">Encrypted when stored and masked on lists.</param>
public sealed record FeedField(
    string Name,
    Text Title,
    FieldType Type,
    bool Required,
    bool MayBeEmpty,
    IReadOnlyList<string> Headings,
    IReadOnlyList<string> Groups,
    string? CodeList,
    Unit Unit,
    bool Private)
{
    private readonly Lazy<HashSet<string>> _headings = new(() => [.. Headings.Select(Spelling.Heading)]);
    private readonly Lazy<HashSet<string>> _groups = new(() => [.. Groups.Select(Spelling.Heading)]);

    /// <summary>How well a column fits, by its heading and those above it.</summary>
    /// <param name="headings">From the highest row to the lowest; merged and repeated cells once.</param>
    public HeadingFit Fit(params IReadOnlyList<string> headings)
    {
        if (headings.Count == 0 || !_headings.Value.Contains(Spelling.Heading(headings[^1])))
            return HeadingFit.None;
        return Groups.Count == 0 || headings.Count == 1 ? HeadingFit.Plain
            : _groups.Value.Contains(Spelling.Heading(headings[^2])) ? HeadingFit.Full
            : HeadingFit.Weak;
    }
}

/// <summary>How well a heading fits a field; the larger, the better.</summary>
public enum HeadingFit
{
    None,

    /// <summary>The heading fits, but what stands above it belongs to something else. Good enough only if nothing else claims the column.</summary>
    Weak,

    /// <summary>The heading fits, and nothing above it matters.</summary>
    Plain,

    /// <summary>The heading fits, and so does the group above it.</summary>
    Full,
}

/// <summary>A list of codes with the ways in which offices write them.</summary>
/// <param name="Open">A value that is not in the list is kept as it stands; otherwise it is a finding.</param>
public sealed record CodeList(string Name, Text Title, bool Open, IReadOnlyList<CodeItem> Items)
{
    private readonly Dictionary<string, CodeItem> _byWord = Index(Items);

    /// <summary>The item that a cell means: its code, either title or any synonym, whatever the blanks and brackets; or null.</summary>
    public CodeItem? Find(string? cell) => cell is null ? null : _byWord.GetValueOrDefault(Spelling.Normal(cell));

    /// <summary>The item of that code, or null.</summary>
    public CodeItem? Item(string code) => Items.FirstOrDefault(i => i.Code == code);

    private static Dictionary<string, CodeItem> Index(IReadOnlyList<CodeItem> items)
    {
        var index = new Dictionary<string, CodeItem>(StringComparer.Ordinal);
        foreach (var item in items)
            index[Spelling.Normal(item.Code)] = item;
        foreach (var item in items)
            foreach (var word in (IEnumerable<string>)[item.Title.Zh, item.Title.En, .. item.Synonyms])
                index.TryAdd(Spelling.Normal(word), item);
        return index;
    }
}

/// <param name="Code">What is stored; for lists that mirror an enumeration, its name.</param>
/// <param name="Synonyms">Other ways to write it, official numbers among them.</param>
public sealed record CodeItem(string Code, Text Title, IReadOnlyList<string> Synonyms);
