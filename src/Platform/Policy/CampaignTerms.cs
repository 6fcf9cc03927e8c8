using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Policy;

/// <summary>What a stage of a drive is for.</summary>
public enum StageKind
{
    /// <summary>Deployment and training.</summary>
    Deploy,

    /// <summary>Households are visited, data entered and cleaned, results reported up.</summary>
    Field,

    /// <summary>Spot check, self-assessment of departments, close.</summary>
    Check,
}

/// <summary>What a team of a drive does (SEED-FEATURES, seed 5).</summary>
public enum TeamDuty
{
    /// <summary>自查评估组: goes from house to house by day.</summary>
    SelfAssessment,

    /// <summary>会审组: reviews in the evening what was found.</summary>
    JointReview,

    /// <summary>审查组: examines what the others did.</summary>
    Examination,
}

/// <summary>For whom a sign-off sheet is made: one for each village, township or department, or one for the county.</summary>
public enum SheetLevel { Village, Township, Department, County }

/// <summary>What can stand on a sign-off sheet. All of it is counted; nothing is typed.</summary>
public enum SheetLine
{
    Households, Visited, Unvisited, ChecklistProblems, Found, PutRight, StruckOff, Open, Overdue, TablesComplete, ValuesMissing, Cleaned, ToClean, VillageTables,
    JointReviews, Examinations, Sampled, Agreed, Differed, Unchecked, DepartmentOpen, CountyTable, Report,
}

/// <param name="Days">Calendar days, 1 or more; the stages follow each other without a gap.</param>
public sealed record StageTerm(string Code, Text Title, StageKind Kind, int Days);

public sealed record TeamKind(string Code, Text Title, TeamDuty Duty);

/// <summary>
/// A kind of group over townships (SEED-FEATURES, seed 5): leaders of the county, who answer for how far theirs are, or supervision, which goes there and looks
/// whether what was laid down is done. Its groups are those the county has; who belongs to them is not entered again.
/// </summary>
/// <param name="Of">The kind of group of the county, as under <c>group_kinds</c>.</param>
/// <param name="EachStage">How often each township is to be visited in every stage; 0 where no visits are asked for.</param>
public sealed record DriveGroupKind(string Code, Text Title, string Of, int EachStage);

/// <summary>Something to be looked at in every household. Answered by visits made, or by what the records show.</summary>
/// <param name="From">What of a visit answers it: a subject such as <c>housing</c>, <c>card_on_wall</c>, <c>yard_clean</c>, <c>satisfied</c>, or a question of a visit form; null with <paramref name="When"/>.</param>
/// <param name="Problem">With a question: the answers that are a problem; none for questions that only have to be asked.</param>
/// <param name="When">A condition of the rule language that is to hold; unknown is no answer.</param>
public sealed record ChecklistItem(string Code, Text Title, string? From, IReadOnlyList<string> Problem, string? When);

/// <summary>A value of a household table 户表, village table 村表 or county table 县表.</summary>
/// <param name="Of">Of a household table: the feature that has to be known.</param>
/// <param name="When">Of a household table: which households it is about; of the others: which households are counted.</param>
/// <param name="Sum">Of a village or county table: what each household adds.</param>
/// <param name="Unit">Of a value that is entered.</param>
/// <param name="IsFlag">It is entered as yes or no.</param>
/// <param name="Least">The least an entered number may be.</param>
/// <param name="Department">Of a county table: who answers for it.</param>
public sealed record TableColumn(string Code, Text Title, string? Of, string? When, string? Sum, Text? Unit, bool IsFlag, decimal Least, string? Department)
{
    /// <summary>People enter it; otherwise it is counted from households.</summary>
    public bool IsEntered => Of is null && When is null && Sum is null;
}

/// <summary>How a spot check draws: every township is a stratum.</summary>
/// <param name="Percent">Of each stratum, above 0, at most 100.</param>
/// <param name="Least">At least so many of each stratum, or all it has.</param>
/// <param name="Apart">A condition whose households are a stratum of their own in each township; null for none.</param>
public sealed record SamplingPlan(decimal Percent, int Least, string? Apart);

/// <param name="Signers">Whose signatures it needs, one of each; posts within one entry may stand for each other.</param>
public sealed record SheetTerm(string Code, Text Title, SheetLevel Level, IReadOnlyList<SheetLine> Lines, IReadOnlyList<IReadOnlyList<Role>> Signers);

/// <summary>The plan of a drive 战役, from which a county starts one.</summary>
/// <param name="Scope">Which households are in it, a condition of the rule language; null for all.</param>
/// <param name="CampaignDays">The days 集中会战日 on which no meetings are held and everybody is in the villages.</param>
/// <param name="Reports">The departments that assess themselves.</param>
/// <param name="Assumed">Parts of it no text sets.</param>
public sealed record CampaignTemplate(
    string Code, Text Title, Text Note, string? Scope, IReadOnlyList<DayOfWeek> CampaignDays, IReadOnlyList<StageTerm> Stages, IReadOnlyList<TeamKind> Teams,
    IReadOnlyList<ChecklistItem> Checklist, IReadOnlyList<TableColumn> HouseholdTable, IReadOnlyList<TableColumn> VillageTable, IReadOnlyList<TableColumn> CountyTable,
    SamplingPlan Sampling, IReadOnlyList<string> Reports, IReadOnlyList<SheetTerm> Sheets, Text Source, bool Assumed)
{
    /// <summary>Kinds of groups over townships; none in plans of before there were any.</summary>
    public IReadOnlyList<DriveGroupKind> Groups { get; init; } = [];

    /// <summary>What of a visit can answer an item of a checklist, besides questions of visit forms.</summary>
    public static readonly IReadOnlyList<string> VisitAnswers =
        ["card_on_wall", "yard_clean", "satisfied", "food_and_clothing", "education", "medical", "housing", "water", "income_and_work"];

    public SheetTerm? Sheet(string code) => Sheets.FirstOrDefault(s => s.Code == code);

    public TeamKind? Team(string code) => Teams.FirstOrDefault(t => t.Code == code);

    public DriveGroupKind? Group(string code) => Groups.FirstOrDefault(g => g.Code == code);
}
