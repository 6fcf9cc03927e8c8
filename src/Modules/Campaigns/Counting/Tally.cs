using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>Adds up what belongs to a drive, place by place and day by day.</summary>
internal sealed class Tally(Campaign campaign, CampaignTemplate plan)
{
    /// <summary>What is being added up at one place.</summary>
    internal sealed class Place
    {
        public int Households, Visited, Found, PutRight, StruckOff, Overdue, Complete, Required, Known, ToClean, Explained, Cleaned;
        public readonly SortedDictionary<DateOnly, (int Visited, int Found, int PutRight, int Cleaned)> Days = [];
    }

    private readonly Dictionary<Guid, string> _households = [];
    private readonly HashSet<Guid> _visited = [];
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Column, string Area), (int Required, int Known)> _columns = [];
    private readonly Dictionary<(string Item, string Area), (int Fine, int Problem)> _items = [];
    private readonly Dictionary<Guid, Answer[]> _answers = [];
    private readonly List<ChecklistItem> _asked = [.. plan.Checklist.Where(c => c.From is not null)];
    private readonly Dictionary<string, int> _departments = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Area), (int ToClean, int Explained)> _rules = [];

    public Place At(string area)
    {
        if (!_places.TryGetValue(area, out var place))
            _places.Add(area, place = new());
        return place;
    }

    public void Household(Guid household, string area)
    {
        if (_households.TryAdd(household, area))
            At(area).Households++;
    }

    public void Required(string column, string area, int count)
    {
        At(area).Required += count;
        var (required, known) = _columns.GetValueOrDefault((column, area));
        _columns[(column, area)] = (required + count, known);
    }

    public void Known(string column, string area, int count)
    {
        At(area).Known += count;
        var (required, known) = _columns.GetValueOrDefault((column, area));
        _columns[(column, area)] = (required, known + count);
    }

    public void Recorded(string item, string area, Answer answer, int count)
    {
        var found = _items.GetValueOrDefault((item, area));
        _items[(item, area)] = answer == Answer.Fine ? found with { Fine = found.Fine + count } : found with { Problem = found.Problem + count };
    }

    /// <summary>A household counts as visited when somebody was there; a call is no visit, and yet answers what it answers.</summary>
    public void Visit(VisitMade visit)
    {
        if (!_households.TryGetValue(visit.Household, out var area))
            return;
        if (visit.Mode == VisitMode.AtHome && _visited.Add(visit.Household))
        {
            At(area).Visited++;
            On(area, visit.On, d => d with { Visited = d.Visited + 1 });
        }
        if (!_answers.TryGetValue(visit.Household, out var answers))
            _answers.Add(visit.Household, answers = new Answer[_asked.Count]);
        // Visits come in the order of days, so the latest word counts.
        for (var i = 0; i < _asked.Count; i++)
        {
            if (Checklists.Of(_asked[i], visit) is var said && said != Answer.Open)
                answers[i] = said;
        }
    }

    /// <summary>Takes what the visits said into the figures of the checklist; called once, after the last visit.</summary>
    public void TakeAnswers()
    {
        foreach (var (household, answers) in _answers)
        {
            for (var i = 0; i < _asked.Count; i++)
            {
                if (answers[i] != Answer.Open)
                    Recorded(_asked[i].Code, _households[household], answers[i], 1);
            }
        }
    }

    public void Issue(IssueMade issue, DateOnly today)
    {
        if (!Belongs(issue.Household, issue.Area))
            return;
        var (area, place) = (issue.Area, At(issue.Area));
        place.Found++;
        On(area, issue.FoundOn, d => d with { Found = d.Found + 1 });
        if (issue.PutRight)
        {
            place.PutRight++;
            if (issue.SubmittedOn is { } on)
                On(area, on, d => d with { PutRight = d.PutRight + 1 });
        }
        if (issue.StruckOff)
            place.StruckOff++;
        else
        {
            place.Overdue += issue.DueOn < today ? 1 : 0;
            if (issue.Department is { } department)
                _departments[department] = _departments.GetValueOrDefault(department) + 1;
        }
    }

    public void Finding(FindingMade finding)
    {
        // What is only worth knowing is nothing to be cleaned.
        if (finding.Severity == QualitySeverity.Info || !Belongs(finding.Household, finding.Village))
            return;
        var place = At(finding.Village);
        if (finding.FixedOn is { } on)
        {
            place.Cleaned++;
            On(finding.Village, on, d => d with { Cleaned = d.Cleaned + 1 });
        }
        else
        {
            var isExplained = finding.State == FindingState.Explained;
            var (toClean, explained) = _rules.GetValueOrDefault((finding.Rule, finding.Village));
            if (isExplained)
                (place.Explained, explained) = (place.Explained + 1, explained + 1);
            else
                (place.ToClean, toClean) = (place.ToClean + 1, toClean + 1);
            _rules[(finding.Rule, finding.Village)] = (toClean, explained);
        }
    }

    public Board ToBoard(DateOnly asOf)
    {
        var items = plan.Checklist.SelectMany(item => _places.Where(p => p.Value.Households > 0).Select(p =>
        {
            var (fine, problem) = _items.GetValueOrDefault((item.Code, p.Key));
            return new ItemFigures(item.Code, p.Key, fine, problem, p.Value.Households - fine - problem);
        })).ToList();
        var byPlace = items.ToLookup(i => i.Area);
        return new(asOf, _places.ToDictionary(p => p.Key, p => new PlaceFigures
            {
                Households = p.Value.Households, Visited = p.Value.Visited, ChecklistProblems = byPlace[p.Key].Sum(i => i.Problem), ChecklistOpen = byPlace[p.Key].Sum(i => i.Open),
                Found = p.Value.Found, PutRight = p.Value.PutRight, StruckOff = p.Value.StruckOff, Overdue = p.Value.Overdue, Complete = p.Value.Complete, Required = p.Value.Required,
                Known = p.Value.Known, ToClean = p.Value.ToClean, Explained = p.Value.Explained, Cleaned = p.Value.Cleaned,
            }),
            _places.Where(p => p.Value.Days.Count > 0).ToDictionary(p => p.Key, p => (IReadOnlyList<DayFigures>)[.. p.Value.Days.Select(d => new DayFigures(d.Key, d.Value.Visited, d.Value.Found, d.Value.PutRight, d.Value.Cleaned))]),
            items, [.. _columns.Select(c => new ColumnFigures(c.Key.Column, c.Key.Area, c.Value.Required, c.Value.Known))], _departments, [], [])
        {
            Rules = [.. _rules.Select(r => new RuleFigures(r.Key.Rule, r.Key.Area, r.Value.ToClean, r.Value.Explained))],
        };
    }

    // About a household it has to be one in scope; about a place, that has to lie in the drive's areas.
    private bool Belongs(Guid? household, string area) => household is { } id ? _households.ContainsKey(id) : campaign.Contains(new(area));

    private void On(string area, DateOnly day, Func<(int Visited, int Found, int PutRight, int Cleaned), (int, int, int, int)> add)
    {
        var days = At(area).Days;
        days[day] = add(days.GetValueOrDefault(day));
    }
}
