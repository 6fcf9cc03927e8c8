namespace Shouwang.Platform.Policy;

/// <summary>Where the policy packs and area tables lie.</summary>
public static class PolicyFolder
{
    /// <summary>The nearest folder <c>policy</c> with a national pack: beside the program or in one of the folders above it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "policy");
            if (File.Exists(Path.Combine(folder, "national", "pack.yaml")))
                return folder;
        }
        throw new DirectoryNotFoundException(
            $"No folder 'policy' with a national pack was found beside {AppContext.BaseDirectory} or above it.");
    }
}
