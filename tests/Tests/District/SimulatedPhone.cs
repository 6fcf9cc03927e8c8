using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Field;

namespace Shouwang.Tests.District;

/// <summary>A visit that a phone made and keeps until it has the receipt.</summary>
internal sealed record KeptVisit(Guid Id, string Hash, object Envelope);

/// <summary>A phone of the district: it makes visits, keeps them, and hands them in over whatever line there is.</summary>
/// <param name="chance">The phone's own, so that how fast others are does not change what it does.</param>
internal sealed class SimulatedPhone(Random chance, string authorization, string app, IReadOnlyList<(Guid Household, Guid Member)> households, byte[] serverPoint, string key, DistrictReport report)
{
    private readonly Dictionary<Guid, KeptVisit> _unsent = [];
    private int _visits, _offlineHours;

    /// <summary>Everything it ever made.</summary>
    public Dictionary<Guid, string> Made { get; } = [];

    /// <summary>Receipts that it wrote down.</summary>
    public Dictionary<Guid, string> Acknowledged { get; } = [];

    public IReadOnlyCollection<Guid> Unsent => _unsent.Keys;

    /// <summary>An hour of work: perhaps visits, perhaps a way out of reach or back.</summary>
    public void Work(DateOnly day, double visitsAnHour)
    {
        for (var left = visitsAnHour; left > 0; left--)
            if (chance.NextDouble() < left)
                Visit(day);
        if (_offlineHours > 0)
            _offlineHours--;
        else if (chance.Next(12) == 0)
            _offlineHours = chance.Next(1, 3 * DistrictPlan.HoursADay);
    }

    private void Visit(DateOnly day)
    {
        var (household, member) = households[_visits++ % households.Count];
        var id = Guid.CreateVersion7();
        var content = new Dictionary<string, object?>
        {
            ["id"] = id, ["household"] = household, ["visitedOn"] = day, ["purpose"] = "Monthly", ["mode"] = "AtHome",
            ["visitors"] = new[] { new { name = "村干部", unit = "村委会" } }, ["headPresent"] = true,
            ["answers"] = new object[]
            {
                new { member, attribute = "work_months", value = _visits, how = "new", @base = new { v = (object?)null, on = day } },
                new { member = (Guid?)null, attribute = "grade", value = "A", how = "confirmed", @base = new { v = (object?)"A", on = day } },
            },
            ["findings"] = new { Housing = "Fine", Water = "Fine" }, ["notes"] = new { }, ["tasks"] = Array.Empty<object>(), ["problems"] = Array.Empty<object>(),
            ["cardOnWall"] = true, ["yardClean"] = true, ["photos"] = Array.Empty<object>(),
        };
        // The older version counts nothing and does not say when a visit began.
        if (app != SimulatedDistrict.OldApp)
            (content["startedAt"], content["burden"]) = (day.ToDateTime(new(9, 0), DateTimeKind.Utc), new { form = "visit", asked = 2, prefilled = 1, confirmed = 1, typed = 1, taps = 6 });
        var plain = JsonSerializer.SerializeToUtf8Bytes(content, JsonTexts.Options);
        var closed = Sealed.Of(id, plain, serverPoint);
        _unsent.Add(id, new(id, closed.Hash, closed.Envelope(id, "visit", app, key)));
        Made.Add(id, closed.Hash);
        Interlocked.Increment(ref report.Visits);
    }

    /// <summary>Tries to hand in what it has. Whatever goes wrong, it keeps what it has no receipt for.</summary>
    /// <param name="smooth">Nothing goes wrong on the line.</param>
    public async Task HandIn(HttpClient http, bool smooth, CancellationToken cancel)
    {
        if (_unsent.Count == 0)
            return;
        if (!smooth && _offlineHours > 0)
        {
            Interlocked.Increment(ref report.Offline);
            return;
        }
        Interlocked.Increment(ref report.Attempts);
        var sent = _unsent.Values.ToList();
        if (!smooth && chance.Next(3) == 0 && sent.Count > 1)
        {
            Interlocked.Increment(ref report.Shuffled);
            sent = [.. sent.OrderBy(_ => chance.Next()).Take(chance.Next(1, sent.Count + 1))];
        }
        var body = JsonSerializer.SerializeToUtf8Bytes(new { items = sent.Take(50).Select(v => v.Envelope) }, JsonTexts.Options);
        try
        {
            switch (smooth ? 9 : chance.Next(10))
            {
                case 0:
                    Interlocked.Increment(ref report.BodiesCut);
                    await CutOff(http.BaseAddress!, body, chance.NextDouble(), cancel);
                    return;
                case 1:
                    Interlocked.Increment(ref report.AnswersLost);
                    await Post(http, body, cancel);
                    return;
                case 2:
                    Interlocked.Increment(ref report.PhoneCrashes);
                    await Post(http, body, cancel);
                    return;
                case 3:
                    Interlocked.Increment(ref report.SentTwice);
                    var (first, second) = (Post(http, body, cancel), Post(http, body, cancel));
                    Keep(await first);
                    Keep(await second);
                    return;
                default:
                    Keep(await Post(http, body, cancel));
                    return;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            Interlocked.Increment(ref report.Unreachable);
        }
    }

    private async Task<JsonArray> Post(HttpClient http, byte[] body, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/field/submissions")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }, Headers = { Authorization = AuthenticationHeaderValue.Parse(authorization) },
        };
        using var answer = await http.SendAsync(message, cancel);
        // A server that is just being ended may say 5xx; that it does not want a visit it may never say.
        if ((int)answer.StatusCode is >= 400 and < 500)
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!["receipts"]!.AsArray();
    }

    // A receipt that is not about what was sent would be worse than none.
    private void Keep(JsonArray receipts)
    {
        foreach (var receipt in receipts)
        {
            var (id, hash) = (receipt!["id"]!.GetValue<Guid>(), receipt["hash"]!.GetValue<string>());
            if (Made.GetValueOrDefault(id) != hash)
                throw new InvalidOperationException($"The receipt of {id} is about something else.");
            if (_unsent.Remove(id))
                Interlocked.Increment(ref report.Acknowledged);
            Acknowledged[id] = hash;
        }
    }

    private async Task CutOff(Uri server, byte[] body, double at, CancellationToken cancel)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port, cancel);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/field/submissions HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), cancel);
        await stream.WriteAsync(body.AsMemory(0, (int)(body.Length * at)), cancel);
    }
}
