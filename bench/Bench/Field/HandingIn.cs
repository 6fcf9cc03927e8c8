using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Shouwang.Bench.Field;

/// <summary>A phone that was enrolled: its right to hand in, and the households of its user.</summary>
internal sealed record BenchPhone(string Authorization, IReadOnlyList<VisitedHousehold> Households);

/// <summary>A request that is ready to be sent, with the ids in it.</summary>
internal sealed record ReadyRequest(byte[] Body, IReadOnlyList<Guid> Ids);

/// <summary>What came of handing in.</summary>
/// <param name="Milliseconds">From sending a request to its receipts, ascending.</param>
/// <param name="Acknowledged">Ids for which a receipt came, each once.</param>
internal sealed record HandedIn(TimeSpan Took, List<double> Milliseconds, IReadOnlyCollection<Guid> Acknowledged)
{
    public double ASecond => Acknowledged.Count / Took.TotalSeconds;

    public double At(double share) => Milliseconds[(int)((Milliseconds.Count - 1) * share)];
}

/// <summary>Phones that hand in at the same time, each over a connection of its own.</summary>
internal sealed class HandingIn(Uri server)
{
    /// <summary>Sends everything as quickly as receipts come, or at a steady pace.</summary>
    /// <param name="perPhone">What each phone sends, in order.</param>
    /// <param name="aSecond">Visits a second of all phones together; null for as many as there can be.</param>
    public async Task<HandedIn> Run(IReadOnlyList<(BenchPhone Phone, IReadOnlyList<ReadyRequest> Requests)> perPhone, double? aSecond, CancellationToken cancel)
    {
        var (times, acknowledged) = (new ConcurrentBag<double>(), new ConcurrentDictionary<Guid, bool>());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(perPhone.Select((one, index) => Task.Run(() => Send(one.Phone, one.Requests, index), cancel)));
        return new(watch.Elapsed, [.. times.Order()], [.. acknowledged.Keys]);

        async Task Send(BenchPhone phone, IReadOnlyList<ReadyRequest> requests, int index)
        {
            using var http = new HttpClient { BaseAddress = server };
            http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(phone.Authorization);
            var sent = 0;
            foreach (var request in requests)
            {
                // Phones take turns within the pace, and one that is late does not wait.
                if (aSecond is { } pace && TimeSpan.FromSeconds((sent * perPhone.Count + index) / pace) - watch.Elapsed is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancel);
                sent += request.Ids.Count;
                var began = Stopwatch.GetTimestamp();
                using var body = new ByteArrayContent(request.Body) { Headers = { ContentType = new("application/json") } };
                using var answer = await http.PostAsync(new Uri("/api/v1/field/submissions", UriKind.Relative), body, cancel);
                answer.EnsureSuccessStatusCode();
                var receipts = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancel))!["receipts"]!.AsArray();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                foreach (var receipt in receipts)
                    if (receipt!["repeated"]!.GetValue<bool>() || !acknowledged.TryAdd(receipt["id"]!.GetValue<Guid>(), true))
                        throw new InvalidOperationException("A visit was acknowledged twice.");
            }
        }
    }
}
