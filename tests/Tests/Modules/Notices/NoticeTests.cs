using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Notices;

public class NoticeTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static async Task<Guid> Reviewed(CaseworkWorld world)
    {
        var household = await world.Household();
        var id = await world.OpenedCase(household);
        Done(await world.Step(world.Cadre, id, world.Verification(Done(await world.Visit(household)))));
        Done(await world.Step(world.Department, id, new CaseStepRequest(CaseEvent.AnswerMatching, Evidence: [Words(EvidenceKinds.MatchingResult)])));
        Done(await world.Step(world.Secretary, id, world.Review));
        return id;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_that_would_give_something_away_is_not_published(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var id = await Reviewed(world);
        var citizen = CitizenId.Synthetic(new(1970, 5, 5), 7, Sex.Male);

        Refused("notices.private", await world.Post(world.Cadre, NoticeKind.Identification, id, body: $"户主身份证 {citizen}"));
        Refused("notices.private", await world.Post(world.Cadre, NoticeKind.Identification, id, place: "联系 138 0000 5678"));
        Refused("notices.private", await world.Post(world.Cadre, NoticeKind.Identification, id, body: "该户因病致贫"));
        Assert.Null((await world.Case(id)).NoticeId);
        Assert.Empty(await world.With<NoticeQueries, IReadOnlyList<NoticeRow>>((q, cancel) => q.List(world.Clerk, false, 10, cancel)));
        Refused("casework.not-found", await world.Post(world.Stranger, NoticeKind.Identification, id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_hangs_out_is_masked_and_says_nothing_private(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var id = await Reviewed(world);
        Done(await world.Post(world.Cadre, NoticeKind.Identification, id));

        var row = (await world.With<NoticeQueries, IReadOnlyList<NoticeRow>>((q, cancel) => q.List(world.Clerk, true, 10, cancel))).Single();
        var sheet = (await world.With<NoticeQueries, NoticeSheet?>((q, cancel) => q.Sheet(County.Digits, row.Code, cancel)))!;

        Assert.Equal([new NoticeSheetLine(1, "张**", "1组", 1, "脱贫监测户")], sheet.Lines);
        Assert.Equal(world.Day.AddDays(5), sheet.EarliestEndOn);
        Assert.Single(await world.With<NoticeQueries, IReadOnlyList<NoticeSheet>>((q, cancel) => q.Hanging(Village, cancel)));
        Assert.Empty(new[] { sheet.Title, sheet.Body, sheet.Place }.SelectMany(t => LeakCheck.Find(t)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Objections_are_short_and_not_too_many(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Done(await world.Post(world.Cadre, NoticeKind.Identification, await Reviewed(world)));
        Task<Outcome<string>> Object(string words, int line = 1, string code = "N2020-00001") =>
            world.With<LodgeObjection, Outcome<string>>((lodge, cancel) => lodge.Run(County.Digits, code, new(line, null, null, words), cancel));

        Refused("notices.no-words", await Object(" "));
        Refused("notices.too-long", await Object(new string('长', 2001)));
        Refused("notices.not-found", await Object("不符合", 2));
        Refused("notices.not-found", await Object("不符合", 1, "N2020-00009"));
        for (var i = 0; i < 20; i++)
            Done(await Object($"异议 {i}"));
        Refused("notices.too-many", await Object("再一条"));
    }
}
