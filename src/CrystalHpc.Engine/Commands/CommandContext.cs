using CrystalHpc.Engine.Systems;

namespace CrystalHpc.Engine.Commands;

/// <summary>What every verb is made with.</summary>
/// <param name="Runner">Runs the body of a verb on every rank.</param>
/// <param name="Systems">The systems of the program.</param>
public sealed record CommandContext(JobRunner Runner, SystemCatalog Systems);
