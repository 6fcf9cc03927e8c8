using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Field.Applying;
using Shouwang.Modules.Field.Forms;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>Computes the cards of everybody an actor visits: each module is asked once for all of them.</summary>
internal sealed class Cards(
    ICurrentFacts current, IChangedFacts changes, IHouseholdRules rules, IHouseholdWork work, IWork tasks, IQuality quality, IIncomeAccounts accounts,
    WaitingSignatures signatures, IFeatures features, Policies policies, Today today)
{
    /// <summary>The visit form's question that the income sheet answers.</summary>
    private const string IncomeQuestion = "visit.income_estimate";

    private const int MostTasks = 5_000, MostDoubts = 10_000, MostChanges = 6;

    /// <summary>Whom nobody visited within a year is told about the last so many days.</summary>
    private const int DaysUnvisited = 90;

    /// <summary>The households an actor visits, by village and code.</summary>
    public Task<IReadOnlyList<Guid>> Visible(Actor actor, CancellationToken cancel) => current.Visible(actor, Permissions.VisitsRecord, cancel);

    /// <summary>The cards of some of these, in their order.</summary>
    public async Task<IReadOnlyList<Card>> Of(Actor actor, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return [];
        var policy = await policies.For(actor.Area, today.Day, cancel);
        var forms = FormRules.Of(policy, features.All);
        var facts = await current.Of(actor.County, ids, cancel);
        var visits = await work.LastVisits(actor, cancel);
        var changed = await changes.Of(actor.County, [.. facts.Select(f => new WatchedSince(f.Household, f.Member, visits.GetValueOrDefault(f.Household)?.On ?? today.Day.AddDays(-DaysUnvisited)))], cancel);
        var around = new Around(policy, new(policy, forms), new(policy, forms, features.All, today.Day), new(policy, features.All, today.Day), facts.Where(f => f.Member is not null).ToLookup(f => f.Household),
            await rules.OpenLeads(actor, cancel), await rules.Of(actor.Area.County, ids, today.Day, [.. forms.Features, .. DepartmentRecords.Needed(features.All)], cancel), visits, changed.ToLookup(c => c.Household), await work.Help(actor, cancel),
            (await tasks.Of(actor, MostTasks, cancel)).Mine.Where(t => t.Household is not null).ToLookup(t => t.Household!.Value),
            actor.May(Permissions.QualityRead)
                ? (await quality.List(actor, new(State: FindingState.Open, Take: MostDoubts), cancel)).Rows.Where(f => f.HouseholdId is not null).ToLookup(f => f.HouseholdId!.Value)
                : Array.Empty<ListedFinding>().ToLookup(_ => Guid.Empty),
            await accounts.All(actor.County, today.Day, ids, cancel), await signatures.For(actor, ids, cancel));
        var order = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        return [.. facts.Where(f => f.Member is null).OrderBy(f => order[f.Household]).Select(f => CardOf(f, around))];
    }

    private sealed record Around(
        Policy Policy, CardFields Fields, Wanted Wanted, DepartmentRecords Records, ILookup<Guid, CurrentFacts> Members, ILookup<Guid, OpenLead> Leads, IReadOnlyDictionary<Guid, KnownToRules> Rules,
        IReadOnlyDictionary<Guid, LastVisit> Visits, ILookup<Guid, ChangedFact> Changed, ILookup<Guid, HelpUnderWay> Help, ILookup<Guid, WorkItem> Tasks, ILookup<Guid, ListedFinding> Doubts,
        IReadOnlyDictionary<Guid, IncomeSheet> Sheets, ILookup<Guid, CardSign> Sign);

    private Card CardOf(CurrentFacts household, Around around)
    {
        var (id, normal) = (household.Household, around.Members[household.Household].Where(m => m.Values.GetValueOrDefault("life").Value is null or nameof(LifeState.Normal)).ToList());
        var known = around.Rules.GetValueOrDefault(id);
        var values = new SortedDictionary<string, Valued>(StringComparer.Ordinal);
        foreach (var about in normal.Prepend(household))
        {
            foreach (var (attribute, fact) in around.Fields.On(about))
                values[Wanted.KeyOf(about.Member, attribute)] = new(around.Fields.Typed($"{(about.Member is null ? "household" : "member")}.{attribute}", fact.Value), fact.On, fact.Source);
        }
        var records = around.Records.Of(known);
        // What is asked depends on everything that is known, be it the register's or a department's.
        var all = household with { Values = records.Concat(household.Values.ExceptBy(records.Keys, v => v.Key)).ToDictionary() };
        return new()
        {
            Id = id, Code = household.Code, Area = household.Area.Digits, Head = Value(household, "head_name"), Group = Value(household, "group"), Address = Value(household, "address"),
            Lat = Degrees(household, "lat", 90), Lng = Degrees(household, "lng", 180), Phone = Value(household, "phone"), Status = Value(household, "status"), MonCat = Value(household, "mon_cat"), Size = normal.Count,
            Members = [.. normal.Select(m => new CardMember(m.Member!.Value, m.Code, Value(m, "name"), Value(m, "relation"), Value(m, "birth")))],
            Values = values, Open = [.. Open(id, around)], Missing = [.. around.Wanted.Missing(all, normal, known)],
            Stale = [.. around.Wanted.Stale(all, normal, known, around.Records.Standing(known))],
            LastVisit = around.Visits.TryGetValue(id, out var visit) ? new(visit.On, visit.By, visit.Purpose) : null,
            Plan = [.. around.Help[id].Select(h => new CardHelp(Titled(h), h.State, h.DueOn, h.Done ? true : null))],
            Changed = [.. Changed(id, normal, around)],
            Features = known is null ? [] : new(known.Known.ToDictionary(f => f.Key, f => Plain(f.Value)), StringComparer.Ordinal),
            Records = records.Count == 0 ? null : new(records.ToDictionary(r => FormSymbols.Household + r.Key, r => new Valued(around.Fields.Typed(FormSymbols.Household + r.Key, r.Value.Value), r.Value.On, r.Value.Source)), StringComparer.Ordinal),
            Held = around.Records.Held(known).ToList() is { Count: > 0 } held ? held : null,
            Income = IncomeOf(around.Sheets.GetValueOrDefault(id), normal.Count, known, around.Policy),
            Sign = around.Sign[id].ToList() is { Count: > 0 } waiting ? waiting : null,
        };
    }

    private static IEnumerable<CardChange> Changed(Guid household, List<CurrentFacts> members, Around around) =>
        around.Changed[household]
            .Where(c => around.Fields.Tells(c.Member is not null, c.Field) && (c.Member is null || members.Exists(m => m.Member == c.Member)))
            .OrderByDescending(c => c.On).ThenBy(c => c.Member).ThenBy(c => c.Field, StringComparer.Ordinal).Take(MostChanges).Select(c => Worded(c, around.Policy));

    private static CardChange Worded(ChangedFact change, Policy policy)
    {
        var attribute = $"{(change.Member is null ? "household" : "member")}.{change.Field}";
        return new(change.On, policy.TitleOf(attribute), change.Member, Word(change.Was), Word(change.Now), policy.SourceName(change.Source));

        Text? Word(string? value) => value is null ? null : policy.WordOf(attribute, value);
    }

    private static IEnumerable<OpenItem> Open(Guid household, Around around)
    {
        foreach (var lead in around.Leads[household])
            yield return new("lead", lead.Id.ToString(), new($"风险线索 {lead.Code}", $"Lead {lead.Code}"), Joined(lead.Reasons.Prepend(lead.State)), lead.DueOn);
        foreach (var task in around.Tasks[household].Where(t => t.Kind is not ("lead" or "measure")))
            yield return new("task", task.Subject.ToString(), task.ToDo, task.State, task.DueOn);
        foreach (var help in around.Help[household].Where(h => h.ToConfirm))
            yield return new("measure", help.Id.ToString(), Titled(help), help.State, help.DueOn);
        foreach (var doubt in around.Doubts[household])
            yield return new("doubt", doubt.Id.ToString(), doubt.Title, doubt.Message, null);
    }

    private CardIncome IncomeOf(IncomeSheet? sheet, int size, KnownToRules? known, Policy policy)
    {
        var totals = accounts.Items.Select(i => i.Parent).OfType<string>().ToHashSet();
        var asked = known?.Missing.Any(f => features.All.TryGetValue(f, out var feature) && feature.OfIncomeSheet) == true ? "missing"
            : sheet is not null && policy.GoodForMonths(IncomeQuestion) is { } months && sheet.ObservedOn.AddMonths(months) < today.Day ? "stale" : null;
        return new(
            [.. accounts.Items.Where(i => !totals.Contains(i.Code) && i.Parent is not null).Select(i => new CardIncomeItem(
                i.Code, i.Title.Zh, i.Title.En, sheet?.Items.GetValueOrDefault(i.Code).Fen ?? 0)), .. VisitAnswers.BesidesIncome.Select(b => new CardIncomeItem(
                b.Code, b.Title.Zh, b.Title.En, Beside(b.Code)))],
            sheet is not null && accounts.Formula.Calculate(sheet, size).MonitoringPerHead is { } yuan ? (long)decimal.Round(yuan * 100) : null,
            policy.MonitoringLine is { } line ? (long)(line.YuanPerHead * 100) : null)
        {
            To = sheet?.To, On = sheet?.ObservedOn, Src = sheet?.Source, Asked = asked,
        };

        long Beside(string code) => sheet is null ? 0 : code switch
        {
            VisitAnswers.Claim => sheet.Claim.Fen,
            VisitAnswers.SelfPaid => sheet.SelfPaid.Fen,
            _ => ToldIncome.YearBefore(sheet, today.Day, accounts.Formula, size) is { } year ? Money.FromYuan(year).Fen : 0,
        };
    }

    private static decimal? Degrees(CurrentFacts household, string field, int most) =>
        decimal.TryParse(Value(household, field), NumberStyles.Number, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? decimal.Round(degrees, 5) : null;

    private static string? Value(CurrentFacts about, string field) => about.Values.TryGetValue(field, out var fact) ? fact.Value : null;

    private static Text Titled(HelpUnderWay help) => help.What is null ? help.Title : new($"{help.Title.Zh}：{help.What}", $"{help.Title.En}: {help.What}");

    private static Text Joined(IEnumerable<Text> texts)
    {
        var all = texts.ToList();
        return new(string.Join('；', all.Select(t => t.Zh)), string.Join("; ", all.Select(t => t.En)));
    }

    private static object Plain(RuleValue value) => value.Type!.Value switch
    {
        RuleType.Bool => value.AsBool!.Value,
        RuleType.Int => value.AsInt!.Value,
        RuleType.Decimal => value.AsDecimal!.Value,
        RuleType.Text => value.AsText!,
        RuleType.Date => value.AsDate!.Value,
        RuleType.Duration or RuleType.List => value.ToString()!,
    };
}
