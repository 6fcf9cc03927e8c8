using Shouwang.Kernel;

namespace Shouwang.Platform.Security;

/// <summary>Words that exist and that a reader may not see. Their place says so, on pages, on paper and in workbooks alike: a gap would look as if nothing had been written.</summary>
public static class Withheld
{
    /// <summary>What stands in their place.</summary>
    public static readonly Text Notice = new("（不对您的岗位开放）", "(not open to your post)");

    /// <summary>Words as one reader finds them: null where there are none.</summary>
    /// <param name="stored">Encrypted.</param>
    public static Text? Shown(byte[]? stored, bool reads, Secrets secrets) => stored is null ? null : reads ? Plain(secrets.Decrypt(stored)) : Notice;

    /// <summary>Words of people, which are the same in both languages.</summary>
    public static Text? Plain(string? words) => string.IsNullOrEmpty(words) ? null : new Text(words, words);
}
