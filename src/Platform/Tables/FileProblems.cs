using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>Why a file cannot be read, and what its sender can do about it. The codes are <c>file.*</c>.</summary>
internal static class FileProblems
{
    private static readonly Text SaveAsXlsx = new(
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后重新上传。",
        "Open it in Excel or WPS, save it as an Excel workbook (.xlsx) and upload that.");

    private static readonly Text SendAgain = new(
        "请在 Excel 或 WPS 中确认能打开，重新另存为 .xlsx 后上传；打不开的，请发送方重发。",
        "Check that it opens in Excel or WPS, save it again as .xlsx and upload that; if it does not open, ask the sender for it again.");

    public static Problem Empty(string file) => Make("file.empty", 422,
        new("“{0}”是空文件。", "'{0}' is an empty file."), SendAgain, file);

    public static Problem TooLarge(string file, long bytes) => Make("file.too-large", 413,
        new("“{0}”超过 {1} MB。", "'{0}' is larger than {1} MB."),
        new("请按乡镇或年度拆成几个文件分别上传。", "Split it by township or year and upload the parts."), file, bytes >> 20);

    public static Problem UnpacksTooLarge(string file) => Make("file.unpacks-too-large", 413,
        new("“{0}”解压后过大或压缩比异常，可能是恶意文件。", "'{0}' unpacks to far more than a table of its size would; it may be malicious."),
        new("请只保留需要导入的工作表，另存为新的 .xlsx 后上传。", "Keep only the sheets to be imported, save them as a new .xlsx and upload that."), file);

    public static Problem TooManyRows(string file, string? sheet, int rows) => Make("file.too-many-rows", 413,
        new("“{0}”的工作表“{1}”超过 {2} 行。", "Sheet '{1}' of '{0}' has more than {2} rows."),
        new("请拆成几个文件分别上传。", "Split it into several files."), file, sheet, rows);

    public static Problem TooManyColumns(string file, string? sheet, int row, int columns) => Make("file.too-many-columns", 413,
        new("“{0}”的工作表“{1}”第 {2} 行超过 {3} 列。", "Row {2} of sheet '{1}' of '{0}' has more than {3} columns."),
        new("请删除多余的列；文本文件请检查分隔符。", "Delete the columns that are not needed; in a text file check the separator."),
        file, sheet, row, columns);

    public static Problem CellTooLong(string file, string? sheet, int row, int column, int length) => Make("file.cell-too-long", 413,
        new("“{0}”的工作表“{1}”{2}{3} 单元格超过 {4} 个字符。", "Cell {2}{3} of sheet '{1}' of '{0}' holds more than {4} characters."),
        new("请缩短该单元格；文本文件请检查该行是否缺少右引号。", "Shorten it; in a text file look for a quotation mark that is not closed."),
        file, sheet, ColumnName.Of(column), row, length);

    public static Problem TooManyMerges(string file) => Make("file.too-many-merges", 413,
        new("“{0}”的合并单元格过多。", "'{0}' has too many merged cells."),
        new("请取消数据区的合并单元格后重新上传。", "Unmerge the cells of the data and upload it again."), file);

    public static Problem Damaged(string file) => Make("file.damaged", 422,
        new("“{0}”已损坏或不完整，无法读取。", "'{0}' is damaged or incomplete and cannot be read."), SendAgain, file);

    public static Problem ForbiddenXml(string file) => Make("file.forbidden-xml", 422,
        new("“{0}”含有表格文件中不允许的 XML 声明（DTD 或实体）。", "'{0}' holds XML declarations (DTD, entities) that tables may not have."), SendAgain, file);

    public static Problem UnsafeZip(string file) => Make("file.unsafe-zip", 422,
        new("“{0}”的压缩包内含可疑路径或过多文件。", "'{0}' packs suspicious paths or too many parts."), SendAgain, file);

    public static Problem Password(string file) => Make("file.password", 422,
        new("“{0}”设有打开密码。", "'{0}' is protected by a password."),
        new("请在 Excel 或 WPS 中取消密码后另存，再上传。", "Open it, remove the password, save it and upload it again."), file);

    public static Problem Html(string file) => Make("file.html", 415,
        new("“{0}”其实是网页，不是表格文件。", "'{0}' is really a web page, not a table."), SaveAsXlsx, file);

    public static Problem OtherFormat(string file, string format) => Make("file.other-format", 415,
        new("“{0}”是 {1} 格式，不能直接导入。", "'{0}' is in the {1} format, which cannot be imported."), SaveAsXlsx, file, format);

    public static Problem NotATable(string file) => Make("file.not-a-table", 415,
        new("“{0}”不是可识别的表格文件。", "'{0}' is not a table of a known kind."),
        new("可导入 .xlsx、.xls、.ods 和 .csv 文件；压缩包请先解压。", ".xlsx, .xls, .ods and .csv can be imported; unpack archives first."), file);

    public static Problem Encoding(string file, int line) => Make("file.encoding", 422,
        new("“{0}”的文字编码混乱，第 {1} 行起无法辨认。", "The text encoding of '{0}' is broken; from line {1} on it cannot be read."),
        new("请用 Excel 或 WPS 打开核对，另存为 .xlsx 或 UTF-8 编码的 .csv。", "Open it in Excel or WPS, check it, and save it as .xlsx or as .csv in UTF-8."), file, line);

    public static Problem UnclosedQuote(string file, int line) => Make("file.unclosed-quote", 422,
        new("“{0}”第 {1} 行的引号没有成对。", "A quotation mark on line {1} of '{0}' is never closed."),
        new("请补上该行缺少的引号，或另存为 .xlsx 后上传。", "Close it, or save the file as .xlsx, and upload that."), file, line);

    public static Problem NoSheet(string file) => Make("file.no-sheet", 422,
        new("“{0}”里没有工作表。", "'{0}' has no sheet."), SendAgain, file);

    public static Problem Unreadable(string file) => Make("file.unreadable", 422,
        new("“{0}”无法打开。", "'{0}' cannot be opened."),
        new("请确认文件存在、未被其他程序占用后重试。", "Check that it exists and is not in use, and try again."), file);

    private static Problem Make(string code, int status, Text what, Text remedy, params object?[] values) =>
        new(code, status, what.With(values), remedy);
}
