using Shouwang.Kernel;

namespace Shouwang.Modules.Screening;

/// <summary>What this module says to people.</summary>
internal static class ScreeningTexts
{
    public static readonly Text NoLine = new(
        "{0}在{1}没有有出处的收入线，收入类规则不运行；请县级在“监测线”页面录入，并注明文件依据。",
        "Area {0} has no sourced income line on {1}, so income rules do not run. The county office enters one on the page 'Lines', with its legal source.");

    public static readonly Text Cancelled = new(
        "当“{0}”不再成立，或核查确认风险不实时，预警解除。",
        "The warning ends when \"{0}\" no longer holds, or a visit finds that there is no risk.");
}
