using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Field.Applying;

/// <summary>What a visit answered about leads and doubts moves them on, by the same rules as at the desk; the answer itself stays with the visit.</summary>
/// <remarks>
/// A measure counts as delivered where the household signed: its signature is the receipt, and what was planned is what arrived. Other tasks need evidence
/// that a phone's answer is not: there the answer is read by whoever takes the step.
/// </remarks>
internal sealed class VisitTasks(ILeads leads, IQuality quality, ISignedDeliveries deliveries)
{
    /// <summary>Carries the answers of a recorded visit further.</summary>
    /// <returns>What could not be moved on, and why.</returns>
    public async Task<IReadOnlyList<Text>> Carry(ArrivedVisit arrived, CancellationToken cancel)
    {
        var (visit, sender, notes) = (arrived.Visit, arrived.Submission.Sender, new List<Text>());
        foreach (var task in visit.Tasks)
        {
            if (!Guid.TryParse(task.Id, out var id))
                continue;
            // Kept as a person's words are, in one text: so without any it stands in both languages.
            var words = string.IsNullOrWhiteSpace(task.Text) ? $"{visit.VisitedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 入户走访 / visit" : task.Text.Trim();
            var (title, problems) = task switch
            {
                { Kind: "lead", Answer: "risk" or "no_risk" } when visit.Purpose == VisitPurpose.Verification =>
                    (new Text("线索", "The lead"), (await leads.Visited(sender, id, visit.Id, task.Answer == "risk", words, cancel)).Problems),
                { Kind: "measure", Answer: "received" } when visit.Signature is { } signature =>
                    (new("措施", "The measure"), (await deliveries.Record(sender, visit.Household, id, signature, words, cancel)).Problems),
                { Kind: "doubt", Answer: "right" } => (new Text("资料存疑", "The doubt"), (await quality.Explain(sender, id, words, cancel)).Problems),
                _ => (default, []),
            };
            notes.AddRange(problems.Select(p => new Text($"{title.Zh}未能推进：{p.What.Zh}", $"{title.En} could not be moved on: {p.What.En}")));
        }
        return notes;
    }
}
