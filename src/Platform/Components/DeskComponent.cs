using Microsoft.AspNetCore.Components;
using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Components;

/// <summary>What every page and every part of the kit can say and do.</summary>
public abstract class DeskComponent : ComponentBase
{
    [Inject] protected Screen Screen { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    protected Actor Actor => Screen.Actor;
    protected DateOnly Day => Screen.Day;

    /// <summary>Ends when the browser goes away.</summary>
    protected CancellationToken Cancel => Screen.Http.RequestAborted;

    /// <summary>A text in the visitor's language.</summary>
    protected string Say(Text text) => Screen.Say(text);

    /// <inheritdoc cref="Say(Text)"/>
    protected string Say(string zh, string en) => Screen.Say(new(zh, en));

    protected bool May(string permission) => Screen.May(permission);

    /// <summary>Ends a form that succeeded: the next page shows the message.</summary>
    protected void Done(string next, Text message)
    {
        Screen.Leave(message);
        Navigation.NavigateTo(next);
    }

    /// <summary>The page has nothing under this address that the visitor may see.</summary>
    /// <remarks>The status is set as the answer leaves: seeing it earlier, the renderer would send no page at all.</remarks>
    protected void NotThere()
    {
        var response = Screen.Http.Response;
        response.OnStarting(() =>
        {
            response.StatusCode = 404;
            return Task.CompletedTask;
        });
    }
}
