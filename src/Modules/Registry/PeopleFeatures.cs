using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Registry;

/// <summary>The members of a household counted by what they can do and have.</summary>
internal sealed class PeopleFeatures(IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Persons("registry.size", "家庭人口", "Size of household", "状态正常的成员数", "Members of state normal"),
        Persons("people.able", "有劳动力人数", "Able to work", "普通或技能劳动力（正常成员）", "Ordinary or skilled labour among normal members", "member.labour"),
        Persons("people.weak", "弱劳动力人数", "Weak or half labour", "弱劳动力或半劳动力（正常成员）", "Weak or half labour among normal members", "member.labour"),
        Persons("people.without_labour", "无劳动力人数", "Without labour", "丧失劳动力或无劳动力（正常成员）", "Normal members who have lost labour or have none", "member.labour"),
        Flag("people.whole_no_labour", "整户无劳动力", "Nobody can work", "正常成员全部丧失或无劳动力", "All normal members have lost labour or have none", "member.labour"),
        Persons("people.working", "务工人数", "Working", "有务工情况、地点或月数，或在公益岗位（正常成员）", "Normal members with work state, place or months, or in a public post", "member.work_state", "member.work_place", "member.work_months"),
        Persons("people.uninsured", "未参保人数", "Not insured", "居民医保和职工医保均为否（正常成员）", "Neither resident nor employee medical insurance", "member.ins_res", "member.ins_emp"),
        Persons("people.insurance_unknown", "参保情况不明人数", "Insurance unknown", "没有参保为是，且至少一项为空（正常成员）", "No insurance stated, and a flag is empty", "member.ins_res", "member.ins_emp"),
        Persons("people.studying_beyond_compulsory", "义务教育以上在读人数", "Studying beyond compulsory school", "在校生状况为高中、中职及以上（正常成员）", "Student state is senior school or above", "member.student"),
        Persons("people.male", "男性人数", "Men and boys", "性别为男的正常成员数", "Normal members whose sex is male"),
        Persons("people.female", "女性人数", "Women and girls", "性别为女的正常成员数", "Normal members whose sex is female"),
        Persons("people.gender_unknown", "性别未注明人数", "Sex not stated", "性别未填或未说明的正常成员数", "Normal members whose sex is empty or not stated"),
        Values("people.values_required", "人员表应填项", "Values members' files need", "每名正常成员12项：姓名、性别、证件号、出生日期、与户主关系、民族、健康状况、劳动能力、两项医保、低保、特困", "Twelve for each normal member: name, sex, number, birth, relation, ethnicity, health, labour, the two insurances, the two allowances"),
        Values("people.values_known", "人员表已填项", "Values members' files have", "应填项中已填的", "Those of them that are filled in"),
        Flag("people.on_allowance", "享受低保或特困", "On an allowance", "有正常成员享受低保或特困供养", "A normal member receives the subsistence allowance or destitution support", "member.dibao", "member.tekun"),
    ];

    // The members are the longest table.
    public int Weight => 100;

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var (inhabitants, homes) = (await register.Inhabitants(scope, cancel), await register.Homes(scope, cancel));
        var (size, able, weak, nobody, working) = (
            columns["registry.size"], columns["people.able"], columns["people.weak"], columns["people.whole_no_labour"], columns["people.working"]);
        var (uninsured, unknown, studying, allowance) = (
            columns["people.uninsured"], columns["people.insurance_unknown"], columns["people.studying_beyond_compulsory"], columns["people.on_allowance"]);
        for (var at = 0; at < scope.Households.Count; at++)
        {
            if (homes[at].Village is null)
                continue;
            ref readonly var people = ref inhabitants[at];
            var source = people.Source;
            size.Set(at, (long)people.Size, source);
            able.Set(at, (long)people.Able, source);
            weak.Set(at, (long)people.Weak, source);
            columns["people.without_labour"].Set(at, (long)people.Unable, source);
            nobody.Set(at, people.Able + people.Weak > 0 ? false : people.Size > 0 && people.Unable == people.Size ? true : null, source);
            working.Set(at, (long)people.Working, source);
            uninsured.Set(at, (long)people.Uninsured, source);
            unknown.Set(at, (long)people.InsuranceUnknown, source);
            studying.Set(at, (long)people.Studying, source);
            columns["people.male"].Set(at, (long)people.Male, source);
            columns["people.female"].Set(at, (long)people.Female, source);
            columns["people.gender_unknown"].Set(at, (long)(people.Size - people.Male - people.Female), source);
            var required = people.Size * RegisterInScope.OfMember.Length;
            columns["people.values_required"].Set(at, (long)required, source);
            columns["people.values_known"].Set(at, (long)(required - people.Missing), source);
            allowance.Set(at, people.Allowance > 0 ? true : people.AllowanceUnknown > 0 ? null : false, source);
        }
    }

    private static Feature Persons(string name, string zh, string en, string formulaZh, string formulaEn, params string[] askFor) =>
        RegisterFeatures.Feature(name, RuleType.Int, Unit.Persons, zh, en, formulaZh, formulaEn) with { AskFor = askFor };

    private static Feature Values(string name, string zh, string en, string formulaZh, string formulaEn) =>
        RegisterFeatures.Feature(name, RuleType.Int, Unit.None, zh, en, formulaZh, formulaEn);

    private static Feature Flag(string name, string zh, string en, string formulaZh, string formulaEn, params string[] askFor) =>
        RegisterFeatures.Feature(name, RuleType.Bool, Unit.None, zh, en, formulaZh, formulaEn) with { AskFor = askFor };
}
