using Shouwang.Kernel;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Imports.Reading;

/// <summary>What can be wrong with a cell.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Verdict">Refused: the row is not taken. Warned: it is, with the cell as <see cref="FieldValue.Value"/> says.</param>
internal sealed record CellFinding(string Code, Verdict Verdict, Text Reason, Text Remedy)
{
    public RowFinding On(string? field) => new(field, Code, Reason, Remedy, Verdict);
}

/// <summary>Every finding that reading a row can bring; findings that take knowledge of a subject are the feeds' own.</summary>
internal static class CellFindings
{
    public static readonly CellFinding BadNumber = new("bad_number", Verdict.Refused, new("不是数字", "not a number"),
        new("请只填数字，金额以元为单位。", "Write digits only, amounts in yuan."));

    public static readonly CellFinding BadDate = new("bad_date", Verdict.Refused, new("日期不存在或无法辨认", "no such date"),
        new("请按“2020-06-30”填写实际存在的日期。", "Write an existing date as 2020-06-30."));

    public static readonly CellFinding BadCode = new("bad_code", Verdict.Refused, new("不在代码表中", "not in the code list"),
        new("请填写代码表中的值。", "Use a value of the code list."));

    public static readonly CellFinding UnknownCode = new("unknown_code", Verdict.Warned, new("不在代码表中，已按原文保留", "not in the code list; kept as written"),
        new("请核对后改为代码表中的值。", "Check it and use a value of the code list."));

    public static readonly CellFinding UnknownFlag = new("unknown_flag", Verdict.Warned, new("不是“是”或“否”，按空值处理", "neither yes nor no; left empty"),
        new("请填“是”或“否”。", "Write 是 or 否."));

    public static readonly CellFinding BadCertificate = new("bad_certificate", Verdict.Refused, new("残疾人证号码位数错误", "certificate number of a wrong length"),
        new("残疾人证号码为20位：18位身份证号码加类别和等级各1位。", "A certificate number has 20 characters: the 18 of the id, category and level."));

    public static readonly CellFinding IdPrecisionLost = new("id_precision_lost", Verdict.Warned,
        new("证件号码按数字存储，后三位已丢失，按无号码导入", "the number was stored as a numeric cell and lost its last three digits; taken without it"),
        new("请把该列设为文本格式，重新录入完整号码。", "Format the column as text and type the full number again."));

    public static readonly CellFinding KeyPrecisionLost = new("key_precision_lost", Verdict.Refused,
        new("编号按数字存储，末尾数字已丢失", "the code was stored as a numeric cell and lost its last digits"),
        new("请把该列设为文本格式，重新录入完整编号。", "Format the column as text and type the full code again."));

    public static readonly CellFinding DigitsLost = new("digits_lost", Verdict.Warned,
        new("号码按数字存储，末尾数字已丢失，按空值处理", "the number was stored as a numeric cell and lost its last digits; left empty"),
        new("请把该列设为文本格式，重新录入。", "Format the column as text and type it again."));

    public static readonly CellFinding MissingKey = new("missing_key", Verdict.Refused, new("编号为空", "the key is empty"),
        new("请补填后重新导入。", "Fill it in and import again."));

    public static readonly CellFinding NoPerson = new("no_person", Verdict.Refused, new("姓名和证件号码均为空", "neither name nor number"),
        new("请至少填写姓名或证件号码。", "Write the name or the number at least."));

    public static readonly CellFinding NameDiffers = new("name_differs", Verdict.Warned,
        new("证件号码与登记人员一致，但姓名不同", "the number is that of a registered person of another name"),
        new("请核对姓名或证件号码。", "Check the name or the number."));

    public static CellFinding FormulaError(string text) => new("formula_error", Verdict.Warned,
        new($"公式错误 {text}，按空值处理", $"formula error {text}; left empty"), new("请修正公式后重新导入。", "Repair the formula and import again."));

    public static CellFinding Missing(Text field) => MissingKey with { Reason = new($"{field.Zh}为空", $"the {field.En} is empty") };
}
