using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Modules.Insight.Bulletins.Word;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using Shouwang.Tests.Modules.Organisation;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Insight.Bulletins;

/// <summary>A month's bulletin, a quarter's ranking and a year's card: written from figures, edited, signed by another, published, held to what was signed.</summary>
public class BulletinTests
{
    private static readonly Actor CountyLeader = Person("county.leader", Role.CountyLeader, County);

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_bulletin_writes_itself_is_edited_signed_published_verified_and_corrected(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, _) = (await world.Household(), await world.Household(OtherVillage));
        await Compute(world, new(2020, 5, 31));
        world.Day = new(2020, 6, 1);
        await world.Registered(first);
        Refused("bulletins.not-over", await Write(world, world.Office, new(BulletinKind.Monthly, "monthly", "2020-06")));
        Refused("bulletins.no-period", await Write(world, world.Office, new(BulletinKind.Monthly, "monthly", "2020-Q2")));
        Refused("bulletins.no-template", await Write(world, world.Office, new(BulletinKind.Monthly, "weekly", "2020-05")));
        Refused("steps.not-permitted", await Write(world, world.Clerk, new(BulletinKind.Monthly, "monthly", "2020-05")));
        Refused("bulletins.no-figures", await Write(world, world.Office, new(BulletinKind.Monthly, "monthly", "2020-04")));
        world.Day = new(2020, 6, 30);
        Done(await world.With<PublishFigures, Outcome<SetSummary>>((p, cancel) => p.Publish(CountyLeader, world.Day, cancel)));

        var id = Done(await Write(world, world.Office, new(BulletinKind.Monthly, "monthly", "2020-06")))[0];
        Refused("bulletins.exists", await Write(world, world.Officer2, new(BulletinKind.Monthly, "monthly", "2020-06")));
        var page = await Open(world, world.Office, id);
        var text = string.Join('\n', page!.Content.Paragraphs.Select(p => EditedText.Plain(p.Paragraph, Language.Zh)));
        Assert.Contains("截至2020年6月30日", text, StringComparison.Ordinal);
        Assert.Contains("有监测对象1户1人。监测对象户数比2020年5月31日增加1户。", text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
        // Nothing was kept a year ago: the sentence about it is left out, and the draft says so.
        Assert.DoesNotContain("与上年相比", text, StringComparison.Ordinal);
        Assert.True(page.Content.LeftOut > 0);
        Assert.All(page.Content.Paragraphs.SelectMany(p => p.Paragraph.Fields).Where(f => f.Place is not ("{day}" or "{county}" or "{month}")), f => Assert.NotNull(f.Link));
        Assert.Contains(page.Content.Sections.SelectMany(s => s.Blocks), b => b.Table is { } table && table.Rows.Any(r => r.Any(c => c.Link is { Code: "M01h", Area: "500231111" } && c.Shown.Zh == "1")));

        // Words are the clerk's, numbers are the figures'.
        var (number, paragraph) = page.Content.Paragraphs.First();
        var (zh, en) = (EditedText.Shown(paragraph, Language.Zh), EditedText.Shown(paragraph, Language.En));
        Refused("bulletins.number-typed", await Edit(world, id, number, zh.Replace("⟦1·M01h⟧", "⟦2⟧", StringComparison.Ordinal), en));
        Refused("bulletins.places-differ", await Edit(world, id, number, zh + "⟦1·M01h⟧", en.Replace("⟦1·M01h⟧", "some", StringComparison.Ordinal)));
        Refused("bulletins.empty-paragraph", await Edit(world, id, number, " ", en));
        Assert.Equal(1, Done(await Edit(world, id, number, zh + "请各乡镇逐户核对。", en + " Townships go through it.")));
        Refused("steps.changed-meanwhile", await Edit(world, id, number, zh, en, version: 1));

        Assert.Null(await Open(world, world.Clerk, id));
        Refused("steps.not-possible", await Step(world, CountyLeader, id, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
        Done(await Step(world, world.Office, id, new(BulletinEvent.Submit)));
        Refused("steps.not-permitted", await Step(world, world.Office, id, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
        Refused("steps.evidence-missing", await Step(world, CountyLeader, id, new(BulletinEvent.Sign)));
        Done(await Step(world, CountyLeader, id, new(BulletinEvent.Return, Reason: "措辞再斟酌")));
        Done(await Step(world, world.Office, id, new(BulletinEvent.Submit)));
        Done(await Step(world, CountyLeader, id, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision, "同意")])));
        Refused("steps.not-possible", await Edit(world, id, number, zh, en));
        Done(await Step(world, world.Officer2, id, new(BulletinEvent.Publish)));

        var published = (await Open(world, world.Clerk, id))!.Bulletin;
        Assert.Equal((64, "county.leader"), (published.Digest!.Length, published.SignedByName));
        Assert.True(await Holds(world, published));
        Assert.Equal(0, await Again(world, published));
        Valid(published, page.Content, Language.Zh);
        Valid(published, page.Content, Language.En);

        // Whoever changes the text in the database is found out; so is whoever changes the digest with it.
        var stored = published.Content;
        published.Content = stored.Replace("逐户", "逐村", StringComparison.Ordinal);
        Assert.False(await Holds(world, published));
        published.Digest = BulletinSeal.DigestOf(published);
        Assert.False(await Holds(world, published));

        // A correction is an issue of its own and takes the place of the old one when it is published.
        Refused("bulletins.not-found", await world.With<WriteBulletin, Outcome<List<Guid>>>((w, cancel) => w.Correct(world.Office, Guid.CreateVersion7(), cancel)));
        var correction = Done(await world.With<WriteBulletin, Outcome<List<Guid>>>((w, cancel) => w.Correct(world.Office, id, cancel)))[0];
        Refused("bulletins.exists", await world.With<WriteBulletin, Outcome<List<Guid>>>((w, cancel) => w.Correct(world.Office, id, cancel)));
        Assert.Equal(BulletinState.Published, (await Open(world, world.Clerk, id))!.Bulletin.State);
        await Issue(world, correction);
        var (old, anew) = ((await Open(world, world.Clerk, id))!, (await Open(world, world.Clerk, correction))!);
        Assert.Equal((BulletinState.Replaced, anew.Bulletin.Code, old.Bulletin.Code), (old.Bulletin.State, old.CorrectedBy!.Code, anew.Corrects!.Code));
        Done(await Step(world, CountyLeader, correction, new(BulletinEvent.Withdraw, Reason: "数字待核")));
        Assert.Equal(BulletinState.Withdrawn, (await Open(world, world.Clerk, correction))!.Bulletin.State);
        Assert.Empty((await world.With<BulletinQueries, IReadOnlyList<BulletinRow>>((q, cancel) => q.List(Person("x", Role.CountyOffice, new("500236")), null, null, 9, cancel))));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Units_are_ranked_and_answer_their_cards_before_these_are_signed(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Registered(await world.Household());
        world.Day = new(2020, 12, 31);
        await Compute(world, world.Day);

        // One household is no reason to rank anybody.
        var ranking = Done(await Write(world, world.Office, new(BulletinKind.Ranking, "townships_quarter", "2020-Q4")))[0];
        var result = (await Open(world, world.Office, ranking))!.Content.Sections[0];
        Assert.Contains("没有单位达到排名的最少件数", EditedText.Plain(result.Blocks[0].Paragraph!, Language.Zh), StringComparison.Ordinal);
        Assert.All(result.Blocks[1].Table!.Rows, row => Assert.StartsWith("不排名", row[0].Shown.Zh, StringComparison.Ordinal));
        Valid((await Open(world, world.Office, ranking))!.Bulletin, (await Open(world, world.Office, ranking))!.Content, Language.Zh);

        Refused("bulletins.no-unit", await Write(world, world.Office, new(BulletinKind.Appraisal, "townships_year", "2020", "500236101")));
        var card = Done(await Write(world, world.Office, new(BulletinKind.Appraisal, "townships_year", "2020", Township.Digits)))[0];
        Assert.True(Done(await Write(world, world.Office, new(BulletinKind.Appraisal, "departments_year", "2020"))).Count > 5);
        Assert.Null(await Open(world, world.Clerk, card));
        Done(await Step(world, world.Office, card, new(BulletinEvent.Submit)));
        Assert.NotNull(await Open(world, world.Clerk, card));
        Assert.Null(await Open(world, Person("other", Role.TownshipClerk, new("500231112")), card));
        Refused("bulletins.reply-open", await Step(world, CountyLeader, card, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
        Refused("steps.not-permitted", await Step(world, world.Office, card, new(BulletinEvent.Remark, Evidence: [Words(EvidenceKinds.Remark)])));
        Done(await Step(world, world.Clerk, card, new(BulletinEvent.Remark, Evidence: [Words(EvidenceKinds.Remark, "有一户长期在外，{走访}困难。")])));
        Done(await Step(world, world.Office, card, new(BulletinEvent.Answer, Evidence: [Words(EvidenceKinds.Remark, "已在指标中说明。")])));
        Refused("steps.own-work", await Step(world, CountyLeader with { User = world.Office.User }, card, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
        Done(await Step(world, CountyLeader, card, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
        Done(await Step(world, world.Office, card, new(BulletinEvent.Publish)));
        var page = (await Open(world, world.Cadre, card))!;
        Assert.True(await Holds(world, page.Bulletin));
        Assert.Equal(0, await Again(world, page.Bulletin));
        Assert.Equal(["单位陈述：有一户长期在外，｛走访｝困难。", "县级答复：已在指标中说明。"], page.Content.Sections[^1].Blocks.Select(b => EditedText.Plain(b.Paragraph!, Language.Zh)));
        var measures = page.Content.Sections[1].Blocks[0].Table!.Rows.Single(r => r[0].Shown.Zh == "帮扶措施落实率");
        Assert.Equal(("0.0%（0/1）", "未达标", "—"), (measures[2].Shown.Zh, measures[4].Shown.Zh, measures[6].Shown.Zh));

        // A team answers for its village; where none is posted there is no card.
        Refused("bulletins.no-unit", await Write(world, world.Office, new(BulletinKind.Appraisal, "teams_year", "2020", Village.Digits)));
        Done(await world.SetUp(new("resident_team", Village, "驻村一队") { Unit = "县水利局", From = new(2020, 3, 1) }));
        var team = Assert.Single(Done(await Write(world, world.Office, new(BulletinKind.Appraisal, "teams_year", "2020"))));
        var ofTeam = (await Open(world, world.Office, team))!;
        Assert.StartsWith("驻村一队（县水利局）", ofTeam.Content.Title.Zh, StringComparison.Ordinal);
        Assert.Equal((Village.Digits, "0.0%（0/1）"), (ofTeam.Bulletin.Area, ofTeam.Content.Sections[1].Blocks[0].Table!.Rows.Single(r => r[0].Shown.Zh == "帮扶措施落实率")[2].Shown.Zh));

        // Silence is an answer, too, once the time is over.
        var silent = Done(await Write(world, world.Office, new(BulletinKind.Appraisal, "townships_year", "2020", "500231112")))[0];
        Done(await Step(world, world.Office, silent, new(BulletinEvent.Submit)));
        world.Day = world.Day.AddDays(14);
        Done(await Step(world, CountyLeader, silent, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Working_figures_out_again_writes_only_what_changed_and_says_nothing_when_nothing_did(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        Assert.True(await IsDue(world));
        await Compute(world, world.Day);
        Assert.False(await IsDue(world));
        var (events, moment) = (await Events(world), await ChangedAt(world, "R03"));
        await world.Read((db, cancel) => db.Database.ExecuteSqlRawAsync("update indicator_values set computed_at = 1", cancel));
        await Compute(world, world.Day);
        Assert.Equal((events, 1), (await Events(world), await ChangedAt(world, "R03")));

        await world.Lead(await world.Household());
        Assert.True(await IsDue(world));
        await Compute(world, world.Day);
        Assert.False(await IsDue(world));
        Assert.Equal(events + 1, await Events(world));
        Assert.True(await ChangedAt(world, "R03") >= moment);
        Assert.Equal(1, await ChangedAt(world, "M01h"));
        Assert.Equal("2", await world.Read((db, cancel) => db.Set<IndicatorValue>().Where(v => v.Area == "500231" && v.Code == "R03").Select(v => v.Numerator).SingleAsync(cancel)));

        static Task<int> Events(CaseworkWorld world) => world.Read((db, cancel) => db.Set<Event>().CountAsync(e => e.Name == "insight.computed", cancel));
        static Task<bool> IsDue(CaseworkWorld world) => world.With<IFigures, bool>((f, cancel) => f.IsDue(County, world.Day, cancel));
        static async Task<long> ChangedAt(CaseworkWorld world, string code) =>
            (await world.Read((db, cancel) => db.Set<IndicatorValue>().Where(v => v.Area == "500231" && v.Code == code).Select(v => v.ComputedAt).SingleAsync(cancel))).ToUnixTimeMilliseconds();
    }

    private static async Task Issue(CaseworkWorld world, Guid id)
    {
        Done(await Step(world, world.Office, id, new(BulletinEvent.Submit)));
        Done(await Step(world, CountyLeader, id, new(BulletinEvent.Sign, Evidence: [Words(EvidenceKinds.Decision)])));
        Done(await Step(world, world.Office, id, new(BulletinEvent.Publish)));
    }

    /// <summary>The Word file holds to the schema of Office, has the words of the bulletin, and leads to its figures.</summary>
    private static void Valid(Bulletin bulletin, BulletinContent content, Language language)
    {
        using var bytes = new MemoryStream(WordFile.Write(new(bulletin, content, language, new("https://shouwang.example"), "某人于今日导出", "B2020-00009")));
        using var word = WordprocessingDocument.Open(bytes, false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(word).Select(e => $"{e.Path?.XPath} {e.Description}"));
        var body = word.MainDocumentPart!.Document.Body!;
        Assert.Contains(content.Title.In(language), body.InnerText, StringComparison.Ordinal);
        Assert.All(content.Paragraphs, p => Assert.Contains(EditedText.Plain(p.Paragraph, language), body.InnerText, StringComparison.Ordinal));
        Assert.Equal(content.Sections.SelectMany(s => s.Blocks).Count(b => b.Table is not null), body.Elements<Table>().Count());
        Assert.Equal("某人于今日导出", word.MainDocumentPart.HeaderParts.Single().Header.InnerText);
        Assert.Contains(word.MainDocumentPart.FooterParts.Single().Footer.Descendants<SimpleField>(), f => f.Instruction!.Value!.Trim() == "PAGE");
        var links = word.MainDocumentPart.HyperlinkRelationships.ToDictionary(r => r.Id, r => r.Uri.ToString());
        Assert.All(body.Descendants<Hyperlink>(), h => Assert.StartsWith("https://shouwang.example/", links[h.Id!], StringComparison.Ordinal));
        if (content.Paragraphs.Any(p => p.Paragraph.Fields.Any(f => f.Link is not null)))
            Assert.Contains(links.Values, l => l.Contains("/overview/M01h?area=500231&on=2020-06-30", StringComparison.Ordinal));
    }

    private static Task<Outcome<List<Guid>>> Write(CaseworkWorld world, Actor actor, BulletinAsk ask) => world.With<WriteBulletin, Outcome<List<Guid>>>((w, cancel) => w.Write(actor, ask, cancel));

    private static Task<Outcome<int>> Edit(CaseworkWorld world, Guid id, int number, string zh, string en, long? version = null) =>
        world.With<EditBulletin, Outcome<int>>((e, cancel) => e.Run(world.Office, id, version, [new(number, zh, en)], cancel));

    private static Task<Outcome<BulletinState>> Step(CaseworkWorld world, Actor actor, Guid id, StepRequest<BulletinEvent> request) =>
        world.With<TakeBulletinStep, Outcome<BulletinState>>((s, cancel) => s.Run(actor, id, request, cancel));

    private static Task<BulletinPage?> Open(CaseworkWorld world, Actor actor, Guid id) => world.With<BulletinQueries, BulletinPage?>((q, cancel) => q.Open(actor, id, cancel));

    private static Task<bool> Holds(CaseworkWorld world, Bulletin b) => world.With<BulletinSeal, bool>((s, cancel) => s.Holds(b, cancel));

    private static Task<int> Again(CaseworkWorld world, Bulletin b) => world.With<BulletinAgain, int>((a, cancel) => a.Differences(b, cancel));

    private static Task<int> Compute(CaseworkWorld world, DateOnly day) => world.With<IFigures, int>(async (f, cancel) =>
    {
        await f.Compute(County, day, cancel);
        return 0;
    });
}
