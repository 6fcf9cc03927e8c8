using System.Collections.Concurrent;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>How much of a file is here.</summary>
/// <param name="Have">Bytes from its beginning.</param>
internal sealed record FileState(long Have, bool Complete);

/// <summary>Photos and signatures that arrive in parts, in order, however often the line breaks.</summary>
/// <remarks>A part lies beside the stored files until it is whole and its hash is right. Two phones may send the same file: one goes on where the other is.</remarks>
internal sealed class FileParts(DatabasePlace place, Files files)
{
    /// <summary>The largest file and the largest part of one, in bytes.</summary>
    public const long Largest = 20 * 1024 * 1024, LargestPart = 256 * 1024;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    public FileState State(string hash)
    {
        if (files.Has(hash))
            return new(new FileInfo(files.PathOf(hash)).Length, true);
        var part = new FileInfo(PathOf(hash));
        return new(part.Exists ? part.Length : 0, false);
    }

    /// <summary>Adds a part.</summary>
    /// <returns>Where it stands now; null where the whole did not match its hash and was dropped.</returns>
    /// <remarks>A part that does not begin where the file ends changes nothing: the state tells where to go on.</remarks>
    public async Task<FileState?> Add(string hash, long offset, long total, ReadOnlyMemory<byte> part, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(hash, _ => new(1, 1));
        await turn.WaitAsync(cancel);
        try
        {
            var state = State(hash);
            if (state.Complete || state.Have != offset)
                return state;
            Directory.CreateDirectory(Folder);
            await using (var file = new FileStream(PathOf(hash), FileMode.Append, FileAccess.Write))
                await file.WriteAsync(part, CancellationToken.None);
            return offset + part.Length < total ? State(hash) : await Finish(hash, cancel);
        }
        finally
        {
            turn.Release();
            _turns.TryRemove(hash, out _);
        }
    }

    private async Task<FileState?> Finish(string hash, CancellationToken cancel)
    {
        string stored;
        await using (var whole = File.OpenRead(PathOf(hash)))
            stored = await Hash(whole, cancel);
        if (stored != hash)
        {
            File.Delete(PathOf(hash));
            return null;
        }
        await using (var whole = File.OpenRead(PathOf(hash)))
            await files.Store(whole, cancel);
        File.Delete(PathOf(hash));
        return State(hash);
    }

    private static async Task<string> Hash(Stream stream, CancellationToken cancel) =>
        Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stream, cancel));

    private string Folder => Path.Combine(place.Folder, "incoming");

    private string PathOf(string hash) => Path.Combine(Folder, hash);
}
