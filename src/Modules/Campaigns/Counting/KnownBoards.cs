using System.Collections.Concurrent;

namespace Shouwang.Modules.Campaigns.Counting;

/// <summary>Kept boards as this server has read them: a page need not read some hundred kilobytes of text each time.</summary>
/// <remarks>A board is asked for with the moment at which it was counted and the county's last event before, so that several servers never show an older one.</remarks>
internal sealed class KnownBoards
{
    // Of drives under way there are one or two in a county; a server of a whole province forgets them now and then.
    private const int Most = 100;

    private readonly ConcurrentDictionary<Guid, (long Seq, Board Board)> _boards = new();

    /// <summary>The board of a drive that was counted at that moment after that event, or null.</summary>
    public Board? Find(Guid campaign, DateTimeOffset at, long seq) => _boards.TryGetValue(campaign, out var known) && known.Board.KeptAt == at && known.Seq == seq ? known.Board : null;

    public Board Keep(Guid campaign, Board board, long seq)
    {
        if (_boards.Count >= Most)
            _boards.Clear();
        _boards[campaign] = (seq, board);
        return board;
    }
}
