using System.Text;
using System.Xml;
using ExcelDataReader.Exceptions;
using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>Ends the reading of a file from deep inside a parser; turned into its problem before any caller sees it.</summary>
internal sealed class TableRefusal(Problem problem) : Exception(problem.Code)
{
    public Problem Problem { get; } = problem;
}

/// <summary>A file that is not what its format asks for; the name is added where it is known.</summary>
internal sealed class DamagedTable(string why) : Exception(why);

/// <summary>XML with a document type or entities.</summary>
internal sealed class ForbiddenXml() : Exception("DTD");

/// <summary>What parsers throw when the bytes are wrong, and what it means to the sender.</summary>
internal static class BadInput
{
    public static bool Covers(Exception e) => e
        is TableRefusal or DamagedTable or ForbiddenXml or InvalidDataException or IOException or DecoderFallbackException
        or XmlException or NotSupportedException or ExcelReaderException;

    public static Problem Explain(Exception e, string file) => e switch
    {
        TableRefusal refusal => refusal.Problem,
        ForbiddenXml => FileProblems.ForbiddenXml(file),
        InvalidPasswordException => FileProblems.Password(file),
        _ => FileProblems.Damaged(file),
    };
}
