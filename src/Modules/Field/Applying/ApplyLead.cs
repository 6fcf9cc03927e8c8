using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;

namespace Shouwang.Modules.Field.Applying;

/// <summary>A lead that somebody noticed on the way: it joins the household's open lead or opens one.</summary>
internal sealed class ApplyLead(ILeads leads, IHouseholds households) : IApplier
{
    public string Kind => Envelope.Lead;

    public async Task<Verdict> Apply(Submission submission, CancellationToken cancel)
    {
        if (Contents.Read<LeadContent>(submission.Content) is not { } lead)
            return Verdict.Held(FieldTexts.Unreadable);
        if ((await households.Refs(submission.County, [lead.Household], cancel)).GetValueOrDefault(lead.Household) is not { } household)
            return Verdict.Held(FieldTexts.NoHousehold);
        var reported = await leads.Report(submission.Sender, new(lead.Household, nameof(LeadSource.CadreScreening), lead.Subject, lead.Text, lead.On, lead.Urgent), cancel);
        var verdict = reported.Succeeded ? Verdict.Applied([]) : Verdict.Held([.. reported.Problems.Select(p => p.What), .. FieldTexts.Elsewhere(submission.Sender, household)]);
        return verdict with { Area = household.Area.Digits };
    }
}
