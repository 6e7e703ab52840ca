using CrystalHpc.Core.Coordination;

namespace CrystalHpc.Engine.Structures;

/// <summary>A definition of neighbors with its name in configurations.</summary>
/// <param name="Name">Name in snake case.</param>
/// <param name="Definition">The definition with its settings.</param>
public sealed record NamedDefinition(string Name, ICoordinationDefinition Definition);
