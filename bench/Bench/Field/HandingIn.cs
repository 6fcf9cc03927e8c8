using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Shouwang.Bench.Field;

/// <summary>A phone that was enrolled: its right to hand in, and the households of its user.</summary>
internal sealed record BenchPhone(string Authorization, IReadOnlyList<VisitedHousehold> Households);

/// <summary>A request that is ready to be sent: by which phone, and the visit in it.</summary>
internal sealed record ReadyRequest(string Authorization, byte[] Body, Guid Id);

/// <summary>What came of handing in.</summary>
/// <param name="Milliseconds">From sending a request to its receipts, ascending.</param>
/// <param name="Acknowledged">Ids for which a receipt came, each once.</param>
internal sealed record HandedIn(TimeSpan Took, List<double> Milliseconds, IReadOnlyCollection<Guid> Acknowledged)
{
    public double ASecond => Acknowledged.Count / Took.TotalSeconds;

    public double At(double share) => Milliseconds[(int)((Milliseconds.Count - 1) * share)];
}

/// <summary>Phones that hand in at the same time. One phone after the other uses a connection, as phones come into reach of a network.</summary>
internal sealed class HandingIn(Uri server)
{
    /// <summary>Sends everything as quickly as receipts come, or at a steady pace.</summary>
    /// <param name="lines">What is sent over each connection, in order.</param>
    /// <param name="aSecond">Visits a second over all connections together; null for as many as there can be.</param>
    public async Task<HandedIn> Run(IReadOnlyList<IReadOnlyList<ReadyRequest>> lines, double? aSecond, CancellationToken cancel)
    {
        var (times, acknowledged) = (new ConcurrentBag<double>(), new ConcurrentDictionary<Guid, bool>());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(lines.Select((requests, index) => Task.Run(() => Send(requests, index), cancel)));
        return new(watch.Elapsed, [.. times.Order()], [.. acknowledged.Keys]);

        async Task Send(IReadOnlyList<ReadyRequest> requests, int index)
        {
            using var http = new HttpClient { BaseAddress = server };
            foreach (var (sent, request) in requests.Index())
            {
                // Phones take turns within the pace, and one that is late does not wait.
                if (aSecond is { } pace && TimeSpan.FromSeconds((sent * lines.Count + index) / pace) - watch.Elapsed is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancel);
                var began = Stopwatch.GetTimestamp();
                using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/field/submissions")
                {
                    Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new("application/json") } },
                    Headers = { Authorization = AuthenticationHeaderValue.Parse(request.Authorization) },
                };
                using var answer = await http.SendAsync(message, cancel);
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
