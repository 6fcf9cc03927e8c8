using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>What changed this month for people with disabilities and people who applied for an allowance.</summary>
internal sealed class WelfareFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("welfare.new_certificates", RuleType.Int, Unit.Persons, new("本月新增或加重残疾人数", "people newly or more severely disabled this month"),
            new("统计截止当月内新发残疾人证或残疾等级加重的成员人数",
                "Members with a valid certificate issued, or raised to a more severe level, in the as-of month")),
        Feature("welfare.decisions_this_month", RuleType.Int, Unit.Persons, new("本月低保特困审批人数", "people with a decision on an allowance this month"),
            new("统计截止当月内批准或不予批准低保、特困的成员人数",
                "Members granted or refused an allowance or destitution support in the as-of month")),
        Feature("welfare.allowances", RuleType.Int, Unit.Persons, new("在享低保特困人数", "people on an allowance"),
            new("民政最近一次审批为批准（未停保）的低保、特困成员人数",
                "Members whose latest decision on an allowance or destitution support grants it; one that was stopped does not count")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var (homes, inhabitants) = (await register.Homes(scope, cancel), await register.Inhabitants(scope, cancel));
        (string, object?)[] month = [("@from", scope.MonthStart), ("@to", scope.AsOf)];

        var certificates = new PeopleCounted(homes, inhabitants, scope);
        await DisabilityCertificate.Table.Read(db, scope, "member_id, case when issued_on between @from and @to then issued_on else changed_on end", """
            valid and (issued_on between @from and @to or (worsened and changed_on between @from and @to))
            """, (place, row) => certificates.Add(place, row.Id(1), new(Sources.DisabledFederation, row.Date(2))), cancel, month);
        certificates.Write(columns["welfare.new_certificates"], await DisabilityCertificate.Table.Covered(db, scope.County.Digits, cancel));

        var decisions = new PeopleCounted(homes, inhabitants, scope);
        await AllowanceDecision.Table.Read(db, scope, "member_id, decided_on, result", $"""
            decided_on between @from and @to and result in ('{AllowanceResults.Granted}', '{AllowanceResults.Refused}')
            """, (place, row) => decisions.Add(
                place, row.Id(1), new(Sources.CivilAffairs, row.Date(2), null, AllowanceResults.TitleOf(row.GetString(3)))), cancel, month);
        var civilAffairs = await AllowanceDecision.Table.Covered(db, scope.County.Digits, cancel);
        decisions.Write(columns["welfare.decisions_this_month"], civilAffairs);
        (await Allowances(homes, inhabitants, scope, cancel)).Write(columns["welfare.allowances"], civilAffairs);
    }

    // A refusal of one kind says nothing about another that runs, and a later refusal to raise an allowance does not end it.
    private async Task<PeopleCounted> Allowances(Homes homes, Inhabitants inhabitants, FeatureScope scope, CancellationToken cancel)
    {
        var latest = new Dictionary<(Guid? Member, string Kind), (int Place, DateOnly? On, string Result)>();
        await AllowanceDecision.Table.Read(db, scope, "member_id, kind, decided_on, result", $"""
            (decided_on is null or decided_on <= @to) and result in ('{AllowanceResults.Granted}', '{AllowanceResults.Stopped}')
            """, (place, row) =>
            {
                var key = (row.Id(1), row.GetString(2));
                if (!latest.TryGetValue(key, out var known) || row.Date(3) >= (known.On ?? DateOnly.MinValue))
                    latest[key] = (place, row.Date(3), row.GetString(4));
            }, cancel, ("@to", scope.AsOf));

        var people = new PeopleCounted(homes, inhabitants, scope);
        foreach (var (key, decision) in latest)
            if (decision.Result == AllowanceResults.Granted)
                people.Add(decision.Place, key.Member, new(Sources.CivilAffairs, decision.On, null, AllowanceResults.TitleOf(decision.Result)));
        return people;
    }
}

/// <summary>Counts people of households, each once, and remembers where the first came from.</summary>
internal sealed class PeopleCounted(Homes homes, Inhabitants inhabitants, FeatureScope scope)
{
    private readonly HashSet<Guid> _seen = [];
    private readonly Dictionary<int, (int Count, FeatureSource First)> _counts = [];

    public void Add(int place, Guid? member, FeatureSource source)
    {
        if (member is { } id && !_seen.Add(id))
            return;
        var (count, first) = _counts.GetValueOrDefault(place, (0, source with { Subject = inhabitants.CodeOf(member) }));
        _counts[place] = (count + 1, first);
    }

    /// <summary>Nobody where a file speaks about the township, unknown elsewhere.</summary>
    public void Write(FeatureColumn column, Coverage covered)
    {
        for (var i = 0; i < scope.Households.Count; i++)
        {
            if (_counts.TryGetValue(i, out var found))
                column.Set(i, (long)found.Count, found.First);
            else if (covered.Covers(homes.Village(i)))
                column.Set(i, 0L);
        }
    }
}
