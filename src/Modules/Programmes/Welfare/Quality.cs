using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>DQ-82: the register's allowance flag against the decisions of civil affairs.</summary>
internal sealed class WelfareQuality(ShouwangDb db, IResidents register) : IQualityCheck
{
    public IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("DQ-82", QualitySeverity.Error, new("低保标志与民政不符", "The allowance flag differs from civil affairs"),
            "是否享受低保 of the register ≠ 低保 granted by the latest decision; where a list of civil affairs speaks about the township"),
    ];

    public async Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel)
    {
        var whole = await WholeCounty.Of(register, scope.County, scope.AsOf, scope.Policy, cancel);
        var covered = await AllowanceDecision.Table.Covered(db, scope.County.Digits, cancel);
        var latest = new Dictionary<Guid, (DateOnly On, string Result)>();
        await AllowanceDecision.Table.Read(
            db, whole.Scope, "member_id, coalesce(decided_on, as_of_on), result",
            $"member_id is not null and kind = '{AllowanceKinds.Allowance}' and coalesce(decided_on, as_of_on) <= @to", (_, row) =>
            {
                var (member, on) = (row.GetGuid(1), row.Date(2)!.Value);
                if (!latest.TryGetValue(member, out var other) || on > other.On)
                    latest[member] = (on, row.GetString(3));
            }, cancel, ("@to", scope.AsOf));

        await register.Read(scope.County.Digits, person =>
        {
            if (whole.Scope.IndexOf(person.Household) is not (>= 0 and var place))
                return;
            var home = whole.Homes[place];
            var decided = latest.TryGetValue(person.Id, out var last);
            var granted = decided && last.Result == AllowanceResults.Granted;
            if (granted == (person.OnAllowance is true) || (!decided && !covered.Covers(home.Area.Digits)))
                return;
            report(new("DQ-82", null, person.Code, null, home.Area.Digits, home.Id, granted
                ? new($"民政名单{last.On:yyyy-MM-dd}批准低保，登记为未享受。", $"Civil affairs granted the allowance on {last.On:yyyy-MM-dd}; the register says no.")
                : decided
                    ? new($"登记为享受低保，民政{last.On:yyyy-MM-dd}已停保或不予批准。",
                        $"The register says yes; civil affairs stopped or refused the allowance on {last.On:yyyy-MM-dd}.")
                    : new("登记为享受低保，民政名单中没有此人。", "The register says yes; the list of civil affairs does not name the person.")));
        }, cancel);
    }
}
