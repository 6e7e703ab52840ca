using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Configuration;

/// <summary>
/// All sections that a configuration may have, in the order of the data: from files and defaults to a whole configuration.
/// </summary>
public sealed class ConfigurationCatalog
{
    /// <summary>Takes the sections of the engine and of the systems.</summary>
    /// <exception cref="ArgumentException">Two sections have the same name.</exception>
    public ConfigurationCatalog(IReadOnlyList<Section> sections)
    {
        if (sections.GroupBy(section => section.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"two sections are called '{twice.Key}'", nameof(sections));
        Sections = sections;
    }

    /// <summary>The sections.</summary>
    public IReadOnlyList<Section> Sections { get; }

    /// <summary>The configuration of a run that states nothing: what single files are judged by.</summary>
    public RunConfiguration Defaults => Complete([], "defaults");

    /// <summary>Reads a configuration file; without a run directory in it, results go to <c>runs/NAME</c> beside it.</summary>
    /// <exception cref="UserException">A file cannot be read, or something in it is wrong: all of it is named, with what is
    /// allowed.</exception>
    public RunConfiguration Read(string path)
    {
        JsonObject stated = ConfigurationFile.Read(path, Sections);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        stated.TryAdd(RunConfiguration.RunDirectoryKey, Path.Combine(folder, "runs", Path.GetFileNameWithoutExtension(path)));
        return Complete(stated, path, isFile: true);
    }

    /// <summary>A configuration from JSON text whose paths are absolute; the name is for messages.</summary>
    /// <exception cref="UserException">Something in it is wrong.</exception>
    public RunConfiguration Parse(ReadOnlyMemory<byte> text, string name) => Complete(ConfigurationFile.Parse(text, name, Sections), name);

    private RunConfiguration Complete(JsonObject stated, string name, bool isFile = false)
    {
        var values = new List<(Section, object?)>();
        foreach (Section section in Sections)
        {
            object? value = ValueOf(section, stated);
            if (value is not null && section.ProblemOf(value) is { } problem)
                throw UserException.Configuration($"{name}: {problem}");
            values.Add((section, value is not null && isFile ? section.Sealed(value) : value));
        }

        return new RunConfiguration(stated[RunConfiguration.RunDirectoryKey]?.GetValue<string>() ?? "runs", values);
    }

    private static object? ValueOf(Section section, JsonObject stated)
    {
        if (!stated.TryGetPropertyValue(section.Name, out JsonNode? given))
            return section.Default;
        if (given is null)
            return null;
        JsonObject whole = section.Template;
        ConfigurationFile.Overlay(whole, given.AsObject());
        return section.Read(whole);
    }
}
