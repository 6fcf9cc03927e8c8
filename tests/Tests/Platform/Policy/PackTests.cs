using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

public sealed class PackTests
{
    [Fact]
    public void The_packs_load_and_every_condition_compiles() => Assert.Empty(PolicyBook.Load(PolicyFolder.Find(), Packs.Features).Problems);
}
