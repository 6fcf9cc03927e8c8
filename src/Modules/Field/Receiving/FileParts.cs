using System.Collections.Concurrent;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>How much of a file is here.</summary>
/// <param name="Have">Bytes from its beginning.</param>
/// <param name="File">Of a sealed file that is whole: the hash of its content.</param>
internal sealed record FileState(long Have, bool Complete, string? File = null);

/// <summary>Photos and signatures that arrive in parts, in order, however often the line breaks.</summary>
/// <remarks>A part lies beside the stored files until it is whole and its hash is right. Two phones may send the same file: one goes on where the other is.</remarks>
internal sealed class FileParts(DatabasePlace place, Files files)
{
    /// <summary>The largest file and the largest part of one, in bytes.</summary>
    public const long Largest = 20 * 1024 * 1024, LargestPart = 256 * 1024;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    public FileState State(string hash) =>
        files.Has(hash) ? new(new FileInfo(files.PathOf(hash)).Length, true) : Arrived(hash);

    /// <summary>What lies beside the stored files.</summary>
    public FileState Arrived(string hash)
    {
        var part = new FileInfo(PathOf(hash));
        return new(part.Exists ? part.Length : 0, false);
    }

    /// <summary>Adds a part.</summary>
    /// <returns>Where it stands now; null where the whole did not match its hash and was dropped.</returns>
    /// <remarks>A part that does not begin where the file ends changes nothing: the state tells where to go on.</remarks>
    public Task<FileState?> Add(string hash, long offset, long total, ReadOnlyMemory<byte> part, CancellationToken cancel) =>
        Add(hash, offset, total, part, () => Task.FromResult(State(hash)), async () =>
        {
            await using (var whole = File.OpenRead(PathOf(hash)))
                await files.Store(whole, cancel);
            return new(total, true);
        }, cancel);

    /// <summary>Adds a part of something that is not stored as it comes.</summary>
    /// <param name="look">Where it stands now.</param>
    /// <param name="take">Takes what has arrived whole and is what its name says.</param>
    public Task<FileState?> Add(
        string hash, long offset, long total, ReadOnlyMemory<byte> part, Func<Task<FileState>> look, Func<byte[], Task<FileState>> take, CancellationToken cancel) =>
        Add(hash, offset, total, part, look, async () => await take(await File.ReadAllBytesAsync(PathOf(hash), cancel)), cancel);

    private async Task<FileState?> Add(
        string hash, long offset, long total, ReadOnlyMemory<byte> part, Func<Task<FileState>> look, Func<Task<FileState>> take, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(hash, _ => new(1, 1));
        await turn.WaitAsync(cancel);
        try
        {
            var state = await look();
            if (state.Complete || state.Have != offset)
                return state;
            Directory.CreateDirectory(Folder);
            await using (var file = new FileStream(PathOf(hash), FileMode.Append, FileAccess.Write))
                await file.WriteAsync(part, CancellationToken.None);
            return offset + part.Length < total ? new(offset + part.Length, false) : await Finish(hash, take, cancel);
        }
        finally
        {
            turn.Release();
            _turns.TryRemove(hash, out _);
        }
    }

    private async Task<FileState?> Finish(string hash, Func<Task<FileState>> take, CancellationToken cancel)
    {
        string stored;
        await using (var whole = File.OpenRead(PathOf(hash)))
            stored = await Hash(whole, cancel);
        if (stored != hash)
        {
            File.Delete(PathOf(hash));
            return null;
        }
        var taken = await take();
        File.Delete(PathOf(hash));
        return taken;
    }

    private static async Task<string> Hash(Stream stream, CancellationToken cancel) =>
        Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stream, cancel));

    private string Folder => Path.Combine(place.Folder, "incoming");

    private string PathOf(string hash) => Path.Combine(Folder, hash);
}
