using System.Net;
using System.Text.Json.Nodes;
using Shouwang.Kernel;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Server.Cli;
using Shouwang.Tests.Desk;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>A new form is refused while it asks for what is known; accepted, it reaches phones with their next bundle.</summary>
public sealed class NewFormTests
{
    private const string Winter = """
        visit_forms: [{code: winter, title: {zh: 过冬排查, en: winter check}, source: {zh: 试, en: test}}]
        forms:
          - code: winter_part
            form: winter
            title: {zh: 过冬, en: winter}
            fields:
              - {name: winter.quilts, zh: 棉被, en: quilts, type: int}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string With(string field) => Winter + "\n      " + field;

    private static Task<CheckedForms> Check(FieldWorld world, string yaml) =>
        world.With<IVisitForms, CheckedForms>(f => f.Check(Actor.System(new(DeskServer.County)), yaml, "winter.yaml", Cancel));

    private static async Task<CheckedQuestion> Last(FieldWorld world, string field)
    {
        var found = await Check(world, With(field));
        Assert.Empty(found.Problems);
        return found.Questions[^1];
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_question_about_a_known_fact_is_named_with_source_share_and_age(string kind)
    {
        await using var world = await Open(kind);
        for (var i = 0; i < 4; i++)
            await world.Household();
        var (household, _) = await world.Household();
        await world.State(new(household, null, "visit", "v", Day, new Dictionary<string, object?> { ["grade"] = "B" }));

        var question = await Last(world, "- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade}");
        Assert.Equal(QuestionState.Known, question.State);
        Assert.Contains("confirm: true", question.Remedy!.Value.Zh, StringComparison.Ordinal);
        var known = Assert.Single(question.Known);
        Assert.Equal(("household.grade", 1m, 31), (known.Name, known.Share, known.MedianDays));
        Assert.Equal([("建档立卡登记", 0.8m), ("入户核实", 0.2m)], known.Sources.Select(s => (s.Source.Zh, s.Share)));
        Assert.False((await Check(world, With("- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade}"))).Accepted);

        // Shown to be confirmed it may stay.
        Assert.Equal(QuestionState.Shown, (await Last(world, "- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade, confirm: true}")).State);
        // Under another name it is the same question: files call the grade so, too.
        var renamed = await Last(world, "- {name: winter.house, zh: 住房等级, en: house, type: code, codes: house_grade}");
        Assert.Equal(QuestionState.Known, renamed.State);
        Assert.Contains("household.grade", renamed.Remedy!.Value.En, StringComparison.Ordinal);
        // What another form asks, and what is worked out already.
        Assert.Equal(QuestionState.Known, (await Last(world, "- {name: winter.water, zh: 水质良好, en: water, type: bool}")).State);
        Assert.Equal(QuestionState.Known, (await Last(world, "- {name: winter.size, zh: 家庭人口, en: persons, type: int}")).State);
        Assert.Equal(QuestionState.New, (await Last(world, "- {name: winter.stove, zh: 火炉, en: stove, type: bool}")).State);
        Assert.True((await Check(world, Winter)).Accepted);
    }

    [Fact]
    public async Task What_few_have_or_what_is_old_may_be_asked()
    {
        await using var world = await Open("sqlite");
        var (first, _) = await world.Household();
        await world.Household();
        await world.Household();
        await world.State(new(first, null, "register", "x", Day, new Dictionary<string, object?> { ["land"] = 3m }));
        const string Land = "- {name: household.land, zh: 耕地面积, en: farmland, type: decimal}";
        var few = await Last(world, Land);
        Assert.Equal((QuestionState.Aged, 0.3333m), (few.State, Assert.Single(few.Known).Share));
        // The same where all have it, but of long ago; how long it counts is the form's own word.
        const string Grade = "- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade, good_for_months: 1}";
        Assert.Equal(QuestionState.Known, (await Last(world, Grade)).State);
        foreach (var id in await world.With<Shouwang.Modules.Registry.Contracts.ICurrentFacts, IReadOnlyList<Guid>>(c => c.Visible(Actor.System(new(DeskServer.County)), Permissions.HouseholdsRead, Cancel)))
            await world.State(new(id, null, "visit", "v", Day.AddDays(-40), new Dictionary<string, object?> { ["grade"] = "A" }));
        Assert.Equal(QuestionState.Aged, (await Last(world, Grade)).State);
    }

    [Fact]
    public async Task Only_those_a_question_concerns_are_counted()
    {
        await using var world = await Open("sqlite");
        var (household, member) = await world.Household();
        await world.Household();
        await world.State(new(household, member, "register", "x", Day, new Dictionary<string, object?> { ["birth"] = "2010-01-01", ["student"] = "primary" }));
        var question = await Last(world, "- {name: member.student, zh: 在校生状况, en: student, type: code, codes: student_state, per_member: true, visible: 'has(member.birth) && member.age < 16'}");
        Assert.Equal(1m, Assert.Single(question.Known).Share);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_accepted_form_reaches_phones_from_its_day_on_and_the_audit_trail(string kind)
    {
        await using var world = await Open(kind);
        await world.Household();
        var phone = await world.Phone();
        var before = await phone.Bundle();
        Assert.DoesNotContain("winter", before["policy"]!.ToJsonString(), StringComparison.Ordinal);
        using var office = await world.Server.SignedIn(Role.CountyOffice, DeskServer.County);

        var refused = await (await office.Send("/forms", "form", ("yaml", With("- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade}")), ("do", "check"))).Text();
        Assert.Contains("已有数据，不得再问", refused, StringComparison.Ordinal);
        Assert.Contains("建档立卡登记，100% 已知，中位时间 31 天前", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"publish\"", refused, StringComparison.Ordinal);
        var insisted = await (await office.Send("/forms", "form", ("yaml", With("- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade}")), ("do", "publish"), ("from", "2020-06-01"), ("source", "文"))).Text();
        Assert.Contains("已有数据，不得再问", insisted, StringComparison.Ordinal);
        Assert.Equal(0, await world.Count("policy_versions"));
        Assert.Contains("第8行", await (await office.Send("/forms", "form", ("yaml", With("- {name: winter.x, zh: 甲, en: x, type: int, visible: registry.sise > 1}")), ("do", "check"))).Text(), StringComparison.Ordinal);

        Assert.Contains("value=\"publish\"", await (await office.Send("/forms", "form", ("yaml", Winter), ("do", "check"))).Text(), StringComparison.Ordinal);
        Assert.Contains("没有写明文件依据", await (await office.Send("/forms", "form", ("yaml", Winter), ("do", "publish"), ("from", "2020-06-01"), ("source", " "))).Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Send("/forms", "form", ("yaml", Winter), ("do", "publish"), ("from", "2020-06-01"), ("source", "垫文〔2020〕1号"))).StatusCode);

        var after = await phone.Bundle(before["cursor"]!.GetValue<string>());
        Assert.Contains(after["policy"]!["visitForms"]!.AsArray(), f => f!["code"]!.GetValue<string>() == "winter");
        Assert.Contains(after["policy"]!["forms"]!.AsArray(), f => f!["code"]!.GetValue<string>() == "winter_part");
        Assert.Contains("垫文〔2020〕1号", await office.GetStringAsync("/forms", Cancel), StringComparison.Ordinal);
        Assert.Equal(1, await world.Count("events", "name = 'forms.published'"));
        // Asked a second time under another form it is known.
        Assert.Equal(QuestionState.Known, (await Check(world, Winter.Replace("winter", "frost", StringComparison.Ordinal))).Questions[0].State);
    }

    [Fact]
    public async Task A_form_of_a_later_day_waits_for_it()
    {
        await using var world = await Open("sqlite");
        await world.Household();
        var phone = await world.Phone();
        var actor = Actor.System(new(DeskServer.County));
        Assert.Equal("forms.bad-start", Assert.Single((await world.With<IVisitForms, Outcome<Guid>>(f => f.Publish(actor, Winter, Day.AddDays(-1), "文", Cancel))).Problems).Code);
        Assert.True((await world.With<IVisitForms, Outcome<Guid>>(f => f.Publish(actor, Winter, Day.AddDays(1), "文", Cancel))).Succeeded);
        Assert.DoesNotContain("winter", (await phone.Bundle())["policy"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_verb_says_the_same_and_ends_with_1_while_a_form_asks_for_what_is_known(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await Run(database, ["import", Samples.Path(Samples.Files.First(f => f.Contains("户表", StringComparison.Ordinal))), Samples.Path(Samples.Files.First(f => f.Contains("人员表", StringComparison.Ordinal))), "--area", "500231"]);
        var file = Path.Combine(database.Place.Folder, "form.yaml");
        await File.WriteAllTextAsync(file, With("- {name: household.grade, zh: 房屋等级, en: grade, type: code, codes: house_grade}"), Cancel);
        var (code, output) = await Run(database, ["forms", "check", file, "--area", "500231", "--json"]);
        Assert.Equal(Commands.Refused, code);
        var found = JsonNode.Parse(output)!;
        Assert.False(found["accepted"]!.GetValue<bool>());
        Assert.Equal(600, found["households"]!.GetValue<int>());
        Assert.Equal(["new", "known"], found["questions"]!.AsArray().Select(q => q!["state"]!.GetValue<string>()));
        Assert.Equal("household.grade", found["questions"]![1]!["known"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(Commands.Refused, (await Run(database, ["forms", "publish", file, "--area", "500231", "--source", "文"])).Code);

        await File.WriteAllTextAsync(file, Winter, Cancel);
        Assert.Equal(Commands.Done, (await Run(database, ["forms", "check", file, "--area", "500231"])).Code);
        Assert.Equal(Commands.Done, (await Run(database, ["forms", "publish", file, "--area", "500231", "--source", "文"])).Code);
    }

    private static async Task<(int Code, string Output)> Run(TestDatabase database, string[] words)
    {
        await using var output = new StringWriter();
        string[] place = ["--data", database.Place.Folder, .. database.Place.Postgres is { } connection ? (string[])["--database", connection] : [], "--as-of", "2020-06-30"];
        var code = await Commands.Run([.. words, .. place], output, output, Cancel);
        return (code, output.ToString());
    }
}
