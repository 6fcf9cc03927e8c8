using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Notices.Contracts;

/// <summary>What a public notice is about.</summary>
public enum NoticeKind { Identification, Elimination }

/// <summary>A household on a notice, with nothing that may not hang on a wall.</summary>
/// <param name="Subject">The case the notice is for; not shown.</param>
/// <param name="Household">Not shown.</param>
/// <param name="HeadName">Masked: 张*; see <see cref="Masked"/>.</param>
/// <param name="Group">The villagers' group, if known.</param>
/// <param name="Category">What the household is proposed as, in the words of the time.</param>
public sealed record NoticeLine(Guid Subject, Guid Household, string HeadName, string? Group, int Size, string Category);

/// <summary>A notice to be put up in a village.</summary>
/// <param name="Body">The text above the list.</param>
/// <param name="Place">Where it hangs.</param>
/// <param name="Contact">The office and its telephone, for questions and objections. A private mobile number is refused.</param>
/// <param name="FromOn">The first day, today or earlier.</param>
public sealed record NewNotice(
    NoticeKind Kind, AreaCode Village, string Title, string Body, string Place, string Contact, DateOnly FromOn, IReadOnlyList<NoticeLine> Lines);

/// <summary>How far a notice is.</summary>
/// <param name="EarliestEndOn">The day on which the time the policy demands is over.</param>
/// <param name="OpenObjections">Objections not yet handled, to the subject asked about.</param>
public sealed record NoticeStanding(
    Guid Id, string Code, DateOnly FromOn, DateOnly EarliestEndOn, DateOnly? ClosedOn, bool HasPhoto, int OpenObjections);

/// <summary>Public notices, for the modules whose cases have to hang out.</summary>
public interface INotices
{
    /// <summary>Puts up a notice, in the caller's unit of work, unless a text gives away what it must not.</summary>
    Task<Outcome<Guid>> Publish(NewNotice notice, Actor actor, CancellationToken cancel);

    /// <summary>How far a notice is for one of its subjects, or null where there is no such notice.</summary>
    Task<NoticeStanding?> Standing(string county, Guid notice, Guid subject, CancellationToken cancel);

    /// <summary>Takes a notice down once its time is over, it was photographed and no objection to the subject is open.</summary>
    Task<Outcome<NoticeStanding>> Close(string county, Guid notice, Guid subject, Actor actor, CancellationToken cancel);

    /// <summary>Takes a notice down because nothing on it is to be decided any more, however long it hung. One that is down stays as it is.</summary>
    Task Withdraw(string county, Guid notice, Actor actor, CancellationToken cancel);
}

/// <summary>What happens to the subject of a notice when somebody objects. The module whose cases hang out plugs itself in.</summary>
public interface INoticeSubjects
{
    NoticeKind Kind { get; }

    /// <summary>Somebody objected: the case stops until it is handled.</summary>
    Task<Outcome<bool>> Objected(string county, Guid subject, string objection, CancellationToken cancel);

    /// <summary>The last open objection to the subject was handled.</summary>
    /// <param name="upheld">True when one of them was founded.</param>
    Task<Outcome<bool>> Handled(string county, Guid subject, bool upheld, string finding, Actor actor, CancellationToken cancel);
}

/// <summary>Names as a notice shows them.</summary>
public static class Masked
{
    // Surnames of two characters that are common enough to meet.
    private static readonly string[] Compound =
        ["欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木", "百里", "南宫"];

    /// <summary>The surname, and a star for each character after it. A name of one character is a star.</summary>
    public static string Name(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length <= 1)
            return "*";
        var surname = name.Length > 2 && Compound.Any(c => name.StartsWith(c, StringComparison.Ordinal)) ? 2 : 1;
        return name[..surname] + new string('*', name.Length - surname);
    }
}
