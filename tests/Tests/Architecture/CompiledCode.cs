using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Shouwang.Tests.Architecture;

/// <summary>Which type uses which, read from compiled code, so that it holds for every line and not only for usings.</summary>
internal static class CompiledCode
{
    /// <summary>The outermost type that uses, and the outermost type that is used.</summary>
    public sealed record Reference(string From, string To);

    public static IReadOnlyList<Reference> Of(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return [.. module.GetTypes().SelectMany(type => Mentioned(type).SelectMany(Names).Distinct().Select(to => new Reference(Outermost(type), to))).Distinct()];
    }

    private static IEnumerable<TypeReference?> Mentioned(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (var face in type.Interfaces)
            yield return face.InterfaceType;
        foreach (var attribute in type.CustomAttributes)
            yield return attribute.AttributeType;
        foreach (var field in type.Fields)
            yield return field.FieldType;
        foreach (var method in type.Methods)
        {
            yield return method.ReturnType;
            foreach (var parameter in method.Parameters)
                yield return parameter.ParameterType;
            if (!method.HasBody)
                continue;
            foreach (var variable in method.Body.Variables)
                yield return variable.VariableType;
            foreach (var used in method.Body.Instructions.SelectMany(Mentioned))
                yield return used;
        }
    }

    private static IEnumerable<TypeReference?> Mentioned(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<string> Names(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => Names(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Names)),
        TypeSpecification specification => Names(specification.ElementType),
        _ => [Outermost(type)],
    };

    private static string Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type.FullName;
}

/// <summary>Where the sources lie.</summary>
internal static class Sources
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>One folder for each module.</summary>
    public static IEnumerable<string> ModuleFolders
    {
        get
        {
            var modules = Path.Combine(Root, "src", "Modules");
            return Directory.GetDirectories(modules).Concat(Directory.GetDirectories(Path.Combine(modules, "Programmes")))
                .Where(d => Path.GetFileName(d) is not ("Programmes" or "obj" or "bin"));
        }
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Shouwang.slnx"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside the source tree."));
}
