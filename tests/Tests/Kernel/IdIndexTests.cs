using Shouwang.Kernel;

namespace Shouwang.Tests.Kernel;

/// <summary>Places of ids: each at its own, nobody else anywhere.</summary>
public class IdIndexTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(1_000), InlineData(70_001)]
    public void Every_id_is_found_at_its_place_and_no_other_is(int count)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, count).Select(i => Guid.CreateVersion7(at.AddMilliseconds(i / 50))).ToArray();
        var index = new IdIndex(ids);
        Assert.All(ids.Index(), id => Assert.Equal(id.Index, index.Find(id.Item, ids)));
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Equal(-1, index.Find(Guid.CreateVersion7(at.AddMilliseconds(i)), ids)));
        Assert.Equal(-1, index.Find(Guid.Empty, ids));
    }

    [Fact]
    public void Ids_that_differ_in_one_bit_alone_are_told_apart()
    {
        var ids = Enumerable.Range(0, 128).Select(bit =>
        {
            var bytes = new byte[16];
            bytes[bit / 8] = (byte)(1 << bit % 8);
            return new Guid(bytes);
        }).ToArray();
        var index = new IdIndex(ids);
        Assert.All(ids.Index(), id => Assert.Equal(id.Index, index.Find(id.Item, ids)));
    }

    [Fact]
    public void An_id_that_is_there_twice_is_refused()
    {
        var id = Guid.CreateVersion7();
        Assert.Throws<ArgumentException>(() => new IdIndex([id, Guid.CreateVersion7(), id]));
    }
}
