using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>How an item of the checklist stands for a household.</summary>
internal enum Answer
{
    /// <summary>Nothing says anything about it yet.</summary>
    Open, Fine, Problem,
}

/// <summary>Answers items of a checklist by what visits said: the latest visit that says anything about an item counts.</summary>
internal static class Checklists
{
    /// <summary>What one visit says about an item.</summary>
    public static Answer Of(ChecklistItem item, VisitMade visit) => item.From switch
    {
        "card_on_wall" => visit.Mode == VisitMode.AtHome ? Said(visit.CardOnWall) : Answer.Open,
        "yard_clean" => visit.Mode == VisitMode.AtHome ? Said(visit.YardClean) : Answer.Open,
        "satisfied" => visit.Satisfied is { } satisfied ? Said(satisfied) : Answer.Open,
        "food_and_clothing" => Finding(visit, VisitSubject.FoodAndClothing),
        "education" => Finding(visit, VisitSubject.Education),
        "medical" => Finding(visit, VisitSubject.Medical),
        "housing" => Finding(visit, VisitSubject.Housing),
        "water" => Finding(visit, VisitSubject.Water),
        "income_and_work" => Finding(visit, VisitSubject.IncomeAndWork),
        { } question => visit.Answers.TryGetValue(question, out var answer) && answer.Length > 0 ? Said(!item.Problem.Intersect(answer.Split(',', StringSplitOptions.TrimEntries)).Any()) : Answer.Open,
        null => Answer.Open,
    };

    /// <summary>Whether the plan asks for answers to questions of forms, which take longer to read.</summary>
    public static bool NeedsAnswers(CampaignTemplate plan) => plan.Checklist.Any(c => c.From is { } from && !CampaignTemplate.VisitAnswers.Contains(from));

    private static Answer Said(bool fine) => fine ? Answer.Fine : Answer.Problem;

    private static Answer Finding(VisitMade visit, VisitSubject subject) => !visit.Findings.TryGetValue(subject, out var finding) ? Answer.Open : Said(finding != VisitFinding.Problem);
}
