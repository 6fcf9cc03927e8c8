using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>A folder of packs of its own, with the national base in it, that a test may spoil.</summary>
internal sealed class PackFolder : IDisposable
{
    public PackFolder(bool national = true)
    {
        var source = PolicyFolder.Find();
        if (national)
            foreach (var file in Directory.EnumerateFiles(Path.Combine(source, "national"), "*.yaml", SearchOption.AllDirectories))
                Write(Path.GetRelativePath(source, file), File.ReadAllText(file));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("packs").FullName;

    public void Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Changes a file of the national base; the text to be replaced has to be there.</summary>
    public void Replace(string name, string text, string by)
    {
        var path = Path.Combine(Root, name);
        var before = File.ReadAllText(path);
        Assert.Contains(text, before);
        File.WriteAllText(path, before.Replace(text, by, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
