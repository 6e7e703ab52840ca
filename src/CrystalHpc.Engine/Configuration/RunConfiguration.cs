using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Configuration;

/// <summary>Everything that decides a run: where its results go, and the sections of the engine and of the systems.</summary>
public sealed class RunConfiguration
{
    /// <summary>Key of <see cref="RunDirectory"/>.</summary>
    public const string RunDirectoryKey = "run_directory";

    private readonly (Section Section, object? Value)[] _sections;

    internal RunConfiguration(string runDirectory, IEnumerable<(Section Section, object? Value)> sections) =>
        (RunDirectory, _sections) = (runDirectory, [.. sections]);

    /// <summary>Where tables and results go.</summary>
    public string RunDirectory { get; }

    /// <summary>A section; null when it is off.</summary>
    /// <exception cref="InvalidOperationException">No system has registered the section.</exception>
    public T? Find<T>(Section<T> section)
        where T : class => (T?)_sections[IndexOf(section)].Value;

    /// <summary>A section that cannot be off.</summary>
    /// <exception cref="InvalidOperationException">No system has registered the section, or it is off.</exception>
    public T Get<T>(Section<T> section)
        where T : class => Find(section) ?? throw new InvalidOperationException($"the section '{section.Name}' is off");

    /// <summary>A section that a verb needs.</summary>
    /// <exception cref="UserException">The configuration has no such section.</exception>
    public T Require<T>(Section<T> section)
        where T : class => Find(section) ?? throw UserException.Configuration($"the configuration has no section '{section.Name}'");

    /// <summary>True when a section is on.</summary>
    public bool Has(Section section) => _sections[IndexOf(section)].Value is not null;

    /// <summary>The same with another section.</summary>
    public RunConfiguration With<T>(Section<T> section, T? value)
        where T : class
    {
        int changed = IndexOf(section);
        return new RunConfiguration(RunDirectory, _sections.Select((entry, i) => i == changed ? (entry.Section, value) : entry));
    }

    /// <summary>The same with another run directory.</summary>
    public RunConfiguration WithRunDirectory(string runDirectory) => new(runDirectory, _sections);

    /// <summary>All keys, in the order of the sections.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { [RunDirectoryKey] = RunDirectory };
        foreach ((Section section, object? value) in _sections)
            json[section.Name] = value is null ? null : JsonSerializer.SerializeToNode(value, section.Type, ConfigurationFile.Json);
        return json;
    }

    /// <summary>The same as JSON text, UTF-8: how a configuration travels between ranks.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(ToJson(), ConfigurationFile.Json);

    // Two systems may describe their sections by equal records, so the name decides.
    private int IndexOf(Section section)
    {
        int index = Array.FindIndex(_sections, entry => entry.Section.Name == section.Name);
        return index >= 0 ? index : throw new InvalidOperationException($"no system has registered the section '{section.Name}'");
    }
}
