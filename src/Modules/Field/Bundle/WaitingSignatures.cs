using Shouwang.Modules.Field.Applying;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>Visits of others that wait for a second investigator, for the phone of whoever was there too.</summary>
internal sealed class WaitingSignatures(ShouwangDb db, Secrets secrets)
{
    /// <summary>Those to the households, without the actor's own and those the actor has signed.</summary>
    public async Task<ILookup<Guid, CardSign>> For(Actor actor, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        var (known, found) = (households.ToHashSet(), new List<(Guid Household, CardSign Sign)>());
        await db.Read("""
            select v.id, v.about_id, v.hash, v.content_enc from field_submissions v
            where v.county = @county and v.waits_for >= 'signature:' and v.waits_for < 'signature;' and v.kind = 'visit' and v.user_id <> @user
                and not exists (select 1 from field_submissions s where s.county = v.county and s.about_id = v.id and s.kind = 'signature' and s.user_id = @user)
            order by v.received_at, v.id
            """, row =>
        {
            if (row.IsDBNull(1) || !known.Contains(row.GetGuid(1)) || Contents.Read<VisitContent>(secrets.Unpack((byte[])row.GetValue(3))) is not { } visit)
                return;
            found.Add((visit.Household, new(row.GetGuid(0), visit.VisitedOn, visit.Purpose, visit.Visitors is [var first, ..] ? first.Name : "", row.GetString(2))));
        }, cancel, ("@county", actor.County), ("@user", actor.User));
        return found.ToLookup(f => f.Household, f => f.Sign);
    }
}
