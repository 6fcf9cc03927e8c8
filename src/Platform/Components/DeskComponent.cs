using Microsoft.AspNetCore.Components;
using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Components;

/// <summary>What every page and every part of the kit can say and do.</summary>
public abstract class DeskComponent : ComponentBase
{
    private bool _begun;

    [Inject] protected Screen Screen { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Renders once, when everything the component waits for is there.</summary>
    /// <remarks>
    /// Left to itself a component is rendered a first time while it still waits for the database, with nothing to show: a page is sent
    /// once and whole, so that would be work for nobody, and every page would have to bear its own emptiness.
    /// </remarks>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_begun)
        {
            _begun = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }

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
