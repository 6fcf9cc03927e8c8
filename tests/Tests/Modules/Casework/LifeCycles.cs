using System.Reflection;
using System.Text;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;

namespace Shouwang.Tests.Modules.Casework;

/// <summary>Every life cycle of the product, found in the code, so that a new one is tested from its first day.</summary>
public static class LifeCycles
{
    public static IReadOnlyList<ILifeCycle> All { get; } =
    [
        .. typeof(Shouwang.Modules.Casework.CaseStates).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType.IsAssignableTo(typeof(ILifeCycle)))
            .Select(f => (ILifeCycle)f.GetValue(null)!)
            .OrderBy(l => int.Parse([.. l.Number.Skip(3).TakeWhile(char.IsAsciiDigit)], null)).ThenBy(l => l.Number, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Numbers => [.. All.Select(l => l.Number)];

    public static ILifeCycle Find(string number) => All.Single(l => l.Number == number);

    /// <summary>The page <c>docs/states.md</c>.</summary>
    public static string Document()
    {
        var text = new StringBuilder("""
            # Life cycles

            Written from the tables in the code by a test; do not edit. What a table does not list cannot happen. The clock limits
            the stay in the state it stands beside; its length is in the policy packs.


            """);
        foreach (var life in All)
        {
            text.AppendLine($"## {life.Number} {life.Title.Zh} {life.Title.En}").AppendLine();
            text.AppendLine("```mermaid").AppendLine("stateDiagram-v2").AppendLine($"    [*] --> {life.Initial}");
            foreach (var step in life.Steps)
                text.AppendLine($"    {step.From} --> {step.To}: {step.EventTitle.Zh}");
            foreach (var final in life.Final)
                text.AppendLine($"    {final} --> [*]");
            text.AppendLine("```").AppendLine();
            text.AppendLine("| state | 状态 | step | 动作 | leads to | permission | who | clock | evidence |");
            text.AppendLine("|---|---|---|---|---|---|---|---|---|");
            foreach (var step in life.Steps)
                text.AppendLine($"| {step.From} | {life.States.Single(s => s.Code == step.From).Title.Zh} | {step.Event} | {step.EventTitle.Zh} | {step.To} | `{step.Permission}` | {Who(step)} | {(step.Clock is null ? "" : $"`{step.Clock}`")} | {string.Join("、", step.Evidence.Select(e => EvidenceKinds.Find(e).Title.Zh))} |");
            text.AppendLine();
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Who(LifeCycleStep step) =>
        string.Join("、", Permissions.Find(step.Permission).Roles.Keys.Select(r => RoleNames.Of(r).Zh));

    /// <summary>What the packs set for a county that has none of its own.</summary>
    public static Shouwang.Platform.Policy.Policy Policy { get; } = Shouwang.Platform.Policy.PolicyBook.Load(Path.Combine(FindRoot(), "policy")).Require().For(new("110101"), new(2020, 6, 30));

    /// <summary>The project's root folder.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Shouwang.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the project's folder.");
    }
}

public class LifeCycleTests
{
    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void Every_state_can_be_reached(string number)
    {
        var life = LifeCycles.Find(number);

        var reached = Reach(life.Initial, s => life.Steps.Where(step => step.From == s).Select(step => step.To));

        Assert.Equal(life.States.Select(s => s.Code).Order(), reached.Order());
    }

    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void No_state_is_a_dead_end_but_the_declared_ends(string number)
    {
        var life = LifeCycles.Find(number);
        var leadsOn = life.Steps.Where(s => s.From != s.To).Select(s => s.From).ToHashSet();

        Assert.All(life.States, s => Assert.NotEqual(life.Final.Contains(s.Code), leadsOn.Contains(s.Code)));
    }

    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void From_everywhere_an_end_can_be_reached(string number)
    {
        var life = LifeCycles.Find(number);
        // The ledger has no final states: a closed problem can be reopened, a listed object put back on the list. There, closed and removed are the ends.
        var ends = life.Final.Count > 0 ? life.Final
            : [nameof(Shouwang.Modules.Ledger.Contracts.IssueState.Closed), nameof(Shouwang.Modules.Ledger.Listings.ListingState.Removed)];

        foreach (var (state, _) in life.States)
            Assert.NotEmpty(Reach(state, s => life.Steps.Where(step => step.From == s).Select(step => step.To)).Intersect(ends));
    }

    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void Every_step_is_somebodys_and_its_evidence_is_known(string number) => Assert.All(LifeCycles.Find(number).Steps, step =>
    {
        Assert.NotEmpty(Permissions.Find(step.Permission).Roles);
        Assert.All(step.Evidence, code => Assert.True(EvidenceKinds.Exists(code), code));
    });

    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void A_state_has_one_clock_or_none(string number) =>
        Assert.All(LifeCycles.Find(number).Steps.Where(s => !SideBySide(s.From)).GroupBy(s => s.From), state => Assert.Single(state.Select(s => s.Clock).Distinct()));

    // In this state of SM-2 the visit and the matching run side by side, each with its own clock.
    private static bool SideBySide(string state) => state == nameof(Shouwang.Modules.Casework.Contracts.CaseState.Applied);

    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void Every_clock_is_set_by_the_national_policy(string number)
    {
        var policy = LifeCycles.Policy;
        Assert.All(LifeCycles.Find(number).Steps.Select(s => s.Clock).OfType<string>(), clock => Assert.True(policy.Clocks.ContainsKey(clock), clock));
    }

    [Theory, MemberData(nameof(LifeCycles.Numbers), MemberType = typeof(LifeCycles))]
    public void Every_name_is_in_both_languages_and_no_two_states_look_alike(string number)
    {
        var life = LifeCycles.Find(number);
        Assert.All(life.States.Select(s => s.Title).Concat(life.Steps.Select(s => s.EventTitle)), InBothLanguages);
        Assert.Equal(life.States.Count, life.States.Select(s => s.Title.Zh).Distinct().Count());
    }

    private static void InBothLanguages(Text text)
    {
        Assert.Contains(text.Zh, c => c >= 0x4e00);
        Assert.DoesNotContain(text.En, c => c >= 0x2e80);
        Assert.NotEmpty(text.En);
    }

    [Fact]
    public void The_life_cycles_of_the_domain_are_all_there() =>
        Assert.Equal(["SM-1", "SM-2", "SM-3", "SM-4", "SM-5", "SM-7", "SM-7b", "SM-10", "SM-15", "SM-16"], LifeCycles.All.Select(l => l.Number));

    [Fact]
    public async Task The_page_about_states_is_up_to_date()
    {
        var file = Path.Combine(LifeCycles.Root, "docs", "states.md");
        var document = LifeCycles.Document();
        if (Environment.GetEnvironmentVariable("SHOUWANG_WRITE_DOCS") is "1")
            await File.WriteAllTextAsync(file, document, TestContext.Current.CancellationToken);

        Assert.True(document == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            "docs/states.md is stale: run the tests once with SHOUWANG_WRITE_DOCS=1.");
    }

    private static HashSet<string> Reach(string from, Func<string, IEnumerable<string>> next)
    {
        var (reached, open) = (new HashSet<string> { from }, new Queue<string>([from]));
        while (open.TryDequeue(out var state))
            foreach (var to in next(state).Where(reached.Add))
                open.Enqueue(to);
        return reached;
    }
}
