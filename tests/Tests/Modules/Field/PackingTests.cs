using FsCheck;
using FsCheck.Fluent;
using System.Text;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Modules.Field;

/// <summary>What was handed in comes out of its row as it came.</summary>
public sealed class PackingTests
{
    private static readonly Secrets Secrets = new(new byte[32]);

    [Fact]
    public void Whatever_it_is() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), content => Secrets.Unpack(Secrets.Pack(content)).SequenceEqual(content)).QuickCheckThrowOnFailure();

    [Fact]
    public void Also_out_of_rows_that_were_written_before_there_was_packing()
    {
        var content = Encoding.UTF8.GetBytes("""{"id":"走访"}""");
        Assert.Equal(content, Secrets.Unpack(Secrets.Encrypt(content)));
    }

    [Fact]
    public void A_visit_takes_less_than_half_of_its_room()
    {
        var answers = string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"member":"{{Guid.CreateVersion7()}}","attribute":"work_months","value":{{i}},"how":"confirmed"}"""));
        var content = Encoding.UTF8.GetBytes($$"""{"answers":[{{answers}}]}""");
        Assert.InRange(Secrets.Pack(content).Length, 1, content.Length / 2);
    }
}
