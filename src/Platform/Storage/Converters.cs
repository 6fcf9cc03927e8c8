using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Shouwang.Kernel;

namespace Shouwang.Platform.Storage;

internal sealed class MoneyConverter() : ValueConverter<Money, long>(m => m.Fen, fen => new Money(fen));

internal sealed class AreaCodeConverter() : ValueConverter<AreaCode, string>(a => a.Digits, text => new AreaCode(text));

/// <summary>Instants are stored as milliseconds since 1970 in UTC: exact, sortable and the same on every database.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    at => at.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

internal static class SnakeCase
{
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1])))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
