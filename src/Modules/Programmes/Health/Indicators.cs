using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>G10, G11, G12: what care cost the people of registered households. INDICATORS §4.</summary>
internal sealed class HealthIndicators(ShouwangDb db, IResidents register) : IIndicatorSource
{
    /// <summary>Yuan a person and year that registered people should not have to pay over.</summary>
    private const decimal YearlyCap = 5000;

    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        new("G10", new("住院自付比例", "Inpatient self-pay ratio"), new("%", "%"), 2,
            new("建档立卡人口十二个月内住院：个人自付之和 ÷ 总费用之和", "Registered people, stays of twelve months: Σ self-paid ÷ Σ total"), IndicatorKind.Percent),
        new("G11", new("慢病门诊自付比例", "Chronic outpatient self-pay ratio"), new("%", "%"), 2,
            new("建档立卡人口十二个月内慢特病门诊：个人自付之和 ÷ 总费用之和", "Registered people, special outpatient care of twelve months: Σ self-paid ÷ Σ total"),
            IndicatorKind.Percent),
        new("G12", new("自付超5000人数", "Registered people above 5,000 self-paid this year"), new("人", "people"), 0,
            new("建档立卡人口中本年个人自付合计大于5000元的人数", "Registered people whose self-paid sum of the calendar year is above 5,000 yuan"), IndicatorKind.Count),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var whole = await WholeCounty.Of(register, county, asOf, policy, cancel);
        var costs = await MedicalCosts.Load(db, whole.Scope, cancel);
        foreach (var person in costs.People.Values)
        {
            var home = whole.Homes[person.Place];
            if (!home.Registered)
                continue;
            if ((person.InpatientSelf, person.InpatientTotal) != (0, 0))
                part(new("G10", home.Area.Digits, home.Id, new Money(person.InpatientSelf).Yuan, new Money(person.InpatientTotal).Yuan));
            if ((person.SpecialSelf, person.SpecialTotal) != (0, 0))
                part(new("G11", home.Area.Digits, home.Id, new Money(person.SpecialSelf).Yuan, new Money(person.SpecialTotal).Yuan));
            if (new Money(person.Year).Yuan > YearlyCap)
                part(new("G12", home.Area.Digits, home.Id, 1, 0));
        }
    }
}
