using Shouwang.Kernel;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>Why a population was built anew.</summary>
internal static class PopulationTexts
{
    public static readonly Text None = new("还没有筛查数据文件。", "There was no population file yet.");

    public static readonly Text Damaged = new("筛查数据文件损坏或无法读取，已重新生成。", "The population file was damaged or could not be read; it was built anew.");

    public static readonly Text OtherVersion = new("筛查数据文件由另一版本的程序或政策包生成，已重新生成。", "The population file was made by another version of the program or of the policy packs; it was built anew.");

    public static readonly Text OtherDay = new("筛查数据文件的统计日是{0}，已重新生成。", "The population file stood for {0}; it was built anew.");

    public static readonly Text Behind = new("筛查数据文件生成之后数据有变动，已重新生成。", "Data changed after the population file was written; it was built anew.");

    public static readonly Text Asked = new("按要求重新生成。", "Built anew because somebody asked for it.");
}
