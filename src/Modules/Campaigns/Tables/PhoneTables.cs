using Shouwang.Kernel;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Tables;

/// <summary>Village tables of drives under way, for phones: what is to be entered, what is known, and what was filled in without a signal.</summary>
internal sealed class PhoneTables(FindCampaign find, DriveTables tables, IAreas areas, Today today) : IPhoneTables
{
    public async Task<IReadOnlyList<PhoneTable>> For(Actor actor, CancellationToken cancel)
    {
        var found = new List<PhoneTable>();
        foreach (var campaign in (await find.All(actor, cancel)).Where(c => CampaignStates.Open.Contains(c.State)))
        {
            var columns = campaign.PlanOf().VillageTable.Where(c => c.IsEntered).ToList();
            var villages = (await areas.Of(campaign.County, cancel)).All.Select(a => a.Code)
                .Where(a => a.Level == AreaLevel.Village && campaign.Contains(a) && actor.May(Permissions.CampaignsTables, a)).ToList();
            if (columns.Count == 0 || villages.Count == 0)
                continue;
            var known = await tables.Entered(campaign, actor.Area, cancel);
            found.Add(new(campaign.Id, new(campaign.Name, campaign.Name), campaign.EndsOn, [.. columns.Select(ColumnOf)], villages.ToDictionary(v => v.Digits,
                v => (IReadOnlyDictionary<string, PhoneValue>)columns.Where(c => known.ContainsKey((v.Digits, c.Code))).ToDictionary(c => c.Code, c => ValueOf(known[(v.Digits, c.Code)])))));
        }
        return found;
    }

    public async Task<Outcome<Text[]>> TakeIn(Actor sender, FilledTable filled, CancellationToken cancel)
    {
        if (await find.Open(sender, filled.Table, cancel) is not { } campaign)
            return Refusals.NotFound;
        if (!sender.May(Permissions.CampaignsTables, filled.Village))
            return Steps.NotPermitted(Permissions.CampaignsTables);
        if (!campaign.Contains(filled.Village))
            return Refusals.OutsideScope(filled.Village.Digits);
        // A phone whose calendar is ahead still means today.
        var on = filled.On > today.Day ? today.Day : filled.On;
        var (count, problems, later) = await tables.Store(sender, campaign, filled.Village, on, filled.Submission, filled.Values, cancel);
        if (count == 0 && problems.Count > 0)
            return problems;
        List<Text> notes = [.. problems.Select(p => p.What)];
        if (later.Count > 0)
            notes.Add(new($"{string.Join('、', later.Select(c => c.Title.Zh))}：后来有人填了别的值，以后填的为准。", $"{string.Join(", ", later.Select(c => c.Title.En))}: somebody entered another value on a later day, which counts."));
        if (!CampaignStates.Open.Contains(campaign.State))
            notes.Add(new("战役已结束；数值已保存，一年内有效，留给下一次。", "The drive has ended; the values are kept for a year, for the next one."));
        return notes.ToArray();
    }

    private static PhoneColumn ColumnOf(TableColumn column) => new(column.Code, column.Title, column.Unit, column.IsFlag ? true : null, column.IsFlag ? null : column.Least);

    private static PhoneValue ValueOf(TableValue value) => new(value.Value, value.ObservedOn, value.EnteredByName);
}
