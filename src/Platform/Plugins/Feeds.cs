using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Policy;

namespace Shouwang.Platform.Plugins;

/// <summary>What becomes of a row of an imported file.</summary>
public enum Verdict { Accepted, Warned, Refused }

/// <summary>How a department's row found its person or household.</summary>
public enum MatchedBy { None, Id, NameBirthVillage, HouseholdCode, Phone, PhoneAndName, NameVillage, Doubtful, Unmatched }

/// <summary>Something found in a cell or row of an imported file.</summary>
/// <param name="Field">The feed's field, which names the column; null for the row as a whole.</param>
/// <param name="Code">Stable: <c>duplicate_same</c>, <c>bad_number</c>, …</param>
public sealed record RowFinding(string? Field, string Code, Text Reason, Text Remedy, Verdict Verdict);

/// <summary>One row of a file after its cells were read by the feed's definition.</summary>
/// <param name="number">The row as the user sees it in the spreadsheet.</param>
/// <param name="values">
/// One value per field of the definition, null where empty: string, <see cref="DateOnly"/>, decimal (amounts in yuan), long, bool,
/// <see cref="PartialDate"/> for dates without a day and year-months, <see cref="AreaCode"/> for villages that are known (else
/// their name as it stands); codes of a code list as their code, several with commas between; what is in no list as it stands.
/// </param>
/// <param name="texts">What the cells held, field by field, for reports.</param>
public sealed class FeedRow(string sheet, int number, object?[] values, string?[] texts)
{
    private List<RowFinding>? _findings;

    public string Sheet => sheet;
    public int Number => number;
    public object?[] Values => values;
    public string?[] Texts => texts;

    /// <summary>The household or member the row is about, once matched.</summary>
    public Guid? Household { get; set; }
    public Guid? Member { get; set; }
    public MatchedBy MatchedBy { get; set; }

    /// <summary>True when a number in this row lost digits in a spreadsheet and was left out.</summary>
    public bool IdDamaged { get; set; }

    public IReadOnlyList<RowFinding> Findings => _findings ?? [];
    public Verdict Verdict { get; private set; }

    /// <summary>Adds a finding; one that the row has already (same field, same code) is not added again.</summary>
    public void Add(RowFinding finding)
    {
        _findings ??= [];
        if (_findings.Exists(f => f.Code == finding.Code && f.Field == finding.Field))
            return;
        _findings.Add(finding);
        if (finding.Verdict > Verdict)
            Verdict = finding.Verdict;
    }
}

/// <summary>One file on its way in.</summary>
/// <param name="Import">Every row written carries it, so that the import can be taken back.</param>
/// <param name="Source">The source code of the policy's source order, such as <c>register</c> or <c>medical_insurance</c>.</param>
/// <param name="AsOf">The date the data stand for: as the file's title lines state it, else as whoever imports says.</param>
public sealed record FeedIntake(
    AreaCode Area, Guid Import, string FileName, string Source, DateOnly AsOf, FeedDefinition Definition, Policy.Policy Policy, string Actor)
{
    private readonly Dictionary<string, int> _positions = Definition.Fields.Select((f, i) => (f.Name, i)).ToDictionary(f => f.Name, f => f.i);

    public string County => Area.County.Digits;

    /// <summary>The accounting period 核算周期 that the file's title lines state, first and last day; null where they do not.</summary>
    public (DateOnly From, DateOnly To)? Window { get; init; }

    /// <summary>The position of a field in <see cref="FeedRow.Values"/>.</summary>
    /// <exception cref="KeyNotFoundException">The policy's feed has no such field.</exception>
    public int Index(string field) => _positions[field];
}

/// <summary>A kind of file a module takes in. Columns and headings come from the policy pack; this is what happens to the rows.</summary>
public interface IFeed
{
    /// <summary>The kind, as in the policy pack: <c>medical</c>, <c>housing</c>, …</summary>
    string Kind { get; }

    /// <summary>Kinds in one upload are taken in this order, so that households exist before their members.</summary>
    int Order { get; }

    /// <summary>
    /// The feed keeps rows that found nobody itself (an anonymous complaint is still a complaint), so that none waits with the imports.
    /// </summary>
    bool KeepsUnmatched => false;

    /// <summary>
    /// The feed counts rows that found nobody too (a loan is a loan, whoever took it): it is given them at once, and again when
    /// somebody decides whom they are about. They wait with the imports all the same.
    /// </summary>
    bool CountsUnmatched => false;

    /// <summary>A new run over one file.</summary>
    Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel);

    /// <summary>Takes back everything an import wrote. Runs in the caller's transaction.</summary>
    Task Undo(string county, Guid import, CancellationToken cancel);
}

/// <summary>One pass over one file, in chunks of a few thousand rows; it may remember what it saw in earlier chunks.</summary>
/// <remarks>
/// Before <see cref="Check"/> the rows were read (bad cells, empty keys and rows without any person are refused already) and
/// matched to people as the feed's definition asks. A check without writing is the same pass, rolled back.
/// </remarks>
public interface IFeedRun
{
    /// <summary>Domain checks: adds findings to rows (duplicate key, unknown household, …). The chunk holds refused rows too.</summary>
    Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel);

    /// <summary>
    /// Writes rows inside the open transaction; follows <see cref="Check"/> for the same chunk. It is given the rows to take:
    /// those not refused and, where the definition asks for matching to people, matched. Rows that found nobody wait with
    /// the imports, encrypted, and are given to a new run as soon as somebody decides.
    /// </summary>
    Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel);

    /// <summary>After the last chunk.</summary>
    Task Finish(CancellationToken cancel);
}
