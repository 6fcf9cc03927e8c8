using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>The records of a text file (RFC 4180, read leniently: any line end, text behind a closing quotation mark).</summary>
internal sealed class CsvRows(CsvFile file) : RowReader(file.Name, file.Limits)
{
    private const int End = -1;

    private readonly CharBuffer _text = new(file.Limits.CellLength);
    private readonly char[] _buffer = new char[1 << 14];
    private StreamReader? _reader;
    private int _at, _length;
    private int _line = 1;
    private bool _started;

    private protected override bool Advance(TableRow row)
    {
        try
        {
            if (!_started && file.Declared)
                SkipLine();
            _started = true;
            return Record(row);
        }
        catch (DecoderFallbackException)
        {
            throw new TableRefusal(FileProblems.Encoding(file.Name, _line));
        }
    }

    private bool Record(TableRow row)
    {
        if (Peek() == End)
            return false;
        row.Start(_line);
        for (var column = 0; ; column++)
        {
            _text.Clear();
            if (Peek() == '"')
                Quoted(row.Number);
            var ended = Plain();
            if (_text.IsTooLong)
                throw new TableRefusal(FileProblems.CellTooLong(file.Name, "", row.Number, column, Limits.CellLength));
            Put(row, column, Value());
            if (ended)
                return true;
        }
    }

    /// <summary>A text in quotation marks; the last character read is the closing one.</summary>
    private void Quoted(int line)
    {
        Next();
        while (true)
        {
            var c = Next();
            if (c == End)
                throw new TableRefusal(FileProblems.UnclosedQuote(file.Name, line));
            if (c == '"')
            {
                if (Peek() != '"')
                    return;
                Next();
            }
            else if (c == '\n' || (c == '\r' && Peek() != '\n'))
            {
                _line++;
            }
            _text.Append((char)c);
            if (_text.IsTooLong)
                return;
        }
    }

    /// <summary>Up to the next separator or the end of the record.</summary>
    /// <returns>Whether the record ends.</returns>
    private bool Plain()
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_at, _length - _at);
            var stop = rest.IndexOfAny(file.Separator, '\r', '\n');
            _text.Append(stop < 0 ? rest : rest[..stop]);
            _at += stop < 0 ? rest.Length : stop;
            if (_text.IsTooLong)
                return true;
            if (stop < 0)
            {
                if (Peek() == End)
                    return true;
                continue;
            }
            var c = Next();
            if (c == file.Separator)
                return false;
            if (c == '\r' && Peek() == '\n')
                Next();
            _line++;
            return true;
        }
    }

    private Cell Value()
    {
        var text = _text.Text;
        // ="0012" is how exports keep Excel from turning a code into a number.
        if (text.Length >= 3 && text.StartsWith("=\"") && text[^1] == '"')
            text = text[2..^1];
        return text.IsEmpty ? default : new(CellKind.Text, _text.Share(text));
    }

    private void SkipLine()
    {
        while (Peek() is not (End or '\n'))
            Next();
        Next();
        _line++;
    }

    private int Next() => Peek() == End ? End : _buffer[_at++];

    private int Peek()
    {
        if (_at == _length)
        {
            _reader ??= file.OpenText();
            (_at, _length) = (0, _reader.Read(_buffer));
            if (_length == 0)
                return End;
        }
        return _buffer[_at];
    }

    private protected override void Close() => _reader?.Dispose();
}
