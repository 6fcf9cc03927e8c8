using Shouwang.Kernel;

namespace Shouwang.Server.Demo;

/// <summary>Gives the first villages the troubles that the demo's casework needs, whatever chance brought them.</summary>
internal sealed class SyntheticCast(SyntheticCounty county, AreaCode home, Random random)
{
    private const int MostWatched = 15;

    // Where the first villages lie in several townships each of them needs somebody.
    private int Townships => county.First.Select(v => v.Code.Parent).Distinct().Count();

    private readonly Queue<SyntheticHousehold> _free = new(Interleaved(county, home));

    /// <summary>Households on the monitoring list since before, whose income has recovered.</summary>
    public List<SyntheticHousehold> Recovered { get; } = [];

    /// <summary>Places them, as far as there are households nothing has happened to.</summary>
    public void Place()
    {
        var households = _free.Count;
        for (var i = 0; i < Math.Min(MostWatched + 8 * (Townships - 1), households / 8); i++)
            Watched();
        for (var i = 0; i < Math.Clamp(households / 4, 8, 34 + 10 * (Townships - 1)); i++)
            Early(i);
        for (var i = 0; i < Math.Clamp(households / 10, 4, 14 + 2 * (Townships - 1)); i++)
            Late();
    }

    // Every other household is one of the village where most accounts of the demo are.
    private static IEnumerable<SyntheticHousehold> Interleaved(SyntheticCounty county, AreaCode home)
    {
        var free = county.Households.Where(h => county.IsFirst(h) && h is { Troubled: false, Monitoring: null, Able: true } && h.Members.Count > 1).ToList();
        var (here, elsewhere) = (new Queue<SyntheticHousehold>(free.Where(h => h.Village == home)), new Queue<SyntheticHousehold>(
            free.Where(h => h.Village != home).GroupBy(h => h.Village).SelectMany(v => v.Index()).OrderBy(v => v.Index).Select(v => v.Item)));
        while (here.Count + elsewhere.Count > 0)
        {
            if (here.TryDequeue(out var near))
                yield return near;
            for (var i = 0; i < 2 && elsewhere.TryDequeue(out var far); i++)
                yield return far;
        }
    }

    private void Watched()
    {
        if (!_free.TryDequeue(out var household))
            return;
        household.Troubled = true;
        Lifted(household);
        SyntheticTroubles.Watched(household, county, random, random.Next(7_200, 8_400));
        county.Treatments.RemoveAll(t => t.Household == household);
        (household.SelfPaid, household.PreviousPerHead) = (0, random.Next(5_200, 5_900));
        (household.HouseGrade, household.SafeWater) = ("B", true);
        Recovered.Add(household);
    }

    /// <summary>What the first files show.</summary>
    private void Early(int number)
    {
        if (!_free.TryDequeue(out var household))
            return;
        household.Troubled = true;
        switch (number % 8)
        {
            case 0:
                Lifted(household);
                SyntheticTroubles.Poorer(household, random.Next(4_100, 5_900));
                break;
            case 1:
                SyntheticTroubles.Hospital(household, county, random, Before(county.FirstDay));
                break;
            case 2:
                SyntheticTroubles.Poorer(household, random.Next(4_300, 5_900));
                break;
            case 3:
                household.HouseGrade = random.Next(2) == 0 ? "C" : "D";
                break;
            case 4:
                Lifted(household);
                SyntheticTroubles.Hospital(household, county, random, Before(county.FirstDay));
                break;
            case 5:
                household.SafeWater = false;
                break;
            case 6:
                Lifted(household);
                SyntheticTroubles.Poorer(household, random.Next(4_400, 5_900));
                break;
            default:
                SyntheticTroubles.Overdue(household, county, random);
                break;
        }
    }

    /// <summary>What only the second file of the medical insurance shows.</summary>
    private void Late()
    {
        if (!_free.TryDequeue(out var household))
            return;
        if (random.Next(2) == 0)
            Lifted(household);
        SyntheticTroubles.Hospital(household, county, random, Before(county.AsOf));
        // The income survey of the first files was before.
        household.SelfPaid -= county.Treatments[^1].SelfPaid;
    }

    private void Lifted(SyntheticHousehold household)
    {
        (household.Status, household.LiftedYear, household.Cause) = ("脱贫", random.Next(2015, 2020), "缺技术");
        household.Helper ??= county.Name(Sex.Male);
    }

    /// <summary>A day late in the month before.</summary>
    private DateOnly Before(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddDays(-random.Next(3, 20));
}
