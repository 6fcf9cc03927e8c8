using Shouwang.Kernel;

namespace Shouwang.Modules.Imports;

/// <summary>Every refusal of the intake as a whole; what is wrong with a row is a finding.</summary>
internal static class Problems
{
    public static Problem NotFound => new("imports.not-found", 404, new("没有这个导入。", "There is no such import."),
        new("请从导入列表中选择。", "Choose one from the list of imports."));

    public static Problem NotAllowed(string area) => new("imports.not-allowed", 403,
        new($"您不能为 {area} 导入文件。", $"You may not import files for {area}."),
        new("请选择本人管辖的地区，或联系县级主管部门。", "Choose an area of yours, or ask the county office."));

    public static Problem NotAllowed() => new("imports.not-allowed", 403, new("您没有权限进行该操作。", "You may not do this."),
        new("请联系县级主管部门。", "Ask the county office."));

    public static Problem NoFiles => new("imports.no-files", 422, new("没有选择文件。", "No file was given."),
        new("请选择要导入的 .xlsx、.xls、.ods 或 .csv 文件。", "Choose .xlsx, .xls, .ods or .csv files."));

    public static Problem TooLarge(string file, long megabytes) => new("imports.too-large", 413,
        new($"“{file}”超过 {megabytes} MB。", $"'{file}' is larger than {megabytes} MB."),
        new("请按乡镇拆成几个文件。", "Split it by township."));

    public static Problem Archive(string file) => new("imports.archive", 422,
        new($"压缩包“{file}”无法解开，或内容过大、文件过多。", $"The archive '{file}' cannot be unpacked, or holds too much."),
        new("请解压后直接选择其中的表格文件。", "Unpack it and choose the tables in it."));

    public static Problem UnknownKind(string file) => new("imports.unknown-kind", 422,
        new($"无法从表头认出“{file}”是哪一类表。", $"The headings of '{file}' do not tell what kind of table it is."),
        new("请在映射页面或用映射文件（--mapping）指明表的类别和各列含义。", "Say what it is on the mapping page, or in a mapping file (--mapping)."));

    public static Problem Ambiguous(string file, Text one, Text other) => new("imports.ambiguous-kind", 422,
        new($"“{file}”可能是“{one.Zh}”，也可能是“{other.Zh}”。", $"'{file}' may be '{one.En}' or '{other.En}'."),
        new("请在映射页面或用映射文件（--mapping）指明表的类别。", "Say which on the mapping page, or in a mapping file (--mapping)."));

    public static Problem MissingColumns(string file, Text kind, IEnumerable<Text> fields)
    {
        var list = fields.ToList();
        return new("imports.missing-columns", 422,
            new($"“{file}”像是“{kind.Zh}”，但找不到这些列：{string.Join("、", list.Select(f => f.Zh))}。",
                $"'{file}' looks like '{kind.En}', but these columns were not found: {string.Join(", ", list.Select(f => f.En))}."),
            new("请在映射页面或用映射文件（--mapping）指明各列，或补上缺少的列。", "Say which columns they are on the mapping page or in a mapping file (--mapping), or add them."));
    }

    public static Problem Empty(string file) => new("imports.no-rows", 422,
        new($"“{file}”里没有表格内容。", $"'{file}' holds no table."),
        new("请确认选对了文件。", "Check that it is the right file."));

    public static Problem NoFeed(string kind) => new("imports.no-feed", 422,
        new($"系统中没有处理“{kind}”类文件的模块。", $"No module takes in files of the kind '{kind}'."),
        new("请联系系统管理员。", "Ask the administrator."));

    public static Problem NotReady(string file) => new("imports.needs-mapping", 409,
        new($"“{file}”还没有指明各列含义。", $"It has not been said yet what the columns of '{file}' are."),
        new("请先完成列的映射。", "Map its columns first."));

    public static Problem Busy(string file) => new("imports.busy", 409,
        new($"“{file}”正在处理。", $"'{file}' is being processed."), new("请等待其完成。", "Wait until it is done."));

    public static Problem Interrupted(string file) => new("imports.interrupted", 409,
        new($"“{file}”的导入被中断，没有写入任何数据。", $"The import of '{file}' was interrupted; nothing was written."),
        new("请重新执行导入。", "Run it again."));

    public static Problem Broken(string file) => new("imports.broken", 500,
        new($"导入“{file}”时程序出错，没有写入任何数据。", $"The program failed while importing '{file}'; nothing was written."),
        new("请把该文件交给技术支持。", "Send the file to support."));

    public static Problem NotApplied(string file) => new("imports.not-applied", 409,
        new($"“{file}”没有已生效的导入可撤销。", $"'{file}' is not applied, so there is nothing to take back."),
        new("无需处理。", "Nothing to do."));

    public static Problem BuiltUpon(string file, IReadOnlyList<string> later) => new("imports.built-upon", 409,
        new($"之后的导入以“{file}”为基础：{string.Join("、", later)}。", $"Later imports build on '{file}': {string.Join(", ", later)}."),
        new("请先按从新到旧的顺序撤销这些导入。", "Take those back first, the latest first."));

    public static Problem NotWaiting => new("imports.not-waiting", 409, new("该行已处理，或其导入已撤销。", "The row is settled already, or its import was taken back."),
        new("请刷新列表。", "Reload the list."));

    public static Problem NoSuchMember => new("imports.no-such-member", 422, new("登记中没有这个人。", "There is no such member in the register."),
        new("请选择一位登记在册的人员。", "Choose a registered member."));

    public static Problem BadMapping(int line, int column, Text what) => new("imports.bad-mapping", 422,
        new($"映射文件第 {line} 行第 {column} 列：{what.Zh}", $"Mapping file, line {line}, column {column}: {what.En}"),
        new("写法见 docs/cli.md 的“映射文件”一节。", "docs/cli.md describes mapping files."));
}
