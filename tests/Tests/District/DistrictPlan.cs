namespace Shouwang.Tests.District;

/// <summary>What a simulated district goes through. The same plan with the same seed tries the same things.</summary>
/// <param name="Seed">Decides over every stretch without signal, every visit and every accident.</param>
/// <param name="Phones">Half of them have an older version of the app.</param>
/// <param name="Days">Of virtual time, ten hours each.</param>
/// <param name="VisitsADay">Of each phone, on average.</param>
/// <param name="Kills">How often the server's process is killed while phones send.</param>
/// <param name="Restarts">How often the database's server is stopped without ceremony.</param>
internal sealed record DistrictPlan(int Seed, int Phones, int Days, double VisitsADay, int Kills, int Restarts)
{
    public const int HoursADay = 10;

    /// <summary>Phones whose users share a village.</summary>
    public int PhonesAVillage { get; init; } = 10;

    public int Villages => (Phones + PhonesAVillage - 1) / PhonesAVillage;
}

/// <summary>What was tried, and what the end was like.</summary>
internal sealed class DistrictReport
{
    public int Visits, Attempts, Offline, Unreachable, AnswersLost, BodiesCut, SentTwice, Shuffled, PhoneCrashes, Kills, Restarts, Acknowledged;

    public override string ToString() =>
        $"{Visits} visits, {Attempts} attempts to hand in; {Offline} without signal, {Unreachable} without a server, {BodiesCut} cut off, {AnswersLost} whose answer was lost, "
        + $"{SentTwice} sent twice, {Shuffled} out of order, {PhoneCrashes} phones that crashed before they wrote down a receipt; server killed {Kills} times, database {Restarts} times; {Acknowledged} acknowledged";
}
