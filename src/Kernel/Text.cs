namespace Shouwang.Kernel;

/// <summary>The two languages of the product. Chinese is the default everywhere.</summary>
public enum Language { Zh, En }

/// <summary>A text a user can see, in both languages side by side, so that neither can be forgotten.</summary>
/// <param name="Zh">Chinese; may hold <c>{0}</c> places.</param>
/// <param name="En">English, with the same places.</param>
public readonly record struct Text(string Zh, string En)
{
    /// <summary>The text in one language, its places filled in; a text among the values is taken in the same language.</summary>
    public string In(Language language, params ReadOnlySpan<object?> values)
    {
        var text = language == Language.Zh ? Zh : En;
        if (values.IsEmpty)
            return text;
        var filled = values.ToArray();
        for (var i = 0; i < filled.Length; i++)
            filled[i] = filled[i] is Text inner ? inner.In(language) : filled[i];
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, text, filled);
    }

    /// <summary>The same text with its places filled in, still in both languages.</summary>
    public Text With(params ReadOnlySpan<object?> values) => new(In(Language.Zh, values), In(Language.En, values));

    /// <summary>Both languages in one line, for logs and plain output.</summary>
    public override string ToString() => Zh == En ? Zh : $"{Zh} / {En}";
}
