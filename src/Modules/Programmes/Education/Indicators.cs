using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>G01: children of school age who have their schooling. INDICATORS §4.</summary>
internal sealed class EducationIndicators(ShouwangDb db, IResidents register, IRegisterInScope people) : IIndicatorSource
{
    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        new("G01", new("义务教育有保障率", "Compulsory education guaranteed"), new("%", "%"), 2,
            new("6至15周岁正常人口中在校、送教上门、免学者所占比例，以教育部门名单为准",
                "Members aged 6–15 at school, taught at home or exempt, among all of that age, by the education office's list"), IndicatorKind.Percent),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var whole = await WholeCounty.Of(register, county, asOf, policy, cancel);
        var covered = await Enrolment.Table.Covered(db, county.Digits, cancel);
        var children = (await Pupils.Load(db, whole.Scope, await people.Inhabitants(whole.Scope, cancel), cancel)).OutOfSchool(whole.Scope);
        for (var i = 0; i < children.Length; i++)
        {
            var home = whole.Homes[i];
            if (children[i].Aged > 0 && covered.Covers(home.Area.Digits))
                part(new("G01", home.Area.Digits, home.Id, children[i].Aged - children[i].Out, children[i].Aged));
        }
    }
}
