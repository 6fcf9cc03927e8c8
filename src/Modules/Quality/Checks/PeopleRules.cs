using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>Age, study, health and work of a member. FIELDS D3.</summary>
internal static class PeopleRules
{
    private const int LabourFrom = 16, LabourTo = 60, MostMonths = 12;

    public static readonly IReadOnlyList<PersonRule> OfPeople =
    [
        PersonRule.Of("DQ-33", Error, new("16岁以下劳动能力不是无劳动力", "Under 16 must be without labour"), "年龄 < 16 且劳动技能 ≠ 无劳动力",
            p => p.Age < LabourFrom && Labours.Known(p.Register.Labour) && p.Register.Labour != Labours.None
                ? new($"{p.Age}周岁，劳动技能不是无劳动力。", $"{p.Age} years old, but not registered as without labour.") : null),
        PersonRule.Of("DQ-34", Warning, new("16–59岁健康非学生无劳动力", "Healthy, 16–59, no student, marked without labour"), "16 ≤ 年龄 < 60，健康，非在校生，无劳动力",
            p => p.Age is >= LabourFrom and < LabourTo && p.Register is { Health: Healths.Healthy, Labour: Labours.None } && p.Stage is null
                ? new($"{p.Age}周岁，健康，不在校，登记为无劳动力。", $"{p.Age} years old, healthy and no student, but registered as without labour.") : null),
        PersonRule.Of("DQ-35", Warning, new("60岁以上劳动力填写异常", "60 and over with ordinary, skilled or lost labour"), "年龄 ≥ 60 且劳动技能为普通、技能或丧失",
            p => p.Age >= LabourTo && p.Register.Labour is Labours.Ordinary or Labours.Skilled or Labours.Lost
                ? new($"{p.Age}周岁，劳动技能应为弱劳动力或无劳动力。", $"{p.Age} years old: labour should be weak or none.") : null),
        PersonRule.Of("DQ-36", Warning, new("文化程度与在校状况同填或同空", "Education and student state both or neither"), "文化程度与在校生状况同填或同空",
            p => (p.Register.Education is null) == (p.Stage is null)
                ? p.Stage is null
                    ? new("文化程度和在校生状况都没有填。", "Neither education nor student state is given.")
                    : new("文化程度和在校生状况只能填一项。", "Education and student state are both given; only one applies.") : null),
        PersonRule.Of("DQ-37", Error, new("义务教育适龄儿童不在校且无原因", "School-age child not at school, no reason"), "6 ≤ 年龄 ≤ 15，不在校，失学辍学原因为空",
            p => p.Age is >= 6 and <= 15 && p.Stage is null && p.Register.DropReason is null
                ? new($"{p.Age}周岁，没有在校状况，也没有失学或辍学原因。", $"{p.Age} years old, neither a student state nor a reason for being out of school.") : null),
        PersonRule.Of("DQ-38", Warning, new("在校状况与年龄不符", "Student state does not fit the age"), "小学5–15，初中10–18，高中和中职13–23，大专以上 ≥ 15",
            p => p is { Age: { } age, AtSchool: true } && AgesOf(p.Stage!) is var (from, to) && (age < from || age > to)
                ? new($"{age}周岁，与所填在校阶段不符。", $"{age} years old does not fit the stage of school given.") : null),
        PersonRule.Of("DQ-39", Warning, new("在校生填报外出务工", "Student marked as away for work"), "在校生有务工所在地或务工时间",
            p => p.AtSchool && p.Works ? new("在校生填有务工地点或务工时间。", "A student with a place or months of work.") : null),
        PersonRule.Of("DQ-40", Warning, new("残疾人未登记残疾证", "Disabled without certificate"), "健康状况含残疾，证件类型不是残疾人证",
            p => p.Register.HasHealth(Healths.Disabled) && p.Register.CertType != Certificates.Disability
                ? new("健康状况为残疾，证件类型不是残疾人证。", "Registered as disabled, but not with a certificate of disability.") : null),
        PersonRule.Of("DQ-41", Warning, new("有残疾证但健康状况不是残疾", "Certificate, but not marked disabled"), "20位残疾人证，健康状况不含残疾",
            p => p.Number is { Length: Certificates.DisabilityLength } && p.Register.Health is not null && !p.Register.HasHealth(Healths.Disabled)
                ? new("登记了残疾人证，健康状况不是残疾。", "There is a certificate of disability, but the health state does not say so.") : null),
        PersonRule.Of("DQ-42", Warning, new("一、二级肢体残疾有普通劳动力", "Severe limb disability with ordinary labour"), "肢体残疾一、二级，劳动技能为普通或技能",
            p => p.Register is { DisCat: "4", DisLevel: "1" or "2" } && Labours.Full(p.Register.Labour)
                ? new("重度肢体残疾，登记为普通或技能劳动力。", "A severe limb disability with ordinary or skilled labour.") : null),
        PersonRule.Of("DQ-43", Error, new("健康状况为空", "Health missing"), "健康状况为空",
            p => p.Register.Health is null ? new("没有填健康状况。", "The health state is not given.") : null),
        PersonRule.Of("DQ-44", Error, new("劳动技能为空或错误", "Labour missing or not in the list"), "劳动技能为空或 ∉ C-LAB",
            p => !Labours.Known(p.Register.Labour)
                ? p.Register.Labour is null
                    ? new("没有填劳动技能。", "Labour is not given.")
                    : new($"劳动技能“{p.Register.Labour}”不在代码表中。", $"Labour '{p.Register.Labour}' is not in the list.") : null),
        PersonRule.Of("DQ-45", Warning, new("务工但无劳动能力", "Works but has no labour ability"), "有务工记录，劳动技能为空、丧失或无",
            p => p.Works && p.Register.Labour is null or Labours.Lost or Labours.None
                ? new("填有务工记录，劳动技能为空、丧失或无劳动力。", "There is a record of work, but labour is empty, lost or none.") : null),
        PersonRule.Of("DQ-46", Warning, new("务工地与时间不匹配", "Place and months of work do not match"), "务工所在地与务工时间只填一项，或大于12个月",
            p => p.Register.WorkMonths > MostMonths
                ? new($"务工时间{p.Register.WorkMonths}个月，大于12个月。", $"{p.Register.WorkMonths} months of work are more than twelve.")
                : (p.Register.WorkPlace is null) != (p.Register.WorkMonths is null or 0)
                    ? p.Register.WorkPlace is null
                        ? new("有务工时间，没有务工所在地。", "Months of work without a place.")
                        : new("有务工所在地，没有务工时间。", "A place of work without months.") : null),
    ];

    /// <summary>The ages at which people are in a stage.</summary>
    private static (int From, int To) AgesOf(string stage) => stage switch
    {
        Students.Primary => (5, 15),
        _ when stage.StartsWith(Students.Junior, StringComparison.Ordinal) => (10, 18),
        _ when stage.StartsWith(Students.Senior, StringComparison.Ordinal) || stage.StartsWith(Students.Vocational, StringComparison.Ordinal) => (13, 23),
        _ => (15, int.MaxValue),
    };
}
