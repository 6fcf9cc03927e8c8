using System.Text.Json.Nodes;
using Shouwang.Modules.Field.Bundle;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Kernel.Rules;

namespace Shouwang.Tests.Modules.Field;

/// <summary>Cards field by field: the server's half; the phone's is held to the same file by <c>web/field/test/columns.test.ts</c>.</summary>
public sealed class ColumnsTests
{
    private static string File() => Path.Combine(Path.GetDirectoryName(RuleVectors.File())!, "columns.json");

    [Fact]
    public void The_columns_of_the_cards_in_the_file_are_those_that_phones_are_tested_with()
    {
        var file = JsonNode.Parse(System.IO.File.ReadAllText(File()))!;
        var columns = Columns.Of(file["cards"]!.AsArray().Select(c => c!))!;
        Assert.True(JsonNode.DeepEquals(file["columns"]!["cards"], columns), $"Expected in {File()}:\n{columns.ToJsonString(JsonTexts.Options)}");
    }

    [Fact]
    public void What_all_have_in_common_is_said_once()
    {
        JsonNode Card(int n) => JsonNode.Parse($$$"""{"id":"h{{{n}}}","code":"50{{{n}}}","area":"5002","members":[{"id":"m{{{n}}}","code":"50{{{n}}}01","name":"名{{{n}}}"}],"values":{"household.grade":{"v":"A","on":"2020-05-01","src":"housing"},"member.m{{{n}}}.student":{"v":"{{{n % 2}}}","on":"2020-05-01","src":"education"}},"missing":["member.m{{{n}}}.labour"]}""")!;
        var of = Columns.Of(Enumerable.Range(10, 8).Select(Card))!["of"]!;
        Assert.Equal("""{"all":"5002"}""", of["area"]!.ToJsonString());
        Assert.Equal("""{"of":{"household.grade":{"of":{"v":{"all":"A"},"on":{"all":"2020-05-01"},"src":{"all":"housing"}}}}}""", of["values"]!.ToJsonString());
        Assert.Equal("""{"words":["0","1"],"at":"01010101"}""", of["members"]!["each"]!["of"]!["values"]!["of"]!["student"]!["of"]!["v"]!.ToJsonString());
        Assert.Equal("""{"all":"+01"}""", of["members"]!["each"]!["of"]!["code"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal("""{"count":{"all":1},"each":{"all":"member.0.labour"}}""", of["missing"]!.ToJsonString());
        Assert.Equal(8, of["id"]!.AsArray().Count);
    }

    [Fact]
    public void No_cards_have_no_columns() => Assert.Null(Columns.Of([]));
}
