using System.Text.Json;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Field;

namespace Shouwang.Bench.Field;

/// <summary>A household to visit, with what the register says of its people.</summary>
internal sealed record VisitedHousehold(Guid Id, string? Grade, IReadOnlyList<VisitedPerson> People);

internal sealed record VisitedPerson(Guid Id, string? Labour, string? WorkPlace, long? WorkMonths, bool? InsRes, bool? InsEmp, string? Student);

/// <summary>Visits as the field app writes them: most answers confirm what is known, a few change it.</summary>
internal static class MadeVisits
{
    /// <param name="answers">How many questions are answered.</param>
    public static (Guid Id, object Envelope) Make(VisitedHousehold household, int answers, byte[] serverPoint, string key, Random chance)
    {
        var id = Guid.CreateVersion7();
        var given = Answers(household, answers, chance);
        var content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id, household = household.Id, visitedOn = CountyFiles.Day, startedAt = TimeProvider.System.GetUtcNow(), purpose = "Monthly", mode = "AtHome",
            visitors = new[] { new { name = "村干部", unit = "村委会" } }, headPresent = true, answers = given,
            findings = new { FoodAndClothing = "Fine", Education = "Fine", Medical = "Fine", Housing = "Fine", Water = "Fine", IncomeAndWork = "Fine" },
            notes = new { }, tasks = Array.Empty<object>(), problems = Array.Empty<object>(), cardOnWall = true, yardClean = true, photos = Array.Empty<object>(),
            burden = new { form = "visit", asked = answers, prefilled = answers, confirmed = answers - 2, typed = 0, taps = 8 },
        }, JsonTexts.Options);
        return (id, Sealed.Of(id, content, serverPoint).Envelope(id, "visit", "1.0.0", key));
    }

    private static List<object> Answers(VisitedHousehold household, int count, Random chance)
    {
        var answers = new List<object>(count) { Confirmed(null, "grade", household.Grade ?? "B", household.Grade) };
        foreach (var person in household.People)
        {
            // Somebody found work, or has worked on: what a month brings.
            var months = (person.WorkMonths ?? 0) + 1;
            answers.Add(chance.Next(3) == 0 ? Changed(person.Id, "work_months", months, person.WorkMonths) : Confirmed(person.Id, "work_months", person.WorkMonths ?? months, person.WorkMonths));
            answers.Add(Confirmed(person.Id, "ins_res", person.InsRes ?? true, person.InsRes));
            answers.Add(Confirmed(person.Id, "ins_emp", person.InsEmp ?? false, person.InsEmp));
            answers.Add(Confirmed(person.Id, "labour", person.Labour ?? "1", person.Labour));
            answers.Add(Confirmed(person.Id, "work_place", person.WorkPlace ?? "本乡镇", person.WorkPlace));
            answers.Add(Confirmed(person.Id, "student", person.Student ?? "0", person.Student));
        }
        // A long form asks for much that the register has no column for; it keeps that all the same.
        for (var i = 0; answers.Count < count; i++)
            answers.Add(Changed(null, $"question_{i}", i % 4 == 0 ? "没有变化" : i % 2 == 0, null));
        return answers.Count > count ? answers.GetRange(0, count) : answers;
    }

    private static object Confirmed(Guid? member, string attribute, object value, object? known) => Answer(member, attribute, value, known is null ? "new" : "confirmed", known);

    private static object Changed(Guid? member, string attribute, object value, object? known) => Answer(member, attribute, value, known is null ? "new" : "changed", known);

    private static object Answer(Guid? member, string attribute, object value, string how, object? known) =>
        new { member, attribute, value, how, @base = new { v = known, on = CountyFiles.Day.AddMonths(-3) } };
}
