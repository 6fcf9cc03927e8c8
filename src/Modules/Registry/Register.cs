using System.Runtime.CompilerServices;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

internal sealed class Register(ShouwangDb db, Secrets secrets) : IRegister
{
    // A batch is read into memory before its households are handed out, so that the caller may use the database meanwhile.
    private const int Batch = 5_000;

    public async IAsyncEnumerable<RegisterHousehold> Read(string county, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (area, code) = ("", "");
        while (true)
        {
            var batch = await Households(county, $"""
                and (h.area > @area or h.area = @area and h.code > @code) order by h.area, h.code limit {Batch}
                """, [("@area", area), ("@code", code)], cancel);
            foreach (var household in batch)
                yield return household;
            if (batch.Count < Batch)
                yield break;
            (area, code) = (batch[^1].Area.Digits, batch[^1].Code);
        }
    }

    /// <summary>Households with their members, in clear.</summary>
    /// <param name="condition">What follows the condition on the county: further conditions on <c>h</c>, order and limit.</param>
    public async Task<List<RegisterHousehold>> Households(
        string county, string condition, (string, object?)[] parameters, CancellationToken cancel)
    {
        var households = new List<RegisterHousehold>();
        await db.Read($"select {RegisterReading.HouseholdSelect("h")} from households h where h.county = @county {condition}",
            row => households.Add(RegisterReading.Household(new(row, secrets))), cancel, [("@county", county), .. parameters]);
        if (households.Count == 0)
            return households;
        var members = new Dictionary<Guid, List<RegisterMember>>(households.Count);
        await db.Read($"""
            select {RegisterReading.MemberSelect("m")} from members m
            where m.county = @county and {db.Among("m.household_id", "@ids")} order by m.code
            """, row =>
        {
            var member = RegisterReading.Member(new(row, secrets));
            if (!members.TryGetValue(member.HouseholdId, out var of))
                members.Add(member.HouseholdId, of = []);
            of.Add(member);
        }, cancel, ("@county", county), ("@ids", db.KeysOf(households.Select(h => h.Id))));
        for (var i = 0; i < households.Count; i++)
        {
            if (members.TryGetValue(households[i].Id, out var of))
                households[i] = households[i] with { Members = of };
        }
        return households;
    }
}
