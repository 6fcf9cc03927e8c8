using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouwang.Kernel;

namespace Shouwang.Modules.Campaigns.Proof;

/// <summary>A pack as one HTML document that stands alone: what the PDF is printed from. The same part makes the page on the screen.</summary>
internal static class PackDocument
{
    // It has to look the same in ten years, without our style sheets: few rules, and all of them here.
    private const string Style = """
        @page { size: A4; margin: 16mm 14mm 18mm; }
        body { margin: 0 1pt 0 0; color: #111; font: 10pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        h1 { font-size: 17pt; margin: 0 0 2pt; text-align: center; } h2 { font-size: 12pt; margin: 14pt 0 4pt; border-bottom: 1pt solid #0f6a56; break-after: avoid; }
        p { margin: 2pt 0; } .muted, small { color: #555; font-size: 8.5pt; } code { font: 8pt monospace; overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: collapse; margin: 4pt 0; } th, td { border: .5pt solid #999; padding: 2pt 4pt; text-align: left; vertical-align: top; font-size: 8.5pt; }
        th { background: #eef1ed; } thead { display: table-header-group; } tr { break-inside: avoid; } .num { text-align: right; white-space: nowrap; } ul { margin: 2pt 0; padding-left: 16pt; }
        .chart { display: block; width: 100%; height: 90pt; } .chart .visited { fill: #0f6a56; } .chart .found { fill: #d59a1e; } .chart line { stroke: #999; stroke-width: .5; }
        .pack-figures { display: flex; flex-wrap: wrap; gap: 4pt; } .pack-figures div { flex: 1 1 80pt; border: .5pt solid #999; padding: 3pt 6pt; } .pack-figures strong { display: block; font-size: 13pt; }
        """;

    /// <summary>The whole document.</summary>
    public static async Task<string> Html(Pack pack, Language language)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var body = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<PackBody>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(PackBody.Contents)] = PackContents.Read(pack.Contents), [nameof(PackBody.Hash)] = pack.Hash, [nameof(PackBody.Number)] = pack.Number, [nameof(PackBody.MadeOn)] = pack.MadeOn,
            [nameof(PackBody.MadeBy)] = pack.MadeByName, [nameof(PackBody.Language)] = language,
        }))).ToHtmlString());
        var title = WebUtility.HtmlEncode(PackContents.Read(pack.Contents).Name);
        return $"<!DOCTYPE html><html lang=\"{(language == Language.Zh ? "zh-CN" : "en")}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head><body>{body}</body></html>";
    }
}
