using System.Text.Json.Nodes;

namespace CrystalHpc.Learning.Models;

/// <summary>What a model says of itself.</summary>
public sealed record ModelMetadata
{
    /// <summary>The system that made it and can use it, such as <c>lattice</c>.</summary>
    public required string System { get; init; }

    /// <summary>Version of the model's meaning to that system: goes up when the same tensors mean something else.</summary>
    public required int Version { get; init; }

    /// <summary>Unit of each quantity, such as <c>volume_per_atom: A^3</c>.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    /// <summary>The elements of the training data, by atomic number.</summary>
    public required IReadOnlyList<string> Elements { get; init; }

    /// <summary>All that is needed to build the network again, and how it was trained.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>SHA-256 of the training data.</summary>
    public required string TrainingData { get; init; }

    /// <summary>How good it was on validation samples, such as <c>crystal_system.accuracy</c>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
}
