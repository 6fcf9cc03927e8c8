using Shouwang.Platform.Security;
using static Microsoft.Playwright.Assertions;

namespace Shouwang.Tests.Journeys;

/// <summary>The people of a county who take a household from the files of its offices to the end of its risk, each in a window of their own.</summary>
/// <remarks>
/// The household is one of the sample files: lifted out of poverty, and in June 2020 the yearly self-paid medical costs of a member passed the
/// threshold of W14. Everything else about it is in order, so that half a year later nothing but what these people did or left undone decides.
/// </remarks>
internal sealed class CountyAtWork
{
    public const string County = "500231", Township = "500231111", Village = "500231111206", Household = "500231111206051", Rule = "W14";

    private readonly Journey _journey;
    private string _head = "", _lead = "", _case = "", _elimination = "";

    private CountyAtWork(Journey journey) => _journey = journey;

    public Journey Journey => _journey;

    public Person Office { get; private set; } = null!;

    public Person Clerk { get; private set; } = null!;

    public Person Cadre { get; private set; } = null!;

    private Person Department { get; set; } = null!;

    /// <summary>The whole story.</summary>
    public static async Task<CountyAtWork> Tell(Journey journey)
    {
        var county = new CountyAtWork(journey);
        await journey.Tell(async () =>
        {
            await county.SignIn();
            await county.Import();
            await county.Screen();
            await county.VerifyLead();
            await county.Identify();
            await county.Register();
            await county.Help();
            await county.Eliminate();
        });
        return county;
    }

    /// <summary>The pages anybody of the county saw, each kind of page once.</summary>
    public IReadOnlyList<string> Pages => [.. _journey.Seen.Keys.Order(StringComparer.Ordinal)
        .DistinctBy(path => System.Text.RegularExpressions.Regex.Replace(path, "[0-9a-f]{8}-[0-9a-f-]{27}", "{id}"))];

    /// <summary>The public page of the notice that was put up first.</summary>
    public string PublicNotice { get; private set; } = "";

    private async Task SignIn()
    {
        Office = await _journey.SignIn("office", Role.CountyOffice, County);
        Clerk = await _journey.SignIn("clerk", Role.TownshipClerk, Township);
        Cadre = await _journey.SignIn("cadre", Role.VillageCadre, Village);
        Department = await _journey.SignIn("department", Role.IndustryDept, County);
        await _journey.Server.Add("team", Role.WorkTeamMember, Village);
    }

    private async Task Import()
    {
        await Clerk.Import([.. Samples.Files.Select(Samples.Payload)]);

        // What was refused stands in a list with its place, its reason and what to do.
        await Clerk.Follow(Clerk.Main.Locator("tbody tr", new() { HasText = "02_鹤游镇人员表" }).Locator("a.row-link"));
        await Clerk.Follow(Clerk.Main.Locator(".inline-list a", new() { HasText = "拒收" }));
        var refused = Samples.Expected.RootElement.GetProperty("rejected_rows").EnumerateArray().Where(r => r.GetProperty("file").GetString()!.StartsWith("02", StringComparison.Ordinal))
            .Select(r => r.GetProperty("row").GetInt32()).ToList();
        await Expect(Clerk.Main.Locator("tbody tr")).ToHaveCountAsync(refused.Count);
        foreach (var row in refused)
            await Expect(Clerk.Main.Locator("tbody tr td:first-child", new() { HasTextRegex = new($"[A-Z]{row}$") })).ToHaveCountAsync(1);
    }

    private async Task Screen()
    {
        await Office.Menu("预警规则");
        await Office.Press("立即筛查全县");
        await Office.Says("已筛查 600 户");
        await Clerk.Menu("风险线索");
        await Clerk.Choose("area", Village);
        await Clerk.Choose("rule", Rule);
        await Clerk.Press("查询");
        var row = Clerk.Main.Locator("a.row-link");
        await Expect(row).ToHaveCountAsync(1);
        _head = (await row.InnerTextAsync()).Trim();
        await Clerk.Follow(row);
        _lead = Clerk.Place;
        await Clerk.Says("为什么预警（1）");
    }

    private async Task VerifyLead()
    {
        await Clerk.Take("交办", async () =>
        {
            await Clerk.Fill("Dispatch-order", "请三日内两人入户核查。");
            await Clerk.Choose("assigned", "cadre");
        });
        await FromWork(Cadre);
        await Cadre.Take("接收");
        await Cadre.Unfold("转入识别认定");
        await Cadre.Open("登记两人以上的入户核实");
        await Visit();
        await Cadre.Go(_lead);
        await Cadre.Take("转入识别认定");
    }

    private async Task Identify()
    {
        await Cadre.Open("打开识别个案");
        _case = Cadre.Place;
        await Cadre.Take("登记入户核实", async () =>
        {
            await Cadre.Attach("Verify-application", Person.Photo);
            await Cadre.Attach("Verify-authorisation", Person.Photo);
            await Cadre.Choose("cause-0", "01");
            await Cadre.Main.GetByText("还有其他风险").ClickAsync();
            await Cadre.Choose("cause-1", "07");
        });
        await Department.Go(_case);
        await Department.Take("登记比对结果", () => Department.Fill("AnswerMatching-matching_result", "房产、车辆、工商比对无异常。"));
        await FromWork(Cadre);
        await Cadre.Take("评议通过", async () =>
        {
            await Review();
            await Cadre.Choose("PassReview-category", "UnstableLifted");
        });
        await PutUpNotice();
        await Object();
        await Cadre.Go(_case);
        await Cadre.Unfold("公示期满");
        Assert.Contains("公示", await Cadre.PressInVain("公示期满"), StringComparison.Ordinal);
    }

    // Somebody of the village who has no account reads the notice and objects; the township looks into it.
    private async Task Object()
    {
        var link = await Cadre.Main.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "公示页面" }).GetAttributeAsync("href");
        var neighbour = await _journey.Somebody("neighbour", WindowSize.Phone);
        Assert.Equal(200, await neighbour.Go(PublicNotice = link!));
        await neighbour.Says("脱贫监测户");
        var html = await neighbour.Page.ContentAsync();
        Assert.DoesNotContain(_head, html, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]{17}[0-9Xx]|1[0-9]{10}|990231", html);
        await neighbour.Fill("words", "这户在县城有房，请核实。");
        await neighbour.Press("提交");
        await Expect(neighbour.Main.Locator(".receipt")).ToBeVisibleAsync();

        await Clerk.Go("/objections");
        await Clerk.Says("这户在县城有房");
        await Clerk.Check("founded", "no");
        await Clerk.Fill("finding", "县城房屋系其亲属所有，已当面说明。");
        await Clerk.Press("答复");
        await Clerk.Says("已答复");
    }

    private async Task Register()
    {
        await _journey.Wait(8);
        await FromWork(Cadre);
        await Cadre.Take("公示期满");
        await FromCases(Clerk);
        await Clerk.Take("乡镇审核通过", () => Clerk.Fill("PassTownship-checklist", "资料齐全，程序合规。"));
        await FromCases(Office);
        await Office.Take("县级审定通过", () => Office.Fill("Approve-decision", "同意纳入监测。"));
        await FromMonitored(Clerk);
        await Clerk.Says("已识别，待制定计划");
    }

    private async Task Help()
    {
        await FromMonitored(Cadre);
        await Cadre.Open("制定计划");
        await Measure(0, "01", "M402");
        var refusal = await Cadre.PressInVain("提交审核");
        Assert.Contains("因务工就业不稳", refusal, StringComparison.Ordinal);
        Assert.Contains("没有开发式帮扶措施", refusal, StringComparison.Ordinal);
        await Measure(1, "07", "M202");
        await Cadre.Fill("goal", "年内自付医疗费用报销到位，新增一人就近务工。");
        await Cadre.Press("提交审核");
        await FromMonitored(Clerk);
        await Clerk.Press("审核通过");
        foreach (var (name, gain) in new[] { ("大病保险", "3000"), ("就近就业", "9600") })
        {
            await FromMonitored(Cadre);
            await Cadre.Follow(MeasureOf(Cadre, name));
            await Cadre.Take("开始实施");
            await Cadre.Take("登记落实", async () =>
            {
                await Cadre.Fill("amount", gain);
                await Cadre.Attach("Deliver-receipt", Person.Photo);
            });
            await FromMonitored(Clerk);
            await Clerk.Follow(MeasureOf(Clerk, name));
            await Clerk.Take("评定有成效", async () =>
            {
                await Clerk.Fill("FindEffective-effect", "已到户，本人确认。");
                await Clerk.Fill("FindEffective-gain", gain);
            });
        }
    }

    private async Task Eliminate()
    {
        await FromMonitored(Cadre);
        await Missing("识别未满6个月");
        await Cadre.Unfold("提出风险消除");
        await Cadre.Fill("reason", "医疗费用已报销，收入稳定。");
        Assert.Contains("识别未满6个月", await Cadre.PressInVain("提出"), StringComparison.Ordinal);

        // Half a year later it is another year, for which nobody has yet entered a line.
        await _journey.Wait(185);
        await FromMonitored(Cadre);
        await Missing("人均纯收入未高于监测线或没有收入数据");
        await Office.Menu("监测线");
        await Office.Fill("monitoring", "6000");
        await Office.Fill("poverty", "4000");
        await Office.Fill("source", "县帮扶办〔2021〕1号：2021年沿用6000元监测线");
        await Office.Press("保存");
        await FromMonitored(Cadre);
        await Missing();
        await Cadre.Unfold("提出风险消除");
        await Cadre.Fill("reason", "医疗费用已报销，务工收入稳定。");
        await Cadre.Press("提出");
        _elimination = Cadre.Place;
        await Cadre.Says("条件全部满足");
        await Cadre.Unfold("登记入户核实");
        await Cadre.Open("先登记两人以上的消除核查");
        await Visit();
        await Cadre.Go(_elimination);
        await Cadre.Take("登记入户核实");
        await Cadre.Take("评议通过", Review);
        await PutUpNotice();
        await _journey.Wait(8);
        await FromMonitored(Clerk);
        await Clerk.Follow(Clerk.Main.Locator($"a[href='{_elimination}']"));
        await Clerk.Take("乡镇核查", () => Clerk.Fill("Audit-checklist", "入户复核无异议。"));
        await FromMonitored(Office);
        await Office.Follow(Office.Main.Locator($"a[href='{_elimination}']"));
        await Office.Take("县级确认", () => Office.Fill("Confirm-decision", "同意消除。"));
        await Office.Take("公告", () => Office.Fill("Announce-announcement", "县政府网站公告。"));
        await Office.Take("系统标注");
        await Cadre.Go($"/households/{Household}?tab=help");
        await Cadre.Says("风险已消除");
    }

    private async Task Visit()
    {
        await Cadre.Choose("user2", "team");
        foreach (var subject in (string[])["FoodAndClothing", "Education", "Medical", "Housing", "Water", "IncomeAndWork"])
            await Cadre.Check($"finding-{subject}", "Fine");
        await Cadre.Fill("note-Medical", "大额住院自付");
        await Cadre.Fill("income", "59000");
        await Cadre.Attach("signature", Person.Photo);
        await Cadre.Attach("photos", Person.Photo);
        await Cadre.Press("保存走访");
        await Cadre.Says("走访已登记");
        await Cadre.Says("team");
    }

    private async Task Review()
    {
        await Cadre.Attach("PassReview-minutes", Person.Photo);
        await Cadre.Fill("PassReview-attended", "30");
        await Cadre.Fill("PassReview-for", "28");
    }

    private async Task PutUpNotice()
    {
        await Cadre.Open("发布公示");
        await Cadre.Fill("contact", "鹤游镇人民政府 023-74600000");
        await Cadre.Press("发布");
        await Cadre.Says("还没有照片");
        await Cadre.Attach("photo", Person.Photo);
        await Cadre.Press("上传");
        await Cadre.Says("已有 1 张照片");
    }

    private async Task Measure(int line, string cause, string type)
    {
        await Cadre.Choose($"m-cause-{line}", cause);
        await Cadre.Choose($"m-type-{line}", type);
        await Cadre.Fill($"m-unit-{line}", "鹤游镇人民政府");
        await Cadre.Fill($"m-person-{line}", "驻村干部甲");
    }

    // Exactly these conditions of elimination do not hold.
    private async Task Missing(params string[] words) => Assert.Equal(words,
        (await Cadre.Main.Locator("#guards li:has([aria-label='未满足']) > span").AllInnerTextsAsync()).Select(t => t.Split('\n')[0].Trim()));

    private static Microsoft.Playwright.ILocator MeasureOf(Person person, string name) => person.Main.Locator("tbody tr", new() { HasText = name }).Locator("a.row-link").First;

    private Task FromWork(Person person) => From(person, "我的工作");

    private Task FromCases(Person person) => From(person, "识别认定");

    private Task FromMonitored(Person person) => From(person, "监测对象");

    private async Task From(Person person, string menu)
    {
        await person.Menu(menu);
        await person.Follow(person.Main.Locator("tbody tr", new() { HasText = _head }).Locator("a.row-link").First);
    }
}
