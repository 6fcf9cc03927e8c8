using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Ledger;

/// <summary>The ledger's words for what the policy and the area tree name by code. What no pack names any more stands as its code.</summary>
internal static class Words
{
    public static Text Of(AreaLevel level) => level switch
    {
        AreaLevel.Village => new("村级", "village"),
        AreaLevel.Township => new("乡镇", "township"),
        AreaLevel.County => new("县级", "county"),
        AreaLevel.Prefecture => new("市级", "prefecture"),
        AreaLevel.Province => new("省级", "province"),
        AreaLevel.Nation => new("国家级", "nation"),
    };

    extension(Policy policy)
    {
        public Text KindName(string code) => policy.IssueKind(code)?.Title ?? new(code, code);

        public Text IssueSourceName(string code) => policy.IssueSources.FirstOrDefault(s => s.Code == code)?.Title ?? new(code, code);

        public Text ChannelName(string code) => policy.GreenChannel(code)?.Title ?? new(code, code);
    }
}
