using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Reports;

/// <summary>A figure of a report: what it is, and its value on the day of filing.</summary>
public sealed record ReportFigure(Text Title, string Value);

/// <summary>A department's self-assessment 自查评估. Only ever added; the latest counts.</summary>
public sealed class Report
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }
    public required string Department { get; init; }

    /// <summary>Encrypted, since it may speak of households.</summary>
    public required byte[] TextEnc { get; init; }

    /// <summary>JSON of <see cref="ReportFigure"/>: counted, not typed.</summary>
    public required string Figures { get; init; }

    /// <summary>Of text and figures; what is signed.</summary>
    public required string Hash { get; init; }

    public required DateOnly FiledOn { get; init; }
    public required Guid FiledBy { get; init; }
    public required string FiledByName { get; init; }
    public required DateTimeOffset FiledAt { get; init; }
}

/// <param name="Text">In clear; shown to the department itself and to posts of the county that see households in full.</param>
/// <param name="Late">Filed after the last day of the drive.</param>
public sealed record ReportRow(Guid Id, string Department, string Text, IReadOnlyList<ReportFigure> Figures, string Hash, DateOnly FiledOn, string FiledBy, bool Late);

/// <summary>Takes in what departments report about themselves: their words, beside figures that are counted for them.</summary>
internal sealed class FileReports(ShouwangDb db, FindCampaign find, CountCampaign count, DriveTables tables, Secrets secrets, Today today)
{
    private const int Shortest = 10, Longest = 8000;

    /// <summary>What is counted for a department: its problems that are not struck off, and its values of the county table.</summary>
    public static IReadOnlyList<ReportFigure> Of(CampaignTemplate plan, Board board, IReadOnlyList<TableRow> county, string department) =>
    [
        new(new("未销号问题", "Problems not struck off"), board.Departments.GetValueOrDefault(department).ToString(CultureInfo.InvariantCulture)),
        .. plan.CountyTable.Where(c => c.Department == department).Select(c => new ReportFigure(c.Title, county.First(t => t.Department == department).Cells[c.Code].Value ?? "—")),
    ];

    /// <summary>Files a department's words beside the figures of the day.</summary>
    public Task<Outcome<Guid>> File(Actor actor, Guid id, string department, string text, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (!actor.May(Permissions.CampaignsReport, new(campaign.County)) || actor.Role == Role.IndustryDept && actor.Department != department)
            return Steps.NotPermitted(Permissions.CampaignsReport);
        if (!campaign.PlanOf().Reports.Contains(department))
            return Refusals.NotOfReports(department);
        if (text.Trim() is not { Length: >= Shortest and <= Longest } words)
            return Refusals.ReportTooShort;
        var board = await count.Now(campaign, cancel);
        var json = JsonSerializer.Serialize(Of(campaign.PlanOf(), board, await tables.County(campaign, board, cancel), department), JsonTexts.Options);
        var report = new Report
        {
            County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id, Department = department, TextEnc = secrets.Encrypt(words)!, Figures = json,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{campaign.Code}\n{department}\n{words}\n{json}"))), FiledOn = today.Day, FiledBy = actor.User, FiledByName = actor.DisplayName,
            FiledAt = today.Clock.GetUtcNow(),
        };
        db.Add(report);
        db.Log("campaigns.report-filed", new(campaign.County), campaign.Code, actor.Name, today.Clock, new { Report = report.Id, department, report.Hash });
        return report.Id;
    }, cancel);

    /// <summary>The latest report of each department.</summary>
    public async Task<IReadOnlyDictionary<string, ReportRow>> Latest(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return (await db.Set<Report>().AsNoTracking().Where(r => r.County == county && r.CampaignId == id).OrderBy(r => r.FiledAt).ThenBy(r => r.Id).ToListAsync(cancel)).GroupBy(r => r.Department)
            .ToDictionary(g => g.Key, g => g.Last() is var r ? new ReportRow(r.Id, r.Department, secrets.Decrypt(r.TextEnc) ?? "", JsonSerializer.Deserialize<List<ReportFigure>>(r.Figures, JsonTexts.Options)!, r.Hash,
                r.FiledOn, r.FiledByName, r.FiledOn > campaign.EndsOn) : null!);
    }
}

internal sealed class ReportMap : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> map)
    {
        map.ToTable("campaign_reports");
        map.HasKey(r => new { r.County, r.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(r => new { r.County, r.CampaignId });
    }
}
