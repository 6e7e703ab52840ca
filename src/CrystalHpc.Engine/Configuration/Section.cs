using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrystalHpc.Engine.Configuration;

/// <summary>
/// A section of the configuration: its key in the file, the record that it becomes, its defaults. Systems register theirs.
/// </summary>
/// <param name="Name">Key of the section.</param>
/// <param name="Purpose">What it decides, for the schema and for new configuration files.</param>
public abstract record Section(string Name, string Purpose)
{
    /// <summary>True when <c>null</c> is allowed: it switches off what the section decides.</summary>
    public bool MayBeOff { get; init; }

    /// <summary>Keys that hold paths, or lists of paths: relative ones are taken from the folder of the file that states them.</summary>
    public IReadOnlyList<string> PathKeys { get; init; } = [];

    /// <summary>The record that the section becomes.</summary>
    public abstract Type Type { get; }

    /// <summary>What a file that does not mention the section gets; null: the section is off.</summary>
    internal abstract object? Default { get; }

    /// <summary>What the keys that a file leaves out are taken from.</summary>
    internal abstract JsonObject Template { get; }

    /// <summary>The record from JSON that has been checked and completed.</summary>
    internal abstract object Read(JsonNode json);

    /// <summary>
    /// The values with what a configuration file does not state but that decides the run, such as the digest of a file that it names.
    /// </summary>
    internal abstract object Sealed(object value);

    /// <summary>What is wrong with the values together; null when nothing is.</summary>
    internal abstract string? ProblemOf(object value);
}

/// <summary>A section whose record type is known.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="Name">Key of the section.</param>
/// <param name="Purpose">What it decides.</param>
/// <param name="Defaults">What the keys that a file leaves out are taken from.</param>
public sealed record Section<T>(string Name, string Purpose, T Defaults) : Section(Name, Purpose)
    where T : class
{
    /// <summary>True when a file that does not mention the section leaves it off.</summary>
    public bool IsOffByDefault { get; init; }

    /// <summary>Finds what is wrong with the values together, which ranges of single keys cannot say; null when nothing is.</summary>
    public Func<T, string?>? Check { get; init; }

    /// <summary>Adds what a configuration file does not state but that decides the run; null: there is no such thing.</summary>
    public Func<T, T>? Seal { get; init; }

    /// <inheritdoc/>
    public override Type Type => typeof(T);

    internal override object? Default => IsOffByDefault ? null : Defaults;

    internal override JsonObject Template => JsonSerializer.SerializeToNode(Defaults, ConfigurationFile.Json)!.AsObject();

    internal override object Read(JsonNode json) => json.Deserialize<T>(ConfigurationFile.Json)!;

    internal override object Sealed(object value) => Seal?.Invoke((T)value) ?? value;

    internal override string? ProblemOf(object value) => Check?.Invoke((T)value);
}
