using System.Globalization;
using Shouwang.Kernel.Calendar;

namespace Shouwang.Platform.Policy.Reading;

// Names, measures, clocks and calendars.
internal sealed partial class PackReader
{
    private void Terms(Section file)
    {
        foreach (var item in file.Items("categories", "code"))
        {
            var names = new List<CategoryName>();
            foreach (var name in item.Items("names", "from"))
            {
                names.Add(new(name.TextHere(), name.DateOrNull("from"), name.DateOrNull("to")));
                name.NothingElse();
            }
            var code = item.Word("code");
            pack.Categories.Put(code, new(code, names, item.Text("meaning"), Source(item).Text), item);
            item.NothingElse();
        }
        foreach (var item in file.Items("departments", "code"))
            Put(pack.Departments, item, code => new(code, item.TextHere()));
        foreach (var item in file.Items("causes", "code"))
            Put(pack.Causes, item, code => new(code, item.TextHere(), item.Text("needs"), Source(item).Text));
        foreach (var item in file.Items("disaster_subtypes", "code"))
            Put(pack.Disasters, item, code => new(code, item.TextHere()));
        foreach (var item in file.Items("measure_families", "code"))
            Put(pack.Families, item, code => new(code, item.TextHere()));
        foreach (var item in file.Items("measures", "code"))
        {
            Refer(Referred.Family, item, "family");
            Put(pack.Measures, item, code => new(code, item.TextHere(), item.Word("family"), item.Flag("developmental"),
                item.NumberOrNull("usual_yuan"), item.Flag("usual_assumed"), Source(item).Text));
        }
        foreach (var item in file.Items("cause_measures", "cause"))
        {
            Refer(Referred.Cause, item, "cause");
            Refer(Referred.Family, item, "families");
            Refer(Referred.Measure, item, "typical");
            var cause = item.Word("cause");
            var (source, assumed) = Source(item);
            pack.CauseMeasures.Put(cause, new(cause, item.Words("families"), item.Words("typical"), source, assumed), item);
            item.NothingElse();
        }
    }

    private static void Put<T>(Shelf<T> shelf, Section item, Func<string, T> read)
    {
        var code = item.Word("code");
        shelf.Put(code, read(code), item);
        item.NothingElse();
    }

    private void Clocks(Section file)
    {
        foreach (var item in file.Items("clocks", "key"))
        {
            var key = item.Word("key");
            var (source, assumed) = Source(item);
            pack.Clocks.Put(key, new(key, item.TextHere(), Limit(item), item.Flag("minimum"), source, assumed), item);
            item.NothingElse();
        }
        foreach (var item in file.Items("calendar", "year"))
        {
            var year = item.Whole("year");
            Source(item);
            pack.Calendar.Put($"{year}", new(year, Days(item, "off", year), Days(item, "worked", year)), item);
            item.NothingElse();
        }
    }

    // One amount in one unit.
    private static TimeLimit Limit(Section item)
    {
        var units = new[] { ("working_days", TimeUnit.WorkingDays), ("calendar_days", TimeUnit.CalendarDays), ("months", TimeUnit.Months) };
        var given = units.Where(u => item.Has(u.Item1)).ToList();
        if (given.Count != 1)
            item.Wrong(given.Count == 0 ? "working_days" : given[1].Item1,
                new("时限要写且只写一种单位。", "A clock has exactly one unit."),
                new("请写 working_days、calendar_days 或 months 之一。", "Give one of working_days, calendar_days, months."));
        var limit = given.Count == 0 ? default : new TimeLimit(item.Whole(given[0].Item1), given[0].Item2);
        if (limit.Amount < 0)
            item.Wrong(given[0].Item1, new("时限不能为负。", "A clock cannot be negative."), new("请更正。", "Correct it."));
        return limit;
    }

    // Days are written 01-24 or, for a span, 01-24..02-02; a holiday may begin in the December before.
    private List<DateOnly> Days(Section item, string key, int year)
    {
        var days = new List<DateOnly>();
        foreach (var word in item.LocatedWords(key))
        {
            var ends = word.Value.Split("..");
            var from = Day(ends[0], year);
            var to = Day(ends[^1], year);
            if (from is null || to is null || ends.Length > 2 || to < from || to.Value.DayNumber - from.Value.DayNumber > 20)
                findings.Add(word.At, word.Path, new($"“{word.Value}”不是日期或时段。", $"'{word.Value}' is neither a day nor a span."),
                    new("请写 05-01 或 05-01..05-05；跨年的写 2022-12-31。", "Write 05-01, or 05-01..05-05; across the year 2022-12-31."));
            else
                for (var day = from.Value; day <= to; day = day.AddDays(1))
                    days.Add(day);
        }
        return days;
    }

    private static DateOnly? Day(string text, int year) =>
        DateOnly.TryParseExact(text.Length == 5 ? $"{year}-{text}" : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day) ? day : null;
}
