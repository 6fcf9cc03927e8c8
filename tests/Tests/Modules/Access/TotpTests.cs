using FsCheck;
using FsCheck.Fluent;
using Shouwang.Modules.Access;

namespace Shouwang.Tests.Modules.Access;

public class TotpTests
{
    // RFC 6238, appendix B.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.Code("12345678901234567890"u8, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(second)), 8));

    [Fact]
    public void A_secret_survives_its_spelling() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Totp.Decode(Totp.Encode(bytes)).SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_code_holds_for_its_own_half_minute_and_one_to_either_side()
    {
        var (secret, at) = (Totp.NewSecret(), DateTimeOffset.FromUnixTimeSeconds(1_600_000_000));
        var code = Totp.Code(Totp.Decode(secret), Totp.StepOf(at));

        Assert.Equal(Totp.StepOf(at), Totp.Accept(secret, code, at, 0));
        Assert.NotNull(Totp.Accept(secret, code, at.AddSeconds(30), 0));
        Assert.NotNull(Totp.Accept(secret, code, at.AddSeconds(-30), 0));
        Assert.Null(Totp.Accept(secret, code, at.AddSeconds(90), 0));
    }

    [Fact]
    public void No_code_works_twice()
    {
        var (secret, at) = (Totp.NewSecret(), DateTimeOffset.FromUnixTimeSeconds(1_600_000_000));
        var code = Totp.Code(Totp.Decode(secret), Totp.StepOf(at));
        var used = Totp.Accept(secret, code, at, 0)!.Value;
        Assert.Null(Totp.Accept(secret, code, at, used));
    }
}
