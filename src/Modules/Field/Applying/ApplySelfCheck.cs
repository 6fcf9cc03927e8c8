using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>A table of the village that was compared with the register, or one that was filled in and belongs to another module.</summary>
internal sealed class ApplySelfCheck(ShouwangDb db, IPhoneTables tables) : IApplier
{
    public string Kind => Envelope.SelfCheck;

    public async Task<Verdict> Apply(Submission submission, CancellationToken cancel)
    {
        if (Contents.Read<SelfCheckContent>(submission.Content) is not { Rows: not null } check || !AreaCode.TryParse(check.Village, out var village))
            return Verdict.Held(FieldTexts.Unreadable);
        if (!submission.Sender.May(Permissions.VisitsRecord) || !submission.Sender.Sees(village))
            return Verdict.Held(FieldTexts.NotYours) with { Area = village.Digits };
        if (check.Fills is { } table)
            return await Fill(submission, new(submission.Id, table, village, check.On, check.Values), cancel);
        await db.Execute("""
            insert into field_selfchecks (county, id, village, table_code, on_day, rows_json, ok, not_ok, checked_by)
            values (@county, @id, @village, @table, @on, @rows, @ok, @not, @by) on conflict do nothing
            """, cancel, ("@county", submission.County), ("@id", submission.Id), ("@village", village.Digits), ("@table", check.Table), ("@on", check.On),
            ("@rows", JsonSerializer.Serialize(check.Rows, JsonTexts.Options)), ("@ok", check.Rows.Count(r => r.Ok)), ("@not", check.Rows.Count(r => !r.Ok)),
            ("@by", submission.Sender.DisplayName));
        return Verdict.Applied([]) with { Area = village.Digits };
    }

    private async Task<Verdict> Fill(Submission submission, FilledTable filled, CancellationToken cancel)
    {
        var taken = await tables.TakeIn(submission.Sender, filled, cancel);
        return (taken.Succeeded ? Verdict.Applied(taken.Value) : Verdict.Held([.. taken.Problems.Select(p => p.What)])) with { Area = filled.Village.Digits };
    }
}
