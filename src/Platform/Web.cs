using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Shouwang.Kernel;

namespace Shouwang.Platform;

/// <summary>The permission an endpoint or a page needs. A test checks that each of them says one, or is open on purpose.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(string permission) : Attribute
{
    public string Permission => permission;
}

/// <summary>Open to people who have signed in, whatever their role (such as their own work list).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;

/// <summary>Works over all counties of a post's area. Everything else is about one county, which a post above the counties chooses first.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OverCountiesAttribute : Attribute;

/// <summary>Open to everybody without an account: public pages, sign-in, styles.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute;

/// <summary>For phones of the field app: whoever asks is known by the phone's token, and by nothing else.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ForDevicesAttribute : Attribute;

public static class Web
{
    extension(Problem problem)
    {
        /// <summary>As RFC 9457 problem details, with our code, the trace id a user can quote, and both languages for programs that keep them.</summary>
        public ProblemHttpResult ToResult(Language language) => TypedResults.Problem(
            type: $"/problems/{problem.Code}", statusCode: problem.Status, title: problem.What.In(language), detail: problem.Remedy.In(language),
            extensions: new Dictionary<string, object?> { ["code"] = problem.Code, ["what"] = problem.What, ["remedy"] = problem.Remedy, ["traceId"] = Activity.Current?.Id });
    }

    extension<T>(T endpoint) where T : IEndpointConventionBuilder
    {
        public T Requires(string permission) => endpoint.WithMetadata(new RequiresAttribute(permission));
        public T OverCounties() => endpoint.WithMetadata(new OverCountiesAttribute());
        public T SignedIn() => endpoint.WithMetadata(new SignedInAttribute());
        public T ForDevices() => endpoint.WithMetadata(new ForDevicesAttribute());
        public T OpenToAll() => endpoint.WithMetadata(new OpenToAllAttribute());
    }
}
