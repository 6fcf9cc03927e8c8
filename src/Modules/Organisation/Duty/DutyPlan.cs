using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Organisation.Duty;

/// <summary>Somebody who can stand on a roster.</summary>
/// <param name="Leads">One of the leaders of whom one has to be in the township.</param>
/// <param name="From">The first day, and the last, on which the person belongs to the staff.</param>
public sealed record DutyPerson(Guid Member, string Name, string Post, bool Leads, DateOnly From, DateOnly? To)
{
    public bool IsThereOn(DateOnly day) => From <= day && (To is null || To >= day);
}

/// <summary>A rule that a plan does not keep on a day.</summary>
/// <param name="Needed">People who would have to be there.</param>
/// <param name="Planned">People who are.</param>
public sealed record DutyGap(DateOnly Day, DutyRule Rule, int Needed, int Planned);

/// <summary>Who is planned to be where in a week of a township.</summary>
public sealed class DutyPlan(AreaCode township, DateOnly week, IReadOnlyList<DutyPerson> people)
{
    private readonly Dictionary<(Guid Member, DateOnly Day), AreaCode> _places = [];

    public AreaCode Township => township;

    public DateOnly Week => week;

    public IReadOnlyList<DutyPerson> People => people;

    public IReadOnlyList<DateOnly> Days { get; } = [.. Enumerable.Range(0, 7).Select(week.AddDays)];

    /// <summary>Where somebody is planned to be; null where nothing is planned.</summary>
    public AreaCode? this[Guid member, DateOnly day]
    {
        get => _places.TryGetValue((member, day), out var place) ? place : null;
        set
        {
            if (value is { } place)
                _places[(member, day)] = place;
            else
                _places.Remove((member, day));
        }
    }

    public IEnumerable<(Guid Member, DateOnly Day, AreaCode Place)> Entries => _places.Select(p => (p.Key.Member, p.Key.Day, p.Value));

    /// <summary>The village somebody is posted to on most days; null for none.</summary>
    public AreaCode? VillageOf(Guid member) => _places.Where(p => p.Key.Member == member && p.Value.Level == AreaLevel.Village)
        .GroupBy(p => p.Value).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => (AreaCode?)g.Key).FirstOrDefault();

    /// <summary>What does not keep the rules, day by day. A rule about nobody is kept: a township without people on the roster has no gaps, but no roster either.</summary>
    public IReadOnlyList<DutyGap> Gaps(IReadOnlyList<DutyRule> rules, WorkCalendar calendar) =>
        [.. from day in Days from rule in rules where rule.HoldsOn(day, calendar) let gap = GapOf(rule, day) where gap is not null select gap];

    private DutyGap? GapOf(DutyRule rule, DateOnly day)
    {
        var concerned = Of(rule, day);
        var (needed, planned) = (rule.Needed(concerned.Count), concerned.Count(p => IsKeptBy(rule, p, day)));
        return planned < needed ? new(day, rule, needed, planned) : null;
    }

    private List<DutyPerson> Of(DutyRule rule, DateOnly day) => [.. people.Where(p => p.Leads == (rule.Who == DutyWho.Leaders) && p.IsThereOn(day))];

    // Whoever is posted to a village of the township is in the township, too.
    private bool IsKeptBy(DutyRule rule, DutyPerson person, DateOnly day) =>
        this[person.Member, day] is { } place && (rule.Where == DutyWhere.Township ? township.Contains(place) : place.Level == AreaLevel.Village);

    /// <summary>
    /// A plan that keeps every rule, as far as there are people: on working days everybody is at work, leaders take turns on the others, whose turn
    /// it is to stay in villages goes round, and everybody goes to the village where he or she was the week before.
    /// </summary>
    /// <param name="villages">Of the township.</param>
    /// <param name="before">The plan of the week before, if there is one.</param>
    public static DutyPlan Suggest(AreaCode township, DateOnly week, IReadOnlyList<DutyPerson> people, IReadOnlyList<AreaCode> villages, IReadOnlyList<DutyRule> rules, WorkCalendar calendar, DutyPlan? before)
    {
        var plan = new DutyPlan(township, week, people);
        var turn = week.DayNumber / 7;
        foreach (var day in plan.Days.Where(calendar.IsWorkday))
        {
            foreach (var person in people.Where(p => p.IsThereOn(day)))
                plan[person.Member, day] = township;
        }
        foreach (var day in plan.Days)
        {
            // Those who have to be in villages are sent there first, so that nobody is counted twice over.
            foreach (var rule in rules.Where(r => r.HoldsOn(day, calendar)).OrderByDescending(r => r.Where))
            {
                var concerned = plan.Of(rule, day);
                for (var i = 0; i < concerned.Count && concerned.Count(p => plan.IsKeptBy(rule, p, day)) < rule.Needed(concerned.Count); i++)
                {
                    var person = concerned[(i + turn + day.DayNumber) % concerned.Count];
                    if (!plan.IsKeptBy(rule, person, day))
                        plan[person.Member, day] = rule.Where == DutyWhere.Village && villages.Count > 0 ? Village(person) : township;
                }
            }
        }
        return plan;

        AreaCode Village(DutyPerson person) => before?.VillageOf(person.Member) is { } known && villages.Contains(known) ? known
            : villages[people.Index().First(p => p.Item.Member == person.Member).Index % villages.Count];
    }
}
