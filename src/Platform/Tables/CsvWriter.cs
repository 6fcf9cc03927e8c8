using System.Globalization;
using System.Text;
using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>Writes comma-separated text in UTF-8 with a byte order mark, which Excel and WPS open rightly.</summary>
/// <remarks>
/// Safe against formula injection: a text that begins with = + - @, a tab or a line end gets an apostrophe in front, for
/// text files have no types; importing drops it again. Numbers, amounts and dates are written as they are.
/// </remarks>
public sealed class CsvWriter(Stream target) : IAsyncDisposable
{
    private const int Enough = 1 << 16;

    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create("\",\r\n\t;|");

    private readonly StringBuilder _line = new("\uFEFF");
    private bool _inRow;

    public CsvWriter Text(string? text)
    {
        var value = text ?? "";
        Next();
        if (SheetOut.BeginsLikeFormula(value) || value.StartsWith('\n'))
            value = "'" + value;
        if (value.AsSpan().ContainsAny(Quoted) || (value.Length > 0 && (value[0] == ' ' || value[^1] == ' ')))
            _line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            _line.Append(value);
        return this;
    }

    public CsvWriter Number(decimal? number) => Plain(number?.ToString("0.############################", CultureInfo.InvariantCulture));

    public CsvWriter Money(Money? amount) => Plain(amount?.ToString());

    public CsvWriter Date(DateOnly? day) => Plain(day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public async ValueTask EndRow(CancellationToken cancel)
    {
        _line.Append("\r\n");
        _inRow = false;
        if (_line.Length > Enough)
            await Flush(cancel);
    }

    /// <summary>Passes on what has gathered; call it at the end.</summary>
    public async ValueTask Flush(CancellationToken cancel)
    {
        var text = _line.ToString();
        _line.Clear();
        await target.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await target.FlushAsync(cancel);
    }

    private CsvWriter Plain(string? value)
    {
        Next();
        _line.Append(value);
        return this;
    }

    private void Next()
    {
        if (_inRow)
            _line.Append(',');
        _inRow = true;
    }

    public async ValueTask DisposeAsync() => await Flush(CancellationToken.None);
}
