using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>However a bad line orders, repeats and cuts what phones send, each visit is in the register exactly once.</summary>
public sealed class DeliveryProperties
{
    private const int Visits = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Lines => [.. TestDatabase.All.SelectMany(kind => Enumerable.Range(1, 4).Select(seed => (kind.Data, seed)))];

    [Theory, MemberData(nameof(Lines))]
    public async Task Every_visit_lands_once_whatever_the_line_does(string kind, int seed)
    {
        await using var world = await Open(kind);
        var (line, phones) = (new Random(seed), new[] { await world.Phone(), await world.Phone("team") });
        var unsent = new List<(Phone Phone, Guid Id, object Envelope)>();
        for (var i = 0; i < Visits; i++)
        {
            var ((household, member), phone, id) = (await world.Household(), phones[line.Next(2)], Guid.CreateVersion7());
            unsent.Add((phone, id, phone.Seal("visit", id, Visit(id, household, Answer(member, "work_months", i, "new")))));
        }
        var all = unsent.ToList();

        for (var round = 0; unsent.Count > 0; round++)
        {
            Assert.True(round < 500, "The line never let everything through.");
            var phone = phones[line.Next(2)];
            var sent = all.Where(v => v.Phone == phone && line.Next(3) > 0).OrderBy(_ => line.Next()).ToList();
            if (line.Next(4) == 0 && sent.Count > 0)
                sent.Add(sent[0]);
            switch (line.Next(4))
            {
                case 0:
                    await CutOff(world, phone, sent.Select(v => v.Envelope), line.NextDouble());
                    break;
                case 1:
                    // It arrives, and the answer is lost: the phone knows of nothing.
                    await phone.HandIn([.. sent.Select(v => v.Envelope)]);
                    break;
                default:
                    var receipts = await phone.HandIn([.. sent.Select(v => v.Envelope)]);
                    Assert.Equal(sent.Select(v => v.Id), receipts.Select(r => r["id"]!.GetValue<Guid>()));
                    unsent.RemoveAll(v => receipts.Any(r => r["id"]!.GetValue<Guid>() == v.Id));
                    break;
            }
            if (line.Next(3) == 0)
                await world.Apply();
        }
        await world.Apply();

        Assert.Equal(Visits, await world.Count("visits"));
        Assert.Equal(Visits, await world.Count("field_submissions", "state = 'applied'"));
        Assert.Equal(Visits, await world.Count("field_submissions"));
        Assert.Equal(Visits, await world.Count("members", "work_months is not null"));
        foreach (var (phone, id, _) in all)
            Assert.Equal("applied", (await phone.Receipt(id))["state"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(Lines))]
    public async Task A_phone_ends_up_with_what_the_server_has_whatever_the_line_does_to_its_bundle(string kind, int seed)
    {
        await using var world = await Open(kind);
        var (line, phone, households) = (new Random(seed), await world.Phone(), new List<Guid>());
        for (var i = 0; i < 11; i++)
            households.Add((await world.Household()).Household);
        var (held, cursor, most) = (new Dictionary<Guid, string>(), (string?)null, 4);

        for (var (round, whole) = (0, false); !whole || round <= 12; round++)
        {
            Assert.True(round < 200, "The phone never got everything.");
            // What follows from the changes changes cards, too: the last asking comes after it.
            if (round == 12)
                await world.Screened();
            if (round < 12 && line.Next(3) == 0)
                await world.State(new(households[line.Next(households.Count)], null, "desk", null, Day, new Dictionary<string, object?> { ["grade"] = "ABCD"[line.Next(4)].ToString() }));
            if (round < 12 && line.Next(5) == 0)
                households.Add((await world.Household()).Household);
            whole = false;
            switch (line.Next(5))
            {
                case 0:
                    // The answer is lost, or arrives twice.
                    await phone.Bundle(cursor, most);
                    break;
                case 1:
                    await Begin(world, phone, cursor, line.Next(3));
                    most = Math.Max(1, most / 2);
                    break;
                default:
                    var page = await phone.Bundle(cursor, most);
                    foreach (var card in page["households"]!.AsArray())
                        held[card!["id"]!.GetValue<Guid>()] = card.ToJsonString();
                    foreach (var gone in page["gone"]!.AsArray())
                        held.Remove(gone!.GetValue<Guid>());
                    (cursor, whole) = (page["cursor"]!.GetValue<string>(), page["more"]?.GetValue<bool>() != true);
                    break;
            }
        }

        var fresh = await (await world.Phone()).Bundle();
        Assert.Equal(households.Order(), held.Keys.Order());
        Assert.Equal(fresh["households"]!.AsArray().ToDictionary(h => h!["id"]!.GetValue<Guid>(), h => h!.ToJsonString()), held);
    }

    /// <summary>An answer that is broken off after some bytes: the phone hangs up.</summary>
    private static async Task Begin(FieldWorld world, Phone phone, string? cursor, int bytes)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { cursor, most = 3 });
        using var connection = new TcpClient();
        await connection.ConnectAsync(world.Server.Address.Host, world.Server.Address.Port, Cancel);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/field/bundle HTTP/1.1\r\nHost: x\r\nAuthorization: {phone.Authorization}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), Cancel);
        await stream.WriteAsync(body, Cancel);
        if (bytes > 0)
            await stream.ReadExactlyAsync(new byte[bytes * 100], Cancel);
    }

    /// <summary>A request that ends in the middle of its body.</summary>
    private static async Task CutOff(FieldWorld world, Phone phone, IEnumerable<object> envelopes, double at)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { items = envelopes });
        using var connection = new TcpClient();
        await connection.ConnectAsync(world.Server.Address.Host, world.Server.Address.Port, Cancel);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/field/submissions HTTP/1.1\r\nHost: x\r\nAuthorization: {phone.Authorization}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), Cancel);
        await stream.WriteAsync(body.AsMemory(0, (int)(body.Length * at)), Cancel);
    }
}
