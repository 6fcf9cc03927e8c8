using Shouwang.Kernel;

namespace Shouwang.Modules.Access;

/// <summary>Every refusal this module can give.</summary>
internal static class Problems
{
    /// <summary>The same for a wrong name and a wrong password, so that names cannot be found out.</summary>
    public static Problem WrongNameOrPassword() => new("access.wrong-name-or-password", 400,
        new("账号或密码不正确。", "The name or the password is wrong."),
        new("请核对后重试；忘记密码请联系管理员重置。", "Check both and try again; the administrator can reset a forgotten password."));

    public static Problem Locked(int minutes) => new("access.locked", 400,
        new($"多次输入错误，账号已暂时锁定 {minutes} 分钟。", $"Too many wrong attempts: the account is locked for {minutes} minutes."),
        new("请稍后再试，或联系管理员重置密码。", "Try again later, or ask the administrator for a reset."));

    public static Problem WrongCode() => new("access.wrong-code", 400,
        new("验证码不正确或已使用。", "The code is wrong or was used already."),
        new("请输入验证器应用当前显示的 6 位数字，并确认手机时间准确。", "Enter the 6 digits your authenticator shows now, and check the phone's clock."));

    /// <summary>The phone asks for the code then; a code of the contract, hence its spelling.</summary>
    public static Problem CodeNeeded() => new("code_needed", 401,
        new("该账号已开启两步验证，需要验证码。", "This account has a second step: the code is needed."),
        new("请输入验证器应用当前显示的 6 位数字。", "Enter the 6 digits your authenticator shows now."));

    public static Problem DeviceEnded() => new("device_ended", 401,
        new("这台设备已停用。", "This device may not sign in any more."),
        new("未上报的内容仍可上报；请重新登录设备，或联系县级管理员。", "What was not handed in can still be: enrol the device again, or ask the county's administrator."));

    public static Problem UnknownDevice() => new("access.unknown-device", 401,
        new("无法识别这台设备。", "This device is not known."), new("请在设备上重新登录。", "Enrol it again."));

    public static Problem ChangePasswordAtDesk() => new("access.change-password-first", 403,
        new("请先修改初始密码。", "Change the password you were given first."),
        new("请在电脑上登录并修改密码，再登录手机。", "Sign in at the desk and change it, then enrol the phone."));

    public static Problem SignInAgain() => new("access.sign-in-again", 400,
        new("登录已超时。", "Signing in took too long."), new("请重新输入账号和密码。", "Start again with your name and password."));

    public static Problem PasswordTooShort() => new("access.password-too-short", 400,
        new($"密码至少 {Passwords.Shortest} 个字符。", $"A password needs at least {Passwords.Shortest} characters."),
        new("可以用几个不相干的词组成一句话。", "A few unrelated words make a good one."));

    public static Problem PasswordTooLong() => new("access.password-too-long", 400,
        new("密码最多 128 个字符。", "A password has at most 128 characters."), new("请缩短。", "Make it shorter."));

    public static Problem PasswordTooEasy() => new("access.password-too-easy", 400,
        new("密码过于简单，或包含账号。", "The password is too easy to guess, or contains the sign-in name."),
        new("请避免连续、重复的字符和常见密码。", "Avoid runs, repetitions and common passwords."));

    public static Problem PasswordsDiffer() => new("access.passwords-differ", 400,
        new("两次输入的密码不一致。", "The two passwords differ."), new("请重新输入。", "Enter the new password twice."));

    public static Problem SamePassword() => new("access.same-password", 400,
        new("新密码与原密码相同。", "The new password is the old one."), new("请另设密码。", "Choose another."));

    public static Problem BadName(string name) => new("access.bad-name", 400,
        new($"账号“{name}”不符合要求。", $"'{name}' cannot be a sign-in name."),
        new("请用 3–32 个小写字母、数字、点或连字符，并以字母开头。", "Use 3–32 small letters, digits, dots and hyphens, beginning with a letter."));

    public static Problem NameTaken(string name) => new("access.name-taken", 409,
        new($"账号“{name}”已存在。", $"There is already a user '{name}'."), new("请换一个账号。", "Choose another name."));

    public static Problem NoDisplayName() => new("access.no-display-name", 400,
        new("未填写姓名或称谓。", "The name to show is missing."), new("请填写界面上显示的姓名或岗位。", "Enter the name or post to show on screens."));

    public static Problem OutsideArea(string area) => new("access.outside-area", 400,
        new($"辖区 {area} 不在您的管理范围内。", $"The area {area} is outside yours."),
        new("请选择本县、本县乡镇或村的代码。", "Choose the code of your county, or of a township or village in it."));

    public static Problem DepartmentMissing() => new("access.department-missing", 400,
        new("行业部门用户须填写部门。", "A department's user needs the department."), new("请选择部门。", "Choose the department."));

    public static Problem AreaLevelWrong(Text role, Text level) => new("access.area-level-wrong", 400,
        new($"“{role.Zh}”的辖区应为{level.Zh}。", $"The area of '{role.En}' has to be a {level.En}."),
        new("请改选对应层级的辖区代码。", "Choose a code of that level."));

    public static Problem NoSuchUser(string name) => new("access.no-such-user", 404,
        new($"没有账号“{name}”。", $"There is no user '{name}'."), new("请核对账号，或查看用户列表。", "Check the name, or look at the list of users."));

    public static Problem NotYourself() => new("access.not-yourself", 409,
        new("不能停用自己或更改自己的角色。", "You cannot disable yourself or change your own role."),
        new("请由另一位管理员操作。", "Ask another administrator."));
}
