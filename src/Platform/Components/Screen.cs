using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Components;

/// <summary>Names of areas for the screen; without one, codes are shown.</summary>
public interface IAreaLabels
{
    /// <summary>Has to be called once before the names of a county are asked for; quick when they are known already.</summary>
    Task Prepare(string county, CancellationToken cancel);

    /// <summary>The area's own name, such as <c>高安镇</c>; the code where it is not known.</summary>
    string Of(AreaCode area);

    /// <summary>The areas one level below, in the order of their codes.</summary>
    IReadOnlyList<AreaCode> Below(AreaCode area);
}

/// <summary>What people are called on the screen. Records and the event log keep the sign-in name, which nobody else ever has.</summary>
public interface IPersonLabels
{
    /// <summary>Has to be called once before the names of a county are asked for; quick when they are known already.</summary>
    Task Prepare(string county, CancellationToken cancel);

    /// <summary>The name somebody goes by, such as <c>高安镇经办人</c>; null where no account of that sign-in name is known.</summary>
    string? Of(string signInName);
}

/// <summary>What a page needs to know about the request: who asks, in which language, on which day, at which address.</summary>
public sealed class Screen(IHttpContextAccessor accessor, Today today, IDataProtectionProvider protection, IServiceProvider services)
{
    public const string LanguageCookie = "lang", FlashCookie = "flash";

    private static readonly string[] Units = ["B", "KB", "MB", "GB"];

    public HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("A screen belongs to a request.");

    public Language Language => Http.Request.Cookies[LanguageCookie] == "en" ? Language.En : Language.Zh;

    /// <summary>Whoever has signed in, or null on public pages.</summary>
    public Actor? Visitor => Http.Features.Get<Actor>();

    /// <summary>Whoever has signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody has: the page is open to all and should ask for <see cref="Visitor"/>.</exception>
    public Actor Actor => Visitor ?? throw new InvalidOperationException("Nobody has signed in.");

    /// <summary>The day for rules and clocks.</summary>
    public DateOnly Day => today.Day;

    /// <summary>True when somebody set the day; the frame then says so.</summary>
    public bool DayIsSet => today.IsSet;

    public bool May(string permission) => Visitor?.May(permission) ?? false;

    public string Say(Text text) => text.In(Language);

    // --- areas

    /// <summary>The area's own name.</summary>
    public string AreaName(AreaCode area) => Names?.Of(area) ?? area.Digits;

    /// <summary>Names from the township down: <c>高安镇 新溪村</c>; the county's own name for a county.</summary>
    public string AreaPath(AreaCode area) => area.Level switch
    {
        AreaLevel.Village => $"{AreaName(area.Parent)} {AreaName(area)}",
        AreaLevel.Township or AreaLevel.County or AreaLevel.Prefecture or AreaLevel.Province or AreaLevel.Nation => AreaName(area),
    };

    /// <summary>Makes the names of a county known on pages without an account; for those with one the gate has done it.</summary>
    public Task PrepareAreas(AreaCode county, CancellationToken cancel) => Names?.Prepare(county.Digits, cancel) ?? Task.CompletedTask;

    /// <summary>Whoever did something, by the name people know: records keep the sign-in name. What is no sign-in name stays as it is.</summary>
    public string Person(string? signInName) => signInName switch
    {
        null => "—",
        "system" => Say(new("系统", "the system")),
        _ => (services.GetService(typeof(IPersonLabels)) as IPersonLabels)?.Of(signInName) ?? signInName,
    };

    public IReadOnlyList<AreaCode> AreasBelow(AreaCode area) => Names?.Below(area) ?? [];

    private IAreaLabels? Names => services.GetService(typeof(IAreaLabels)) as IAreaLabels;

    // --- values

    public static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    /// <summary>An instant on China's clocks, to the minute.</summary>
    public static string Moment(DateTimeOffset? at) =>
        at is { } instant ? Today.Local(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "—";

    public static string Number(decimal? value, int decimals = 0) =>
        value?.ToString("#,##0" + (decimals == 0 ? "" : "." + new string('0', decimals)), CultureInfo.InvariantCulture) ?? "—";

    /// <summary>Yuan with separators and two decimals.</summary>
    public static string Yuan(decimal? yuan) => Number(yuan, 2);

    /// <inheritdoc cref="Yuan(decimal?)"/>
    public static string Yuan(Money? money) => Number(money?.Yuan, 2);

    public static string Percent(decimal? share, int decimals = 1) => share is { } s ? Number(s * 100, decimals) + "%" : "—";

    /// <summary>A file's length in the largest unit that leaves a whole number before the point.</summary>
    public static string Bytes(long length)
    {
        var (value, unit) = ((decimal)length, 0);
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return $"{Number(value, unit == 0 ? 0 : 1)} {Units[unit]}";
    }

    // --- addresses

    /// <summary>The current address with some parts of the query replaced; null takes a part away.</summary>
    public string With(params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        var query = Http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        foreach (var (name, value) in parts)
        {
            if (value?.ToString() is { Length: > 0 } text)
                query[name] = text;
            else
                query.Remove(name);
        }
        return Http.Request.Path + new QueryBuilder(query);
    }

    /// <summary>The page is asked for as a workbook: lists then give all their rows.</summary>
    public bool IsExport => Http.Features.Get<TableExport>() is not null;

    /// <summary>How many rows a list should read: its page, or everything when a workbook is wanted.</summary>
    public int RowsOf(int pageSize) => IsExport ? TableExport.MostRows : pageSize;

    public string Query(string name) => Http.Request.Query[name].ToString();

    /// <summary>What was typed into a field of a form that was just sent; <paramref name="otherwise"/> before that.</summary>
    public string Posted(string name, string? otherwise = null) =>
        Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out var value) ? value.ToString() : otherwise ?? "";

    // --- a message that survives one redirect

    /// <summary>Leaves a message for the next page.</summary>
    public void Leave(Text message) => Http.Response.Cookies.Append(FlashCookie,
        Protector.Protect(JsonSerializer.Serialize(message, JsonTexts.Options)),
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1) });

    /// <summary>Takes the message the last page left, if any.</summary>
    public Text? Take()
    {
        if (Http.Request.Cookies[FlashCookie] is not { Length: > 0 } cookie || Http.Response.HasStarted)
            return null;
        Http.Response.Cookies.Delete(FlashCookie);
        try
        {
            return JsonSerializer.Deserialize<Text>(Protector.Unprotect(cookie), JsonTexts.Options);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Made by another installation or by hand: not a message of ours.
            return null;
        }
    }

    private IDataProtector Protector => protection.CreateProtector("flash");
}
