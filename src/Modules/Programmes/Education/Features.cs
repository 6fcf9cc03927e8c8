using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>Who of the school-age children is at school, and what school costs.</summary>
/// <remarks>The education office's list decides, whatever the register says; where it has none, what a visit was told.</remarks>
internal sealed class EducationFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("education.out_of_school", RuleType.Int, Unit.Persons, new("适龄未在校人数", "school-age children out of school"),
            new("6至15周岁正常成员中，在校生名单里没有在校、送教上门或免学记录的人数；所在乡镇没有名单时为入户所问不在校的人数，没有问全又无人不在校时未知",
                "Members of state normal aged 6–15 without a row of state at school, taught at home or exempt; where no list speaks about the township, those a visit was told are not at school; unknown when none is and not all were asked about"))
            .FollowsFrom("member.student"),
        Feature("education.school_age", RuleType.Int, Unit.Persons, new("义务教育适龄人数", "children of school age"),
            new("6至15周岁正常成员数；所在乡镇没有教育部门名单时未知", "Members of state normal aged 6–15; unknown where no list of the education office speaks about the township")),
        Feature("education.absent_days_max", RuleType.Int, Unit.Days, new("无故缺课天数最多", "most unexplained days of absence"),
            new("没有说明原因的本月缺课天数的最大值",
                "Largest number of days absent this month of a pupil without a reason given")),
        Feature("education.home_lessons_min", RuleType.Int, Unit.Times, new("本月送教次数最少", "fewest home lessons this month"),
            new("送教上门学生本月送教次数的最小值；没有这样的学生时未知",
                "Fewest home lessons this month of a pupil taught at home; unknown without such a pupil")),
        Feature("education.cost_after_aid_max", RuleType.Decimal, Unit.Yuan, new("学年费用减资助最高", "largest cost of a school year after aid"),
            new("义务教育以上学生学年学费住宿费减去已享受资助的最大值；所在乡镇没有名单时为入户所问",
                "Largest fees and board less aid of a pupil above compulsory school; where no list speaks about the township, what a visit was told"))
            .SaidAs("household.school_cost"),
        Feature("education.without_aid", RuleType.Int, Unit.Persons, new("未享受资助学生数", "pupils without aid"),
            new("在校或送教上门而没有享受资助的学生人数；所在乡镇没有名单时为入户所问",
                "Pupils at school or taught at home who received no aid; where no list speaks about the township, as a visit was told"))
            .FollowsFrom("member.school_aid"),
        Feature("education.without_letter", RuleType.Int, Unit.Persons, new("县外就读未函告人数", "pupils outside the county without a letter"),
            new("县外就读而没有发放告知函的学生人数",
                "Pupils at a school outside the county to which no letter was sent")),
        Feature("education.guaranteed", RuleType.Bool, Unit.None, new("义务教育有保障", "compulsory education guaranteed"),
            new("没有适龄儿童未在校，以名单为准；家中没有适龄儿童时为是；没有名单时，入户得知有人不在校为否，其余未知",
                "No child of school age is out of school by the list; true without such children; without a list false where a visit was told that one is, else unknown")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var (homes, inhabitants) = (await register.Homes(scope, cancel), await register.Inhabitants(scope, cancel));
        var covered = await Enrolment.Table.Covered(db, scope.County.Digits, cancel);
        var pupils = await Pupils.Load(db, scope, inhabitants, cancel);
        var (outOfSchool, visits) = (pupils.OutOfSchool(scope), new FromVisits(scope, homes, Sources.Education));

        for (var i = 0; i < scope.Households.Count; i++)
        {
            var children = outOfSchool[i];
            if (!covered.Covers(homes.Village(i)))
            {
                Said(i, children, inhabitants.WithoutAid(i));
                continue;
            }
            ref readonly var school = ref pupils.Of(i);
            FeatureSource? child = children.First is null ? null : new(Sources.Education, null, children.First);
            columns["education.out_of_school"].Set(i, children.Out, child);
            columns["education.school_age"].Set(i, (long)children.Aged, child);
            columns["education.guaranteed"].Set(i, children.Out == 0, child);
            columns["education.absent_days_max"].Set(i, school.Absent.Whole, school.Absent.Source);
            columns["education.cost_after_aid_max"].Set(i, Math.Max(0, school.Cost.Value ?? 0), school.Cost.Source);
            columns["education.without_aid"].Set(i, school.WithoutAid, school.Unaided);
            columns["education.without_letter"].Set(i, school.WithoutLetter, school.Unlettered);
            if (school.FewestLessons.Value is not null)
                columns["education.home_lessons_min"].Set(i, -school.FewestLessons.Whole, school.FewestLessons.Source);
        }

        void Said(int i, SchoolAge children, int? withoutAid)
        {
            if (children.SaidOut is { } missing && children.Aged > 0)
                columns["education.out_of_school"].Set(i, (long)missing, children.SaidBy);
            // That they have their schooling the office's list tells; a visit can only tell that they have not.
            columns["education.guaranteed"].Set(i, children.Aged == 0 ? true : children.Outside > 0 ? false : null, children.SaidBy);
            columns["education.without_aid"].Set(i, (long?)withoutAid, withoutAid is null || !scope.WithSources ? null : new("visit", null));
            if (visits.Of(i, "school_cost") is { } seen)
                columns["education.cost_after_aid_max"].Set(i, seen.Number("school_cost"), visits.Source(seen, "school_cost"));
        }
    }
}
