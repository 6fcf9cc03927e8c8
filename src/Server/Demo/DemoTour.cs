using Shouwang.Kernel;
using Shouwang.Modules.Campaigns;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Server.Demo.Play;

namespace Shouwang.Server.Demo;

/// <summary>Who can sign in to the demo, and where there is something to see.</summary>
internal sealed record DemoTour(IReadOnlyList<(string Name, Text Role)> Accounts, IReadOnlyList<DemoStop> Stops)
{
    /// <summary>Looks the concrete cases up in what the play left behind.</summary>
    public static async Task<DemoTour> Of(Stage stage, Home story, string files)
    {
        var (people, cancel) = (stage.People, stage.Cancel);
        var stops = new List<DemoStop>
        {
            new("village", "/work", new("今天到期、已经逾期、等待别人办理的事", "what is due today, what is late, what waits for others")),
            new("village", $"/households/{story.Made.Code}", new("故事户：尿毒症、一个小学生、80株晚柚苗、50只鸭苗", "the story: uraemia, one pupil, 80 citrus seedlings, 50 ducklings")),
        };
        var leads = await stage.Ask<ILeadQueue, IReadOnlyList<LeadRef>>(l => l.Open(people["village"], [LeadState.Dispatched, LeadState.Verifying], 200, cancel));
        if (leads.FirstOrDefault(l => l.StageDueOn == stage.LastDay) is { } due)
            stops.Add(new("village", $"/leads/{due.Code}", new("一条今天到期的线索：接收，走访，核实", "a lead that is due today: accept it, visit, verify")));
        var cases = await stage.Ask<CaseQueries, IReadOnlyList<CaseRow>>(c => c.Cases(people["county"], CaseState.CountyApproval, 0, 1, cancel));
        if (cases.Count > 0)
            stops.Add(new("county", $"/cases/{cases[0].Id}", new("一件等待县级审定的识别个案", "an identification that waits for the county's decision")));
        stops.Add(new("town", "/monitored", new("监测对象：计划待审、措施逾期、拟消除风险", "monitored households: plans to approve, late measures, eliminations")));
        var notices = await stage.Ask<NoticeQueries, IReadOnlyList<NoticeRow>>(n => n.List(people["county"], true, 50, cancel));
        if (notices is [var notice, ..])
            stops.Add(new("", $"/notice/{story.Village.County.Digits}/{notice.Code}", new("一份正在张贴的公示，人人可看，可提异议", "a notice on display, open to all, with objections")));
        stops.Add(new("town", "/organisation/meetings", new("组织队伍：会议和议定事项的办理状态、值班表、结对和移交", "organisation: meetings and what became of their decisions, rosters, pairing and hand-over")));
        stops.Add(new("", $"/report/{story.Village.Digits}", new("农户自主申报，不用账号", "a household reports by itself, without an account")));
        stops.Add(new("leader", "/bulletins", new("本月通报和本季排名：每个数字可点开，可下载 Word", "this month's bulletin and this quarter's ranking: every number opens; as a Word file, too")));
        var drives = await stage.Ask<FindCampaign, IReadOnlyList<Campaign>>(c => c.All(people["county"], cancel));
        if (drives is [var drive, ..])
            stops.Add(new("county", $"/campaigns/{drive.Id}", new("百日大会战：县级抽查进行中，责任清单待签，可生成佐证材料", "the hundred days: the spot check is under way, sheets wait for signatures")));
        stops.Add(new("county", "/imports", new($"导入各部门表格，样表在 {files}", $"take files in; samples lie in {files}")));
        return new([.. Play.Accounts.Shown.Select(a => (a.Name, RoleNames.Of(a.Role)))], stops);
    }

    /// <summary>As it is printed, in aligned columns.</summary>
    /// <param name="address">Where the desk is served; null when it is not.</param>
    public IEnumerable<string> Lines(string? address)
    {
        yield return "";
        yield return address is null ? "打开 / to open it:  ./shouwang demo" : $"地址 / address:  {address}";
        yield return "";
        yield return $"账号 / accounts, 密码 / password:  {Play.Accounts.Password}";
        foreach (var (name, role) in Accounts)
            yield return $"  {name,-12}{role.Zh}{new string(' ', Math.Max(1, 16 - 2 * role.Zh.Length))}{role.En}";
        yield return "";
        yield return "可以试试 / what to try";
        var width = Stops.Max(s => s.Path.Length) + 2;
        foreach (var stop in Stops)
        {
            yield return $"  {stop.Account,-10}{stop.Path.PadRight(width)}{stop.Words.Zh}";
            yield return $"  {"",-10}{new string(' ', width)}{stop.Words.En}";
        }
        yield return "";
    }
}

/// <summary>Something to look at.</summary>
/// <param name="Account">Who sees it; empty for everybody.</param>
internal sealed record DemoStop(string Account, string Path, Text Words);
