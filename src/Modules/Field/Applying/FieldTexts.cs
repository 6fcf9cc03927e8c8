using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Applying;

/// <summary>What phones and townships are told about submissions; nothing personal.</summary>
internal static class FieldTexts
{
    public static readonly Text
        Unreadable = new("内容格式无法识别，已保存待核。", "Its form is not understood; it is kept for somebody to look at."),
        NoHousehold = new("该户已不在册，记录已保存，请乡镇核实归属。", "The household is no longer on the register; the record is kept for the township to place."),
        NotYours = new("该村不在您的辖区内，已保存待核。", "The village lies outside your area; it is kept for somebody to look at.");

    /// <summary>What a signature waits for.</summary>
    public static string VisitKey(Guid visit) => $"visit:{visit}";

    /// <summary>What a visit waits for that needs a second investigator.</summary>
    public static string SignatureKey(Guid visit) => $"signature:{visit}";

    /// <summary>What a visit waits for whose signature picture is not here yet.</summary>
    public static string FileKey(string hash) => $"file:{hash}";

    /// <summary>That a household now belongs to somebody else's area or people.</summary>
    public static IEnumerable<Text> Elsewhere(Actor sender, HouseholdRef household)
    {
        if (!sender.May(Permissions.VisitsRecord, household.Area, household.Id))
            yield return new($"该户现属{household.Village}，不在您当前负责范围内。", $"The household now belongs to {household.Village} and is not among yours any more.");
    }
}
