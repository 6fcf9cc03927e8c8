using Shouwang.Kernel;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>The last afternoon of the month: the figures are published, the office writes the bulletin and the ranking, a leader signs them, and they go out.</summary>
internal sealed class BulletinTale(Stage stage)
{
    /// <returns>The published bulletin.</returns>
    public async Task<Guid> Tell()
    {
        var (office, leader, cancel) = (stage.People["county"], stage.People["leader"], stage.Cancel);
        await stage.Do<PublishFigures, SetSummary>(p => p.Publish(leader, stage.Today, cancel));
        var bulletin = await Write(new(BulletinKind.Monthly, "monthly", BulletinPeriod.Of(BulletinKind.Monthly, stage.Today).Text));
        await Reword(bulletin, "请各乡镇对照本通报逐户核对，月底前清零超期事项。", "Townships go through it household by household, and clear what is overdue by the end of the month.");
        await Issue(bulletin);
        await Issue(await Write(new(BulletinKind.Ranking, "townships_quarter", BulletinPeriod.Of(BulletinKind.Ranking, stage.Today).Text)));
        return bulletin;

        async Task<Guid> Write(BulletinAsk ask) => (await stage.Do<WriteBulletin, List<Guid>>(w => w.Write(office, ask, cancel)))[0];

        async Task Issue(Guid id)
        {
            await Step(office, id, new(BulletinEvent.Submit));
            await Step(leader, id, new(BulletinEvent.Sign, Evidence: [Stage.Words(EvidenceKinds.Decision, "同意印发。")]));
            await Step(office, id, new(BulletinEvent.Publish));
        }
    }

    /// <summary>Adds a sentence to the first paragraph, as an office does.</summary>
    private async Task Reword(Guid id, string zh, string en)
    {
        var (office, cancel) = (stage.People["county"], stage.Cancel);
        var page = await stage.Ask<BulletinQueries, BulletinPage?>(b => b.Open(office, id, cancel));
        var (number, first) = page!.Content.Paragraphs.First();
        await stage.Do<EditBulletin, int>(e => e.Run(office, id, page.Bulletin.Version,
            [new(number, EditedText.Shown(first, Language.Zh) + zh, $"{EditedText.Shown(first, Language.En)} {en}")], cancel));
    }

    private Task Step(Shouwang.Platform.Security.Actor actor, Guid id, StepRequest<BulletinEvent> request) => stage.Do<TakeBulletinStep, BulletinState>(s => s.Run(actor, id, request, stage.Cancel));
}
