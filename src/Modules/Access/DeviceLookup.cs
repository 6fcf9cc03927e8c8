using System.Data.Common;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>A phone and its user as rows say now.</summary>
internal sealed record FoundDevice(
    string County, Guid Id, DateTimeOffset SeenAt, bool Ended, Guid User, string Name, string DisplayName, Role Role, string Area, string? Department);

/// <summary>Finds the phones of all requests that come in at the same moment with one statement.</summary>
/// <remarks>
/// In the evening hundreds of phones find a network together, and each request has to prove itself. Nothing is remembered between two
/// statements: a phone that was ended is turned away from its next request on, by every server. A connection of its own, without the
/// context, since a request that only hands in needs none.
/// </remarks>
internal sealed class DeviceLookup(DatabasePlace place)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(4);

    private readonly Gathering _gathering = new();
    private readonly Lock _turn = new();
    private List<Question> _asked = [];
    private bool _asking;

    private sealed record Question(byte[] TokenHash)
    {
        public TaskCompletionSource<FoundDevice?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The phone with this token, or null.</summary>
    public Task<FoundDevice?> Find(byte[] tokenHash, CancellationToken cancel)
    {
        var question = new Question(tokenHash);
        lock (_turn)
        {
            _asked.Add(question);
            _gathering.Came();
            if (!_asking)
                (_asking, _) = (true, Task.Run(AskAll, CancellationToken.None));
        }
        return question.Answer.Task.WaitAsync(cancel);
    }

    // While one statement is under way, and a little longer, the questions for the next gather.
    private async Task AskAll()
    {
        while (Next() is { } questions)
        {
            try
            {
                var found = await Ask([.. questions.Select(q => q.TokenHash)]);
                foreach (var question in questions)
                    question.Answer.SetResult(found.GetValueOrDefault(Convert.ToHexString(question.TokenHash)));
            }
            catch (Exception e)
            {
                foreach (var question in questions)
                    question.Answer.TrySetException(e);
            }
            await _gathering.Wait(questions.Count, Rest, CancellationToken.None);
        }
    }

    private List<Question>? Next()
    {
        lock (_turn)
        {
            _asking = _asked.Count > 0;
            if (!_asking)
                return null;
            var questions = _asked;
            _asked = [];
            _gathering.Left(questions.Count);
            return questions;
        }
    }

    private async Task<Dictionary<string, FoundDevice>> Ask(byte[][] hashes)
    {
        await using var connection = Databases.Connection(place);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        if (place.Dialect == Dialect.Postgres)
            Add("@hashes", hashes);
        else
            foreach (var (i, hash) in hashes.Index())
                Add($"@h{i}", hash);
        var among = place.Dialect == Dialect.Postgres ? "= any(@hashes)" : $"in ({string.Join(", ", hashes.Select((_, i) => $"@h{i}"))})";
        command.CommandText = $"""
            select d.token_hash, d.county, d.id, d.seen_at, d.ended_at is not null or u.disabled, u.id, u.name, u.display_name, u.role, u.area, u.department
            from devices d join users u on u.county = d.county and u.id = d.user_id where d.token_hash {among}
            """;
        var found = new Dictionary<string, FoundDevice>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(Convert.ToHexString((byte[])reader.GetValue(0)), Read(reader));
        return found;
    }

    private static FoundDevice Read(DbDataReader row) => new(
        row.GetString(1), row.GetGuid(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetBoolean(4), row.GetGuid(5), row.GetString(6), row.GetString(7),
        Enum.Parse<Role>(row.GetString(8)), row.GetString(9), row.IsDBNull(10) ? null : row.GetString(10));
}
