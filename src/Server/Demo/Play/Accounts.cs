using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Server.Demo.Play;

/// <summary>The people of one village who go from house to house, and those of its township who decide.</summary>
/// <param name="IsSlow">Their township is behind with everything: there is something to see in a ranking.</param>
internal sealed record VillagePeople(AreaCode Village, string Name, Actor Cadre, Actor Secretary, Actor Clerk, Actor Leader, bool IsSlow);

/// <summary>Everybody who acts in the demo: the accounts that are printed, two more in each of the other first villages, and two in some other townships.</summary>
internal sealed class Accounts
{
    /// <summary>The same for every account of the demo: 80 seedlings and 50 ducklings. It opens nothing but made-up data.</summary>
    public const string Password = "WanYou80-YaMiao50";

    private readonly Dictionary<string, Actor> _named = [];
    private readonly Dictionary<AreaCode, VillagePeople> _villages = [];
    private readonly List<(Actor Clerk, Actor Leader)> _townships = [];

    /// <summary>The accounts to try out, in the order in which they are printed.</summary>
    public static IReadOnlyList<(string Name, Role Role)> Shown { get; } =
    [
        ("admin", Role.Administrator), ("county", Role.CountyOffice), ("leader", Role.CountyLeader), ("town", Role.TownshipClerk), ("townlead", Role.TownshipLeader),
        ("village", Role.VillageCadre), ("secretary", Role.FirstSecretary), ("team", Role.WorkTeamMember), ("grid", Role.GridWorker), ("officer", Role.MonitoringOfficer),
        ("helper", Role.PairingHelper), ("health", Role.IndustryDept), ("supervisor", Role.Supervisor), ("auditor", Role.Auditor),
        ("province", Role.HigherOffice),
    ];

    public Actor this[string name] => _named[name];

    public IReadOnlyDictionary<AreaCode, VillagePeople> Villages => _villages;

    /// <summary>Clerks and leaders of some other townships.</summary>
    public IReadOnlyList<(Actor Clerk, Actor Leader)> Townships => _townships;

    /// <summary>Adds them all.</summary>
    /// <param name="home">The village most of the printed accounts belong to.</param>
    /// <param name="townshipName">Goes before the posts of the township.</param>
    /// <param name="villages">Those that begin first; the townships of all of them are among those that get people.</param>
    /// <param name="otherTownships">Those that get a clerk and a leader as well.</param>
    public static async Task<Accounts> Open(
        IUsers users, AreaCode county, (AreaCode Code, string Name) home, string townshipName, IReadOnlyList<(AreaCode Code, string Name)> villages,
        IReadOnlyList<(AreaCode Code, string Name)> otherTownships, CancellationToken cancel)
    {
        var accounts = new Accounts();
        foreach (var (name, role) in Shown)
        {
            var (area, of) = role switch
            {
                Role.Administrator or Role.CountyOffice or Role.CountyLeader or Role.IndustryDept or Role.Supervisor or Role.Auditor => (county, ""),
                Role.TownshipClerk or Role.TownshipLeader => (home.Code.Parent, townshipName),
                Role.VillageCadre or Role.FirstSecretary or Role.WorkTeamMember or Role.GridWorker or Role.MonitoringOfficer or Role.PairingHelper => (home.Code, home.Name),
                Role.HigherOffice => (county.Parent.Parent, ""),
            };
            await accounts.Add(users, county, new(name, role == Role.IndustryDept ? "医保部门" : of + RoleNames.Of(role).Zh, role, area,
                role == Role.IndustryDept ? "medical_insurance" : null, Password, MustChange: false), cancel);
        }
        foreach (var (code, name) in otherTownships)
        {
            var clerk = await accounts.Add(users, county, new($"town-{code.Digits[6..]}", name + RoleNames.Of(Role.TownshipClerk).Zh, Role.TownshipClerk, code, null, Password, false), cancel);
            var leader = await accounts.Add(users, county, new($"townlead-{code.Digits[6..]}", name + RoleNames.Of(Role.TownshipLeader).Zh, Role.TownshipLeader, code, null, Password, false), cancel);
            accounts._townships.Add((clerk, leader));
        }
        accounts._villages[home.Code] = new(home.Code, home.Name, accounts["village"], accounts["secretary"], accounts["town"], accounts["townlead"], false);
        var slow = villages.Select(v => v.Code.Parent).Where(t => t != home.Code.Parent).DefaultIfEmpty(home.Code).Max();
        foreach (var village in villages.Where(v => v.Code != home.Code))
        {
            var isNear = village.Code.Parent == home.Code.Parent;
            var number = isNear ? village.Code.Digits[9..] : village.Code.Digits[6..];
            var cadre = await accounts.Add(users, county, new($"village-{number}", village.Name + RoleNames.Of(Role.VillageCadre).Zh, Role.VillageCadre, village.Code, null, Password, false), cancel);
            var secretary = await accounts.Add(users, county,
                new($"secretary-{number}", village.Name + RoleNames.Of(Role.FirstSecretary).Zh, Role.FirstSecretary, village.Code, null, Password, false), cancel);
            var (clerk, leader) = isNear ? (accounts["town"], accounts["townlead"]) : accounts._townships.Single(t => t.Clerk.Area == village.Code.Parent);
            accounts._villages[village.Code] = new(village.Code, village.Name, cadre, secretary, clerk, leader, village.Code.Parent == slow);
        }
        return accounts;
    }

    private async Task<Actor> Add(IUsers users, AreaCode county, NewUser user, CancellationToken cancel)
    {
        var given = await users.Add(Actor.System(user.Area.Level < AreaLevel.County ? user.Area : county), user, cancel);
        return _named[user.Name] = new(given.Value.User, user.Name, user.DisplayName, user.Role, user.Area, user.Department, []);
    }
}
