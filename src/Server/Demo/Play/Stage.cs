using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Server.Demo.Play;

/// <summary>A use case refused what the play wanted: the play, or the product, is wrong about its own rules.</summary>
internal sealed class RefusedException(IReadOnlyList<Problem> problems) : Exception(string.Join(' ', problems.Select(p => p.In(Language.En))))
{
    public RefusedException() : this([])
    {
    }
}

/// <summary>A household on the stage.</summary>
internal sealed record Home(SyntheticHousehold Made, Guid Id, VillagePeople People)
{
    public AreaCode Village => Made.Village;

    /// <summary>Varies words and pictures from household to household.</summary>
    public int Seed => int.Parse(Made.Code[^3..], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Where the play takes place: people do things through the use cases that the desk calls, each in a unit of work of its own.</summary>
internal sealed class Stage(IServiceProvider services, PlayClock clock, Policy policy, Accounts accounts, Pictures pictures, CancellationToken cancel)
{
    public Policy Policy => policy;

    public Accounts People => accounts;

    public Pictures Pictures => pictures;

    public CancellationToken Cancel => cancel;

    public DateOnly Today => clock.Day;

    /// <summary>The day on which the demo is looked at.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Somebody does something.</summary>
    /// <exception cref="RefusedException">It was refused.</exception>
    public async Task<T> Do<TService, T>(Func<TService, Task<Outcome<T>>> act) where TService : notnull
    {
        clock.Pass();
        var outcome = await Ask<TService, Outcome<T>>(act);
        return outcome.Succeeded ? outcome.Value : throw new RefusedException(outcome.Problems);
    }

    /// <summary>Looks something up; no time goes by.</summary>
    public async Task<T> Ask<TService, T>(Func<TService, Task<T>> ask) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Many like things at once, in one unit of work.</summary>
    /// <exception cref="RefusedException">One of them was refused; none is done then.</exception>
    public async Task Together(Func<IServiceProvider, Task> act)
    {
        clock.Pass();
        await using var scope = services.CreateAsyncScope();
        var done = await scope.ServiceProvider.GetRequiredService<ShouwangDb>().Atomically<int>(async () =>
        {
            await act(scope.ServiceProvider);
            return 1;
        }, cancel);
        if (!done.Succeeded)
            throw new RefusedException(done.Problems);
    }

    /// <summary>Somebody who sees only assigned households, with those assigned now.</summary>
    public async Task<Actor> Assigned(string name)
    {
        var actor = accounts[name];
        return actor with { Households = await Ask<IAssignments, IReadOnlyList<Guid>>(a => a.Of(actor.County, actor.User, cancel)) };
    }

    public Task<LeadRef?> OpenLead(Home home) => Ask<ILeadQueue, LeadRef?>(l => l.OpenOf(home.Village.County.Digits, home.Id, cancel));

    /// <summary>Two people of the village visit the household and record what they found.</summary>
    /// <param name="trouble">Subjects in which something was wrong, with what was said.</param>
    public async Task<Guid> Visit(
        Home home, VisitPurpose purpose, IReadOnlyDictionary<VisitSubject, string>? trouble = null, Actor? by = null, DateOnly? on = null, decimal? income = null,
        string? needs = null, params VisitProblem[] problems)
    {
        var (house, signature) = (await pictures.House(home.Seed, cancel), await pictures.Signature(home.Seed, cancel));
        var visitor = by ?? home.People.Cadre;
        var second = visitor.User == home.People.Secretary.User ? home.People.Cadre : home.People.Secretary;
        var verifies = purpose is VisitPurpose.Verification or VisitPurpose.Elimination;
        IReadOnlyList<Visitor> visitors = verifies
            ? [new(visitor.User, visitor.DisplayName, home.People.Name), new(second.User, second.DisplayName, home.People.Name)]
            : [new(visitor.User, visitor.DisplayName, home.People.Name)];
        var pupil = home.Made.Members.Exists(m => m.Student is not null);
        return await Do<RecordVisit, Guid>(r => r.Run(visitor, new(Guid.CreateVersion7(), home.Id, on ?? clock.Day, purpose, VisitMode.AtHome, visitors, "户主", true,
            Enum.GetValues<VisitSubject>().ToDictionary(s => s, s => trouble?.ContainsKey(s) == true ? VisitFinding.Problem
                : s == VisitSubject.Education && !pupil ? VisitFinding.DoesNotApply : VisitFinding.Fine),
            trouble ?? new Dictionary<VisitSubject, string>(), verifies ? income ?? Math.Round(home.Made.Net, 0) : income, needs, true, home.Seed % 5 != 0, true,
            verifies ? signature : null, [house], [], problems), cancel));
    }

    public static Evidence Words(string kind, string text) => new(kind, Text: text);

    public async Task<Evidence> Page(string kind, Home home) => new(kind, await pictures.Page(home.Seed, cancel));
}
