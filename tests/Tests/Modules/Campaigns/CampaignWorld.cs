using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using Shouwang.Tests.Modules.Organisation;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Campaigns;

/// <summary>What people of the world of casework do in a drive.</summary>
internal static class CampaignWorld
{
    public static readonly Actor Supervisor = Person("supervisor", Role.Supervisor, County), CountyLeader = Person("head", Role.CountyLeader, County),
        Housing = Person("housing", Role.IndustryDept, County, "housing");

    extension(CaseworkWorld world)
    {
        /// <summary>A drive of the hundred days whose field stage begins on the day.</summary>
        public async Task<Guid> Drive(string? scope = null) => Done(await world.Start(new("hundred_days", "百日大会战", [], scope, world.Day.AddDays(-10))));

        public Task<Outcome<Guid>> Start(NewCampaign wanted, Actor? by = null) => world.With<StartCampaign, Outcome<Guid>>((s, cancel) => s.Run(by ?? world.Office, wanted, cancel));

        public Task<Outcome<CampaignState>> Drive(Guid id, CampaignEvent happening, string? reason = null, Actor? by = null) => world.With<TakeCampaignStep, Outcome<CampaignState>>((s, cancel) =>
            s.Run(by ?? world.Office, id, new(happening, reason, [Words(EvidenceKinds.Order), Words(EvidenceKinds.Decision)]), cancel));

        public async Task<Campaign> Campaign(Guid id, Actor? by = null) => (await world.With<FindCampaign, Campaign?>((f, cancel) => f.Open(by ?? world.Office, id, cancel)))!;

        /// <summary>The drive counted anew, as it is at its end once it has ended.</summary>
        public async Task<Board> Board(Guid id)
        {
            var campaign = await world.Campaign(id);
            return await world.With<CountCampaign, Board>((c, cancel) => c.Keep(campaign, cancel));
        }

        /// <summary>A group of the county with a head and a member.</summary>
        public async Task<Guid> Group(string kind, string name, string head)
        {
            var group = Done(await world.SetUp(new(kind, County, name)));
            Done(await world.Join(group, "head", new(head, "县领导", "县委")));
            Done(await world.Join(group, "member", new("王成员", "科员", "县扶贫办")));
            return group;
        }

        public Task<Outcome<Guid>> Take(Guid id, Guid group, IReadOnlyCollection<AreaCode>? townships = null, IReadOnlyCollection<string>? departments = null, Actor? by = null) =>
            world.With<DriveGroups, Outcome<Guid>>((g, cancel) => g.Take(by ?? world.Office, id, group, townships ?? [Township], departments ?? [], cancel));

        public Task<Outcome<Guid>> Supervise(Guid id, Guid group, AreaCode? area = null, DateOnly? on = null, string words = "抽看会审记录，程序到位。", Actor? by = null, params FoundProblem[] problems) =>
            world.With<RecordSupervision, Outcome<Guid>>((r, cancel) => r.Run(by ?? Supervisor, id, new(group, area ?? Township, on ?? world.Day, words, problems), cancel));

        /// <summary>The township has its groups, and was supervised in the first stage.</summary>
        public async Task Covered(Guid id)
        {
            Done(await world.Take(id, await world.Group("leader_group", "第一县领导督战组", "李书记")));
            var supervision = Done(await world.Take(id, await world.Group("supervision_group", "第一工作督导组", "周组长")));
            Done(await world.Supervise(id, supervision, on: world.Day.AddDays(-5)));
        }

        public async Task<IReadOnlyList<TownshipCover>> Cover(Guid id)
        {
            var (campaign, board) = (await world.Campaign(id), await world.Board(id));
            return await world.With<DriveGroups, IReadOnlyList<TownshipCover>>((g, cancel) => g.Cover(campaign, board, cancel));
        }

        /// <summary>Somebody goes to a household on the day, and finds what is said.</summary>
        public Task<Outcome<Guid>> Called(Guid household, Actor? by = null, bool card = true, VisitMode mode = VisitMode.AtHome, VisitSubject? trouble = null, IReadOnlyDictionary<string, string>? answers = null) =>
            world.With<RecordVisit, Outcome<Guid>>((record, cancel) => record.Run(by ?? world.Cadre, new(Guid.CreateVersion7(), household, world.Day, VisitPurpose.Screening, mode,
                [new((by ?? world.Cadre).User, "村干部", "金钱村")], "户主", true, Enum.GetValues<VisitSubject>().ToDictionary(s => s, s => s == trouble ? VisitFinding.Problem : VisitFinding.Fine),
                new Dictionary<VisitSubject, string>(), null, null, card, true, true, null, [], [], trouble is { } subject ? [new(subject, "水管漏水")] : [], answers), cancel));

        public Task<Outcome<Guid>> Prepare(Guid id, string sheet, AreaCode area, Actor by, string? department = null) =>
            world.With<SignSheets, Outcome<Guid>>((s, cancel) => s.Prepare(by, id, sheet, area, department, cancel));

        public Task<Outcome<SheetStanding>> Sign(Guid sheet, Actor by) => world.With<SignSheets, Outcome<SheetStanding>>((s, cancel) => s.Sign(by, sheet, cancel));

        public async Task<SheetPage> Sheet(Guid sheet, Actor? by = null) => (await world.With<SignSheets, SheetPage?>((s, cancel) => s.Open(by ?? world.Office, sheet, cancel)))!;
    }
}
