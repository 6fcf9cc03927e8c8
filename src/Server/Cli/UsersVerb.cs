using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Server.Cli;

/// <summary><c>users add | list | reset | disable | enable</c>.</summary>
internal static class UsersVerb
{
    private static readonly Argument<string> Name = new("name") { Description = "登录名 / sign-in name" };
    private static readonly Option<string> Display = new("--display-name") { Description = "显示名 / name to show" };
    private static readonly Option<Role> Role = new("--role") { Description = "岗位 / role", Required = true };
    private static readonly Option<string?> Department = new("--department") { Description = "部门代码（行业部门必填）/ department code, for industry departments" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("users", "管理用户 / manage users");
        command.Add(Verb("add", "新增用户 / add a user", Add, Name, Display, Role, Department));
        command.Add(Verb("list", "列出用户 / list users", List));
        command.Add(Verb("reset", "重置密码 / make up a new password", Reset, Name));
        command.Add(Verb("disable", "停用 / disable", (run, actor, cancel) => Disable(run, actor, true, cancel), Name));
        command.Add(Verb("enable", "启用 / enable", (run, actor, cancel) => Disable(run, actor, false, cancel), Name));
        return command;
    }

    private static Command Verb(string name, string description, Func<Run, Actor, CancellationToken, Task<int>> work, params Symbol[] words)
    {
        var verb = new Command(name, description);
        foreach (var word in words)
        {
            if (word is Argument argument)
                verb.Add(argument);
            else
                verb.Add((Option)word);
        }
        verb.SetAction((parsed, cancel) => Run.With(parsed, async (run, token) =>
        {
            var area = await run.Area(token, highest: AreaLevel.Province);
            return area.Succeeded ? await work(run, Run.Operator(area.Value), token) : await run.Refuse(area.Problems);
        }, cancel));
        return verb;
    }

    private static async Task<int> Add(Run run, Actor actor, CancellationToken cancel)
    {
        var name = run.Words.GetValue(Name)!;
        var added = await run.Get<IUsers>().Add(actor, new(name, run.Words.GetValue(Display) ?? name, run.Words.GetValue(Role), actor.Area, run.Words.GetValue(Department)), cancel);
        return await Password(run, added);
    }

    private static async Task<int> Reset(Run run, Actor actor, CancellationToken cancel) =>
        await Password(run, await run.Get<IUsers>().Reset(actor, run.Words.GetValue(Name)!, cancel));

    private static Task<int> Password(Run run, Outcome<GivenPassword> given) => given.Succeeded
        ? run.Answer(new { name = given.Value.Name, password = given.Value.Password }, new Text(
            $"{given.Value.Name} 的初始密码：{given.Value.Password}（首次登录须修改）", $"First password of {given.Value.Name}: {given.Value.Password} (to be changed at the first sign-in)"))
        : run.Refuse(given.Problems);

    private static async Task<int> Disable(Run run, Actor actor, bool disabled, CancellationToken cancel)
    {
        var changed = await run.Get<IUsers>().Disable(actor, run.Words.GetValue(Name)!, disabled, cancel);
        return changed.Succeeded
            ? await run.Answer(new { name = changed.Value.Name, disabled = changed.Value.Disabled }, disabled ? new Text("已停用。", "Disabled.") : new Text("已启用。", "Enabled."))
            : await run.Refuse(changed.Problems);
    }

    private static async Task<int> List(Run run, Actor actor, CancellationToken cancel)
    {
        var users = await run.Get<IUsers>().List(actor, cancel);
        return await run.Answer(users.Select(u => new { name = u.Name, displayName = u.DisplayName, role = u.Role, area = u.Area.Digits, department = u.Department, disabled = u.Disabled }),
            users.Select(u => new Text($"  {u.Name}  {u.DisplayName}  {RoleNames.Of(u.Role).Zh}  {u.Area}", $"  {u.Name}  {u.DisplayName}  {RoleNames.Of(u.Role).En}  {u.Area}")));
    }
}
