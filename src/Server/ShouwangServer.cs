using System.Threading.RateLimiting;
using Shouwang.Modules;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server.Desk;
using Shouwang.Server.Web;

namespace Shouwang.Server;

/// <summary>Puts the product together as a web server: finds the modules, picks the database, opens the doors.</summary>
public static class ShouwangServer
{
    /// <summary>The largest upload, in bytes: a county's member file with room to spare.</summary>
    public const long LargestUpload = 256L * 1024 * 1024;

    /// <summary>Builds the host. The database is brought up to date when it starts.</summary>
    /// <param name="adjust">Last words about services, for tests: another clock, say.</param>
    public static WebApplication Build(ServerOptions options, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ShouwangServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        // We run from a build, which would otherwise be taken for a developer's: read again and never cached.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestUpload;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Logging.SetMinimumLevel(options.Quiet ? LogLevel.Error : LogLevel.Warning);
        // It warns that keys are stored in clear; they lie beside the database key, under the same protection of the folder.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var services = builder.Services;
        services.AddShouwang(options);
        services.AddHttpContextAccessor();
        services.AddScoped(s => Http(s).Features.Get<Actor>() ?? throw new InvalidOperationException("Nobody has signed in."));
        services.AddScoped(s => Http(s).Features.Get<SignedInUser>() ?? throw new InvalidOperationException("Nobody has signed in."));
        services.AddScoped(s => Http(s).Features.Get<DeviceUser>() ?? throw new InvalidOperationException("The request is not a phone's."));
        services.AddScoped<Screen>().AddScoped<ListExport>();
        services.AddSingleton<IAreaLabels, AreaLabels>();
        services.AddRazorComponents();
        services.AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        services.AddAntiforgery(o => (o.Cookie.Name, o.Cookie.SameSite) = ("shouwang_form", SameSiteMode.Strict));
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(o => o.MultipartBodyLengthLimit = LargestUpload);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Encoder = JsonTexts.Options.Encoder;
            o.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter());
        });
        services.AddProblemDetails();
        services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (false, ["text/html", "application/json"]));
        services.AddRateLimiter(AddLimits);
        if (options.Worker)
            services.AddHostedService(s => s.GetRequiredService<EventWorker>());
        adjust?.Invoke(services);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Refusals.Failed, SuppressDiagnosticsCallback = _ => false });
        app.UseResponseCompression();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseGate();
        app.UseAntiforgery();
        app.UseTableDownloads();

        app.MapStaticAssets().WithMetadata(new StaticFile(), new OpenToAllAttribute());
        app.MapFieldApp();
        app.MapGet("/health", Health.Answer).OpenToAll();
        app.MapPost("/language", ChooseLanguage.Handle).DisableAntiforgery().OpenToAll();
        foreach (var module in Catalogue.Modules)
            module.MapEndpoints(app);
        app.MapRazorComponents<App>().AddAdditionalAssemblies(typeof(Catalogue).Assembly);
        return app;
    }

    /// <summary>Brings the database up to date and begins to serve.</summary>
    public static async Task Start(WebApplication app, CancellationToken cancel = default)
    {
        await app.Services.Migrate(cancel);
        await app.StartAsync(cancel);
    }

    private static HttpContext Http(IServiceProvider services) => services.GetRequiredService<IHttpContextAccessor>().HttpContext
        ?? throw new InvalidOperationException("Who is asking is known within a request only.");

    // Reading is free; sending a form is counted by address. Ten sign-ins a minute is more than anybody types.
    private static void AddLimits(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (context, _) => new(Refusals.Write(context.HttpContext, TooMany));
        limits.AddPolicy("sign-in", http => PerAddress(http, 10));
        limits.AddPolicy("public", http => PerAddress(http, 20));
    }

    private static RateLimitPartition<string> PerAddress(HttpContext http, int perMinute) => HttpMethods.IsPost(http.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new()
        {
            PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), AutoReplenishment = true,
        })
        : RateLimitPartition.GetNoLimiter("");

    private static readonly Kernel.Problem TooMany = new("desk.too-many", 429, new("操作过于频繁。", "Too many attempts."),
        new("请一分钟后再试。", "Try again in a minute."));
}
