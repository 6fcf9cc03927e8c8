using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Lists of what is overdue. They name villages, units and numbers of files, never a person: a bulletin is read by many.</summary>
internal sealed class LateLists(IFigures figures, IHouseholds households, ILedgerAsOf ledger)
{
    private const int Most = 50;

    private static string? CodeOf(LateKind kind) => kind switch { LateKind.Leads => "M12o", LateKind.Cases => "M13o", LateKind.Measures => "M16o", LateKind.Visits => "M19o", LateKind.Issues => null };

    /// <summary>Null where the households of the day were not kept.</summary>
    public Task<ContentTable?> Of(LateKind kind, Text? title, AreaCode county, Policy policy, DateOnly asOf, Func<AreaCode, string> nameOf, CancellationToken cancel) =>
        CodeOf(kind) is { } code ? Households(code, title ?? default, county, asOf, nameOf, cancel) : Issues(title ?? default, county, policy, asOf, nameOf, cancel);

    private async Task<ContentTable?> Households(string code, Text title, AreaCode county, DateOnly asOf, Func<AreaCode, string> nameOf, CancellationToken cancel)
    {
        if (await figures.Behind(Actor.System(county), county, code, asOf, true, cancel) is not { } behind)
            return null;
        var refs = await households.Refs(county.Digits, [.. behind.Select(b => b.Household)], cancel);
        var rows = behind.Select(b => (Area: new AreaCode(b.Village), Code: refs.GetValueOrDefault(b.Household)?.Code ?? "")).OrderBy(r => r.Area).ThenBy(r => r.Code, StringComparer.Ordinal).ToList();
        return new(title, [new(new("乡镇", "Township"), false), new(new("村", "Village"), false), new(new("户编号", "Household"), false)],
            [.. rows.Take(Most).Select(r => (IReadOnlyList<ContentCell>)[.. Place(r.Area, nameOf), ContentCell.Of(r.Code) with { Href = $"/households/{r.Code}" }])], Math.Max(0, rows.Count - Most));
    }

    private async Task<ContentTable?> Issues(Text title, AreaCode county, Policy policy, DateOnly asOf, Func<AreaCode, string> nameOf, CancellationToken cancel)
    {
        var rows = (await ledger.AsOf(county, asOf, cancel)).Where(i => !i.Ended && i.DueOn < asOf).OrderBy(i => i.DueOn).ThenBy(i => i.Code, StringComparer.Ordinal).ToList();
        return new(title,
            [
                new(new("问题编号", "Problem"), false), new(new("乡镇", "Township"), false), new(new("村", "Village"), false), new(new("类别", "Kind"), false), new(new("责任单位", "Unit"), false),
                new(new("期限", "Due"), false), new(new("超期天数", "Days late"), true),
            ],
            [.. rows.Take(Most).Select(i => (IReadOnlyList<ContentCell>)
            [
                ContentCell.Of(i.Code) with { Href = $"/ledger/{i.Id}" }, .. Place(new(i.Area), nameOf), new(policy.IssueKind(i.Subject)?.Title ?? new(i.Subject, i.Subject)), ContentCell.Of(i.Unit ?? "—"),
                ContentCell.Of(Screen.Date(i.DueOn)), ContentCell.Of($"{asOf.DayNumber - i.DueOn!.Value.DayNumber}"),
            ])], Math.Max(0, rows.Count - Most));
    }

    private static ContentCell[] Place(AreaCode area, Func<AreaCode, string> nameOf) => area.Level switch
    {
        AreaLevel.Village => [ContentCell.Of(nameOf(area.Parent)), ContentCell.Of(nameOf(area))],
        AreaLevel.Township => [ContentCell.Of(nameOf(area)), ContentCell.Empty],
        _ => [ContentCell.Empty, ContentCell.Empty],
    };
}
