using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Holds a signed bulletin to what was signed.</summary>
internal sealed class BulletinSeal(ShouwangDb db)
{
    /// <summary>SHA-256 in hexadecimal over everything that was signed: number, period, day of the figures, who signed when, and the content.</summary>
    public static string DigestOf(Bulletin b) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        b.County, b.Code, b.Kind, b.Template, b.Unit, Day(b.PeriodFrom), Day(b.PeriodTo), Day(b.AsOf), b.ReplacesId?.ToString() ?? "", b.SignedByName, Day(b.SignedOn), b.Content))));

    /// <summary>True when the bulletin is what was signed, and its digest is the one in the county's chain of events.</summary>
    public async Task<bool> Holds(Bulletin b, CancellationToken cancel)
    {
        if (b.Digest is not { } digest || DigestOf(b) != digest)
            return false;
        var (signed, code) = ($"insight.bulletin.{BulletinEvent.Sign}", b.Code);
        var logged = await db.Set<Event>().AsNoTracking().Where(e => e.County == b.County && e.Name == signed && e.Subject == code).OrderByDescending(e => e.Seq).Select(e => e.Details).FirstOrDefaultAsync(cancel);
        return logged?.Contains($"\"{digest}\"", StringComparison.Ordinal) == true;
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
