using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>How a file is written, by its content; names lie.</summary>
public enum TableFormat { Xlsx, Xls, Ods, Csv }

/// <summary>
/// A file of tables as offices send them, opened for reading: .xlsx, old .xls, .ods, and text with separators in the usual
/// encodings. Recognised by content. Row by row, in bounded memory; bad input is a <see cref="Problem"/>, never an exception.
/// </summary>
/// <remarks>Not for several threads. Readers of its sheets may be opened again and again, and side by side.</remarks>
public abstract class TableFile : IDisposable
{
    /// <summary>The name the sender gave it, for messages.</summary>
    public abstract string Name { get; }

    public abstract TableFormat Format { get; }

    /// <summary>In the order of the workbook, hidden ones included. A text file is one sheet without a name.</summary>
    public abstract IReadOnlyList<TableSheet> Sheets { get; }

    /// <summary>Opens a file on disk.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="fileName">The name the sender gave it.</param>
    public static Outcome<TableFile> Open(string path, string fileName, ReadLimits? limits = null)
    {
        try
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), fileName, limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileProblems.Unreadable(fileName);
        }
    }

    /// <summary>Opens a file from a stream, which it takes over and disposes of.</summary>
    /// <param name="content">Need not be seekable; then its bytes go to a temporary file that vanishes when closed.</param>
    /// <param name="fileName">The name the sender gave it, for messages; a path in front of it is dropped.</param>
    /// <returns>The file, or problems with codes <c>file.*</c>. Damage further inside shows when its rows are read.</returns>
    public static Outcome<TableFile> Open(Stream content, string fileName, ReadLimits? limits = null)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        limits ??= ReadLimits.Default;
        var source = content;
        try
        {
            source = Seekable(content, name, limits);
            return Recognition.Open(source, name, limits);
        }
        catch (Exception e) when (BadInput.Covers(e))
        {
            source.Dispose();
            content.Dispose();
            return BadInput.Explain(e, name);
        }
    }

    private static Stream Seekable(Stream content, string name, ReadLimits limits)
    {
        if (content.CanSeek)
        {
            return content.Length <= limits.FileBytes
                ? content
                : throw new TableRefusal(FileProblems.TooLarge(name, limits.FileBytes));
        }
        var spool = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew,
            FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                spool.Write(buffer, 0, read);
                if (spool.Length > limits.FileBytes)
                    throw new TableRefusal(FileProblems.TooLarge(name, limits.FileBytes));
            }
            content.Dispose();
            spool.Position = 0;
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>One sheet of a file.</summary>
public abstract class TableSheet
{
    /// <summary>Empty for the one sheet of a text file.</summary>
    public abstract string Name { get; }

    /// <summary>Hidden sheets are data as any other; whether they are read is for the importer to say.</summary>
    public abstract bool Hidden { get; }

    /// <summary>The merged blocks, from top to bottom; problems when the sheet cannot be read that far.</summary>
    public abstract Outcome<MergedRange[]> MergedRanges { get; }

    /// <summary>A new reader at the first row.</summary>
    public abstract RowReader Rows(MergeFill fill = MergeFill.None);
}
