using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Notices;

/// <summary>What somebody hands in against a line of a notice. Name and telephone may be left out.</summary>
/// <param name="Line">The number of the line on the list, from 1.</param>
internal sealed record ObjectionForm(int Line, string? Name, string? Phone, string Words);

internal sealed record ObjectionWords(string? Name, string? Phone, string Words);

/// <summary>Takes in an objection from anybody, without an account.</summary>
internal sealed class LodgeObjection(ShouwangDb db, Policies policies, Secrets secrets, Today today, IEnumerable<INoticeSubjects> subjects)
{
    public const string Clock = "case.objection";

    // What a village can really say in an hour; more is a machine.
    private const int MostInAnHour = 20;

    // Without 0, 1, I, L, O: they are mistaken for each other on paper.
    private const string ReceiptLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <returns>The receipt with which the answer can be read.</returns>
    public async Task<Outcome<string>> Run(string county, string code, ObjectionForm form, CancellationToken cancel) => await db.Atomically<string>(async () =>
    {
        var notice = await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(n => n.County == county && n.Code == code, cancel);
        if (notice is null)
            return Refusals.NotFound;
        var lines = JsonSerializer.Deserialize<List<NoticeLine>>(notice.Lines, JsonTexts.Options)!;
        if (form.Line < 1 || form.Line > lines.Count)
            return Refusals.NotFound;
        if (notice.ClosedOn is not null)
            return Refusals.Over;
        if (string.IsNullOrWhiteSpace(form.Words))
            return Refusals.NoWords;
        if (form.Words.Length > 2000 || form.Name?.Length > 50 || form.Phone?.Length > 50)
            return Refusals.TooLong;
        var hourAgo = today.Clock.GetUtcNow().AddHours(-1);
        if (await db.Set<Objection>().CountAsync(o => o.County == county && o.NoticeId == notice.Id && o.ReceivedAt > hourAgo, cancel) >= MostInAnHour)
            return Refusals.TooMany;

        var line = lines[form.Line - 1];
        var policy = await policies.For(new(notice.Area), today.Day, cancel);
        var objection = new Objection
        {
            County = county, Id = Guid.CreateVersion7(), Receipt = RandomNumberGenerator.GetString(ReceiptLetters, 10), NoticeId = notice.Id,
            SubjectId = line.Subject, HouseholdId = line.Household, Area = notice.Area, ReceivedAt = today.Clock.GetUtcNow(), ReceivedOn = today.Day,
            DueOn = policy.Due(Clock, today.Day),
            WordsEnc = secrets.Encrypt(JsonSerializer.Serialize(new ObjectionWords(form.Name, form.Phone, form.Words.Trim()), JsonTexts.Options))!,
        };
        db.Add(objection);
        db.Log("notices.objected", new(notice.Area), notice.Code, "public", today.Clock, new { form.Line, Objection = objection.Id });
        await db.SaveChangesAsync(cancel);

        var told = await subjects.Single(s => s.Kind == notice.Kind).Objected(county, line.Subject, objection.Id.ToString(), cancel);
        return told.Succeeded ? objection.Receipt : told.Problems.ToList();
    }, cancel);
}

/// <summary>Decides an objection, and answers it.</summary>
internal sealed class HandleObjection(ShouwangDb db, Secrets secrets, Today today, IEnumerable<INoticeSubjects> subjects)
{
    /// <param name="founded">Whether the objection was right.</param>
    public async Task<Outcome<ObjectionState>> Run(Actor actor, Guid id, bool founded, string finding, CancellationToken cancel) => await db.Atomically<ObjectionState>(async () =>
    {
        var objection = await db.Set<Objection>().VisibleTo(actor, Permissions.ObjectionsHandle).SingleOrDefaultAsync(o => o.Id == id, cancel);
        if (objection is null || objection.State != ObjectionState.Open)
            return Refusals.NoObjection;
        if (string.IsNullOrWhiteSpace(finding))
            return Refusals.NoFinding;
        var notice = await db.Set<Notice>().AsNoTracking().SingleAsync(n => n.County == actor.County && n.Id == objection.NoticeId, cancel);
        if (notice.PublishedBy == actor.User && !actor.Unlimited)
            return Steps.OwnWork(new("公示", "notice"));

        objection.State = founded ? ObjectionState.Founded : ObjectionState.Unfounded;
        objection.FindingEnc = secrets.Encrypt(finding.Trim());
        (objection.HandledBy, objection.HandledOn, objection.Version) = (actor.Name, today.Day, objection.Version + 1);
        db.Log("notices.objection-handled", new(objection.Area), notice.Code, actor.Name, today.Clock, new { Objection = id, objection.State });
        await db.SaveChangesAsync(cancel);

        var others = await db.Set<Objection>().AsNoTracking()
            .Where(o => o.County == actor.County && o.NoticeId == notice.Id && o.SubjectId == objection.SubjectId)
            .Select(o => o.State).ToListAsync(cancel);
        if (others.Contains(ObjectionState.Open))
            return objection.State;
        var told = await subjects.Single(s => s.Kind == notice.Kind)
            .Handled(actor.County, objection.SubjectId, others.Contains(ObjectionState.Founded), finding.Trim(), actor, cancel);
        return told.Succeeded ? objection.State : told.Problems.ToList();
    }, cancel);
}
