using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Screening;

/// <summary>What somebody tells us on the public page.</summary>
/// <param name="Area">The village of the QR code, or the county.</param>
/// <param name="Subject">One of <see cref="ReportSubjects"/>, or null to have it guessed.</param>
public sealed record SelfReport(AreaCode Area, string? Name, string? Phone, string? Subject, string Words);

/// <summary>How a report stands, for whoever holds its receipt code. No personal data.</summary>
public sealed record ReportStanding(DateOnly ReceivedOn, Text Subject, Text State, DateOnly? Due);

/// <summary>Leads from people: households themselves, cadres, the hot line. They join the household's open lead like any warning.</summary>
internal sealed class PersonReports(ShouwangDb db, IHouseholds households, Policies policies, Secrets secrets, Today today)
{
    /// <summary>Characters that cannot be taken for one another when read aloud or copied by hand.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>A cadre reports what was seen or heard.</summary>
    public async Task<Outcome<Guid>> Report(Actor actor, PersonReport report, CancellationToken cancel)
    {
        if (await households.Find(actor, report.Household.ToString(), cancel) is not { } household)
            return Refusals.NoHousehold();
        if (!actor.May(Permissions.LeadsReport, household.Area, household.Id))
            return Refusals.NotPermitted(Permissions.LeadsReport);
        if (string.IsNullOrWhiteSpace(report.Text))
            return new Problem("leads.no-text", 422, new("没有说明情况。", "Nothing was said."), new("请写明看到或了解到的情况。", "Write what was seen or heard."));

        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var lead = await Raise(household, report.Source, report.Subject, report.Text, report.Urgent ? RuleLevel.Red : RuleLevel.Yellow, actor.Name, cancel);
        await db.SaveChangesAsync(cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
        return lead;
    }

    /// <summary>Takes a report from the public page. A household that is found gets a lead; one that is not waits for the township.</summary>
    /// <returns>The receipt code to follow the case with.</returns>
    public async Task<Outcome<string>> Take(SelfReport report, CancellationToken cancel)
    {
        var problems = Check(report).ToList();
        if (problems.Count > 0)
            return problems;

        var subject = report.Subject ?? ReportSubjects.Guess(report.Words);
        var (found, by) = ReportMatch.Decide(
            await Households(report.Area.County, report.Phone, cancel), await Households(report.Area, report.Name, cancel), report.Area.Level == AreaLevel.Village);
        var household = found is { } id ? (await households.Refs(report.Area.County.Digits, [id], cancel)).GetValueOrDefault(id) : null;
        var receipt = RandomNumberGenerator.GetString(Alphabet, 10);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await Store(report.Area, household, by, report.Name, report.Phone, subject, report.Words, "page", today.Day, receipt, null, null, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return receipt;
    }

    /// <summary>How the case of a receipt stands, or null for a wrong code.</summary>
    public async Task<ReportStanding?> Standing(AreaCode county, string receipt, CancellationToken cancel)
    {
        var hash = secrets.Hash(receipt.Trim().ToUpperInvariant());
        var report = await db.Set<PublicReport>().AsNoTracking().SingleOrDefaultAsync(r => r.County == county.Digits && r.ReceiptHash == hash, cancel);
        if (report is null)
            return null;
        var lead = report.LeadId is { } id ? await db.Set<Lead>().AsNoTracking().SingleOrDefaultAsync(l => l.County == county.Digits && l.Id == id, cancel) : null;
        return new(report.ReceivedOn, ReportSubjects.TitleOf(report.Subject),
            lead is null ? new("已收到，正在核对是哪一户", "received; the household is being looked up") : LeadStates.NameOf(lead.State), lead?.DueOn);
    }

    /// <summary>Stores a report in the open transaction, and raises a lead when its household is known and it is no complaint about others.</summary>
    /// <returns>The id of the report.</returns>
    internal async Task<Guid> Store(
        AreaCode area, HouseholdRef? household, MatchedBy by, string? name, string? phone, string subject, string words, string channel, DateOnly on,
        string? receipt, Guid? import, int? row, CancellationToken cancel)
    {
        var county = area.County.Digits;
        var id = Guid.CreateVersion7(today.Clock.GetUtcNow());
        var earliest = on.AddDays(-30);
        var householdId = household?.Id;
        var repeat = household is null ? null : await db.Set<PublicReport>().AsNoTracking()
            .Where(r => r.County == county && r.HouseholdId == householdId && r.Subject == subject && r.ReceivedOn >= earliest && r.RepeatOf == null)
            .OrderBy(r => r.ReceivedOn).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancel);
        var lead = household is null || subject == "complaint" ? (Guid?)null
            : await Raise(household, nameof(LeadSource.HouseholdReport), subject, words, RuleLevel.Yellow, "public", cancel);
        db.Add(new PublicReport
        {
            County = county, Id = id, ReceiptHash = secrets.Hash(receipt), Area = (household?.Area ?? area).Digits, HouseholdId = householdId, MatchedBy = by,
            NameEnc = secrets.Encrypt(name), PhoneEnc = secrets.Encrypt(phone), PhoneHash = secrets.Hash(phone), Subject = subject,
            WordsEnc = secrets.Encrypt(words)!, Channel = channel, ReceivedOn = on, ReceivedAt = today.Clock.GetUtcNow(), LeadId = lead, RepeatOf = repeat,
            ImportId = import, RowNumber = row,
        });
        db.Log("reports.received", household?.Area ?? area, id.ToString(), "public", today.Clock, new { subject, channel, matchedBy = by });
        await db.SaveChangesAsync(cancel);
        return id;
    }

    private async Task<Guid> Raise(HouseholdRef household, string source, string subject, string words, RuleLevel level, string by, CancellationToken cancel)
    {
        var county = household.Area.County.Digits;
        var day = today.Day;
        var lead = await db.Set<Lead>().SingleOrDefaultAsync(l => l.County == county && l.HouseholdId == household.Id && LeadStates.Open.Contains(l.State), cancel);
        if (lead is null)
        {
            var policy = await policies.For(household.Area, day, cancel);
            var number = await db.TakeNumber(county, 'L', day, cancel);
            lead = new Lead
            {
                County = county, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), Code = number, HouseholdId = household.Id, Area = household.Area.Digits,
                Level = level.ToString(), Source = Enum.Parse<LeadSource>(source), Rules = "[]", RaisedOn = day, ReceivedAt = today.Clock.GetUtcNow(),
                DueOn = policy.Due(LeadStates.Clocks.Total, day), StageDueOn = policy.Due(LeadStates.Clocks.Dispatch, day),
            };
            db.Add(lead);
            db.Log("leads.opened", household.Area, lead.Code, by, today.Clock, new { source, subject });
        }
        else
        {
            if (level > Enum.Parse<RuleLevel>(lead.Level))
                lead.Level = level.ToString();
            lead.Version++;
            db.Log("leads.joined", household.Area, lead.Code, by, today.Clock, new { source, subject });
        }
        db.Add(new LeadReason
        {
            County = county, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), LeadId = lead.Id, Source = source, Subject = subject, Level = level, OnDay = day,
            WordsEnc = secrets.Encrypt(words), ReportedBy = by,
        });
        return lead.Id;
    }

    private async Task<IReadOnlyCollection<Guid>> Households(AreaCode area, string? text, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var exact = text.Trim();
        var page = await households.List(Actor.System(area.County), new(Text: exact, Area: area, Take: 20), cancel);
        // The list finds names by their beginning; a report has to give the whole name.
        return [.. page.Rows.Where(r => exact.All(char.IsAsciiDigit) || r.HeadName == exact || r.Match == exact).Select(r => r.Id).Distinct()];
    }

    private static IEnumerable<Problem> Check(SelfReport report)
    {
        if (string.IsNullOrWhiteSpace(report.Words))
            yield return new("reports.no-words", 422, new("请说明遇到的困难。", "Say what the hardship is."), new("一两句话即可。", "A sentence or two will do."));
        if (report.Words is { Length: > 2000 })
            yield return new("reports.too-long", 422, new("内容超过2000字。", "The text is longer than 2,000 characters."), new("请写简短一些，工作人员会上门了解。", "Make it shorter; somebody will come and listen."));
        if (string.IsNullOrWhiteSpace(report.Name) && string.IsNullOrWhiteSpace(report.Phone))
            yield return new("reports.nobody", 422, new("没有姓名和电话。", "There is neither name nor phone."), new("请至少填写一项，方便上门核实。", "Give one of them, so that somebody can come."));
    }
}

/// <summary>Whose household a report from people is about.</summary>
internal static class ReportMatch
{
    /// <summary>By phone and name, else by phone, else by name in the village; only when exactly one household fits.</summary>
    public static (Guid? Household, MatchedBy By) Decide(IReadOnlyCollection<Guid> byPhone, IReadOnlyCollection<Guid> byName, bool villageKnown) =>
        byPhone.Intersect(byName).ToList() is [var both] ? (both, MatchedBy.PhoneAndName)
        : byPhone.Count == 1 ? (byPhone.First(), MatchedBy.Phone)
        : byPhone.Count == 0 && villageKnown && byName.Count == 1 ? (byName.First(), MatchedBy.NameVillage)
        : (null, MatchedBy.Unmatched);
}
