using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Organisation.Duty;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Platform.Security;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>What people of the world of casework do with groups, rosters and meetings.</summary>
internal static class OrganisationWorld
{
    public static readonly Actor CountyLeader = Person("head", Role.CountyLeader, County), Supervisor = Person("supervisor", Role.Supervisor, County);

    public static NewPerson Somebody(string name = "周一平", string post = "科长", string unit = "县水利局") => new(name, post, unit);

    extension(CaseworkWorld world)
    {
        public Task<Outcome<Guid>> SetUp(NewGroup group, Actor? by = null) => world.With<EditGroups, Outcome<Guid>>((edit, cancel) => edit.SetUp(by ?? world.Office, group, cancel));

        public Task<Outcome<Guid>> Join(Guid group, string role, NewPerson person, Actor? by = null) => world.With<EditGroups, Outcome<Guid>>((edit, cancel) => edit.Add(by ?? world.Office, group, role, person, cancel));

        /// <summary>The township's two leaders and some staff.</summary>
        public async Task<Guid> Staff(int staff = 4)
        {
            var group = Done(await world.SetUp(new("township_staff", Township, "鹤游镇班子与干部")));
            foreach (var leader in (string[])["党委书记", "镇长"])
                Done(await world.Join(group, "leader", new(leader, leader, "鹤游镇")));
            foreach (var n in Enumerable.Range(1, staff))
                Done(await world.Join(group, "staff", new($"干部{n}", "干部", "鹤游镇")));
            return group;
        }

        public Task<RosterView> Roster(DateOnly week, bool anew = false) => world.With<Rosters, RosterView>((r, cancel) => r.Of(County.Digits, Township, week, [Village, OtherVillage], anew, cancel));

        public Task<Outcome<Guid>> Plan(DutyPlan plan, bool confirm = true, IReadOnlyDictionary<(DateOnly, string), string>? reasons = null, Actor? by = null, long? version = null) =>
            world.With<PlanRoster, Outcome<Guid>>((p, cancel) => p.Run(by ?? world.Clerk, new(Township, plan.Week, plan.Entries.ToDictionary(e => (e.Member, e.Day), e => e.Place),
                reasons ?? new Dictionary<(DateOnly, string), string>(), confirm, version), cancel));

        public Task<Outcome<Guid>> Meet(CalledMeeting called, MeetingRecord record, Actor? by = null) => world.With<RecordMeeting, Outcome<Guid>>((m, cancel) => m.CallAndHold(by ?? world.Clerk, called, record, cancel));

        public async Task<MeetingView> Meeting(Guid id, Actor? by = null) => (await world.With<MeetingQueries, MeetingView?>((q, cancel) => q.Open(by ?? world.Clerk, id, cancel)))!;

        public Task<Outcome<int>> HandOver(HandOver wanted, Actor? by = null) => world.With<IPairing, Outcome<int>>((p, cancel) => p.HandOver(by ?? world.Clerk, wanted, cancel));
    }
}
