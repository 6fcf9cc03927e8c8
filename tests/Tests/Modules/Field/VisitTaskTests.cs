using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Quality;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Desk;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>What a visit answers about a lead or a doubt needs no second entry at the desk, and no rule of the desk is passed by.</summary>
public sealed class VisitTaskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_verification_of_two_moves_the_lead_on_and_a_visit_of_one_does_not(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("lead", id, new { id, household, subject = "medical", text = "住院花费很大", on = Day, urgent = false }));
        await world.Apply();
        var lead = await world.Read(db => db.Set<Lead>().AsNoTracking().SingleAsync(l => l.HouseholdId == household, Cancel));
        var clerk = new Actor(Guid.CreateVersion7(), "clerk", "clerk", Role.TownshipClerk, new AreaCode(DeskServer.Township), null, []);
        var dispatched = await world.With<TakeLeadStep, Outcome<LeadStepTaken>>(s => s.Run(clerk, lead.Id,
            new(LeadEvent.Dispatch, Evidence: [new(EvidenceKinds.Order, Text: "请两名干部入户")], AssignedTo: "村干部"), Cancel));
        Assert.True(dispatched.Succeeded);

        async Task<LeadState> After(Dictionary<string, object?> visit)
        {
            visit["tasks"] = new[] { new { kind = "lead", id = lead.Id.ToString(), answer = "no_risk", text = "费用已报销" } };
            await phone.HandIn(phone.Seal("visit", (Guid)visit["id"]!, visit));
            await world.Apply();
            Assert.Equal("applied", (await phone.Receipt((Guid)visit["id"]!))["state"]!.GetValue<string>());
            return (await world.Read(db => db.Set<Lead>().AsNoTracking().SingleAsync(l => l.Id == lead.Id, Cancel))).State;
        }
        Assert.Equal(LeadState.Dispatched, await After(Visit(Guid.CreateVersion7(), household)));
        var picture = await phone.Upload(RandomNumberGenerator.GetBytes(900));
        var verification = Verification(Guid.CreateVersion7(), household, picture, new { user = phone.User, name = "村干部", unit = "金钱村" }, new { name = "队员", unit = "驻村工作队" });
        Assert.Equal(LeadState.DismissalProposed, await After(verification));
        // Told once more, the visit's answer finds nothing to do; the visit stands all the same.
        var late = Verification(Guid.CreateVersion7(), household, picture, new { user = phone.User, name = "村干部", unit = "金钱村" }, new { name = "队员", unit = "驻村工作队" });
        Assert.Equal(LeadState.DismissalProposed, await After(late));
        Assert.Contains("线索未能推进", (await phone.Receipt((Guid)late["id"]!))["notes"]![0]!["zh"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_measure_that_the_household_signs_for_has_arrived_as_planned(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var measure = new Measure
        {
            County = DeskServer.County, Id = Guid.CreateVersion7(), HouseholdId = household, Area = DeskServer.Village, Cause = "01", Type = "M101", Family = "industry", Developmental = true,
            Unit = "农业农村局", Person = "经办人", AmountFen = Money.FromYuan(1800), Quantity = "柑橘苗80株", PlannedOn = Day, PlannedEndOn = Day.AddDays(30), ProposedBy = Guid.CreateVersion7(),
            StartedOn = Day, State = MeasureState.InProgress,
        };
        await world.Read(async db =>
        {
            db.Add(measure);
            return await db.SaveChangesAsync(Cancel);
        });
        async Task<Measure> After(string answer, string? signature)
        {
            var visit = Visit(Guid.CreateVersion7(), household);
            (visit["tasks"], visit["signature"]) = (new[] { new { kind = "measure", id = measure.Id.ToString(), answer } }, signature);
            await phone.HandIn(phone.Seal("visit", (Guid)visit["id"]!, visit));
            await world.Apply();
            Assert.Equal("applied", (await phone.Receipt((Guid)visit["id"]!))["state"]!.GetValue<string>());
            return await world.Read(db => db.Set<Measure>().AsNoTracking().SingleAsync(m => m.Id == measure.Id, Cancel));
        }
        var picture = await phone.Upload(RandomNumberGenerator.GetBytes(900));
        Assert.Equal(MeasureState.InProgress, (await After("received", null)).State);
        Assert.Equal(MeasureState.InProgress, (await After("partly", picture)).State);
        var delivered = await After("received", picture);
        Assert.Equal((MeasureState.Delivered, measure.AmountFen, measure.Quantity), (delivered.State, delivered.AmountFen, delivered.Quantity));
        var step = await world.Read(db => db.Set<CaseStep>().AsNoTracking().SingleAsync(s => s.SubjectId == measure.Id, Cancel));
        Assert.Equal((phone.User, nameof(MeasureEvent.Deliver)), (step.UserId, step.Event));
        Assert.Contains(picture, step.Evidence, StringComparison.Ordinal);
        // Seen again a month later, it stays what it is.
        Assert.Equal(delivered.Version, (await After("received", picture)).Version);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_doubt_that_is_right_at_the_house_is_explained(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        await world.With<IQuality, QualityResult>(q => q.Run(new AreaCode(DeskServer.County), Day, "test", Cancel));
        var doubt = await world.Read(db => db.Set<StoredFinding>().AsNoTracking().FirstAsync(f => f.HouseholdId == household && f.ClosedOn == null, Cancel));
        var visit = Visit(Guid.CreateVersion7(), household);
        visit["tasks"] = new[] { new { kind = "doubt", id = doubt.Id.ToString(), answer = "right", text = "入户看过证件，无误" } };
        await phone.HandIn(phone.Seal("visit", (Guid)visit["id"]!, visit));
        await world.Apply();
        var (state, by) = await world.Read(async db => await db.Set<StoredFinding>().AsNoTracking().Where(f => f.Id == doubt.Id).Select(f => new ValueTuple<FindingState, string?>(f.State, f.ExplainedBy)).SingleAsync(Cancel));
        Assert.Equal((FindingState.Explained, "cadre"), (state, by));
    }
}
