using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>What people of the world of casework do with problems.</summary>
internal static class LedgerWorld
{
    public static readonly Actor Supervisor = Person("supervisor", Role.Supervisor, County), CountyLeader = Person("head", Role.CountyLeader, County),
        Housing = Person("housing", Role.IndustryDept, County, "housing"), CivilAffairs = Person("civil", Role.IndustryDept, County, "civil_affairs");

    extension(CaseworkWorld world)
    {
        public Task<Outcome<Guid>> Found(NewIssue issue, Actor? by = null) => world.With<ILedger, Outcome<Guid>>((ledger, cancel) => ledger.Report(issue, by ?? world.Cadre, cancel));

        public async Task<Guid> Reported(string kind = "water", AreaCode? area = null, Guid? household = null, string? fixedHow = null, Guid? partOf = null, Guid? listing = null, Actor? by = null, string? channel = null) =>
            Done(await world.Found(new("inspection", null, area ?? Village, household, kind, "屋顶漏雨", world.Day, fixedHow, fixedHow is null ? null : world.Photo, channel, partOf, listing), by));

        public Task<Outcome<IssueState>> On(Guid issue, Actor by, IssueStepRequest request) => world.With<TakeIssueStep, Outcome<IssueState>>((step, cancel) => step.Run(by, issue, request, cancel));

        public Task<Outcome<IssueState>> Assign(Guid issue, Actor? by = null, DateOnly? due = null, string? channel = null, string? department = null) =>
            world.On(issue, by ?? world.Clerk, new(IssueEvent.Assign, Task: "修缮屋顶", Unit: "金钱村", Person: "村干部", PersonUser: world.Cadre.User, DueOn: due, Channel: channel, Department: department));

        /// <summary>From wherever it is to struck off, by the right people.</summary>
        public async Task StruckOff(Guid issue)
        {
            if ((await world.Issue(issue)).State == IssueState.Registered)
                Done(await world.Assign(issue));
            if ((await world.Issue(issue)).State == IssueState.Assigned)
                Done(await world.On(issue, world.Cadre, new(IssueEvent.Start)));
            Done(await world.On(issue, world.Cadre, new(IssueEvent.Submit, Evidence: [Words(EvidenceKinds.Rectification, "已修缮"), world.File(EvidenceKinds.Photo)])));
            Done(await world.On(issue, world.Clerk, new(IssueEvent.Examine, Evidence: [Words(EvidenceKinds.Finding)])));
            Done(await world.On(issue, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Effect, "不再漏雨")])));
        }

        public Task<Issue> Issue(Guid id) => world.Read((db, cancel) => db.Set<Issue>().AsNoTracking().SingleAsync(i => i.Id == id, cancel));

        public Task<List<IssueStep>> StepsOf(Guid id) => world.Read((db, cancel) =>
            db.Set<IssueStep>().AsNoTracking().Where(s => s.IssueId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel));
    }
}
