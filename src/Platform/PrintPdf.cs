using System.ComponentModel;
using System.Diagnostics;
using Shouwang.Kernel;

namespace Shouwang.Platform;

/// <summary>Prints an HTML document that stands alone into a PDF, with a Chromium of the machine. Nothing is fetched: styles and pictures are in the document.</summary>
/// <remarks>One document at a time, since a browser takes a core while it prints.</remarks>
public sealed class PrintPdf : IDisposable
{
    /// <summary>The variable of the environment that names the browser, where it is not found by itself.</summary>
    public const string Variable = "SHOUWANG_BROWSER";

    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly Problem
        NoBrowser = new("pdf.no-browser", 503,
            new($"本机没有找到 Chromium（或 Chrome、Edge）浏览器，不能生成 PDF。", "No Chromium (or Chrome, Edge) was found on this machine, so no PDF can be made."),
            new($"请安装 chromium，或用环境变量 {Variable} 指明浏览器路径；也可打开打印页，用浏览器另存为 PDF。",
                $"Install chromium, or name a browser in the environment variable {Variable}; or open the print page and save it as PDF there.")),
        NotPrinted = new("pdf.not-printed", 503,
            new("浏览器没有生成 PDF。", "The browser made no PDF."),
            new("请稍后重试；反复出现请打开打印页另存为 PDF。", "Try again later; if it keeps failing, open the print page and save it as PDF."));

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string? _browser = Find();

    /// <summary>The document as a PDF.</summary>
    public async Task<Outcome<byte[]>> Run(string html, CancellationToken cancel)
    {
        if (_browser is null)
            return NoBrowser;
        await _turn.WaitAsync(cancel);
        var folder = Directory.CreateTempSubdirectory("shouwang-print-");
        try
        {
            var (page, file) = (Path.Combine(folder.FullName, "document.html"), Path.Combine(folder.FullName, "document.pdf"));
            await File.WriteAllTextAsync(page, html, cancel);
            return await Print(page, file, folder.FullName, cancel) && File.Exists(file) ? await File.ReadAllBytesAsync(file, cancel) : NotPrinted;
        }
        finally
        {
            Remove(folder);
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> Print(string page, string file, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(_browser!) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, CreateNoWindow = true };
        foreach (var word in (string[])["--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer",
            $"--user-data-dir={Path.Combine(folder, "profile")}", $"--print-to-pdf={file}", new Uri(page).AbsoluteUri])
            start.ArgumentList.Add(word);
        // Chromium's sandbox refuses to run as root, as in a container. The document is our own and loads nothing.
        if (!OperatingSystem.IsWindows() && Environment.UserName == "root")
            start.ArgumentList.Insert(0, "--no-sandbox");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            // Both are read, or a browser that complains a lot would wait for us for ever.
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(said, complained);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (OperatingSystem.IsWindows())
            folders.AddRange([@"C:\Program Files\Google\Chrome\Application", @"C:\Program Files (x86)\Microsoft\Edge\Application"]);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return Names.SelectMany(n => folders.Select(f => Path.Combine(f, n + suffix))).FirstOrDefault(File.Exists);
    }

    // The browser's last helper may still hold a file for a moment.
    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // It lies in the system's folder for what may go at any time.
        }
    }
}
