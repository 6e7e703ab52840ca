using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Engine.Systems;

/// <summary>
/// What a system says of a crystal that is not its own, such as one that another system has made. It stands here so that systems need not
/// know one another: <see cref="ISystem.Judges"/> supplies them, <see cref="SystemCatalog.Judges"/> gathers them. One instance serves one
/// thread.
/// </summary>
public interface IStructureJudge
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>What it says, in the order of <see cref="StructureJudgment.Values"/>.</summary>
    IReadOnlyList<JudgedColumn> Columns { get; }

    /// <summary>True when it may answer with another structure: it is asked before those that do not.</summary>
    bool MayChange => false;

    /// <summary>Judges ordered crystals, in their order; what is said of one does not depend on the others.</summary>
    IReadOnlyList<StructureJudgment> Judge(IReadOnlyList<CrystalStructure> structures);
}

/// <summary>Something that is said of a crystal.</summary>
/// <param name="Name">Name of the column, with the unit: <c>gii_vu</c>.</param>
/// <param name="Meaning">What it means, for people.</param>
/// <param name="HasInterval">Values are <see cref="Estimate"/>s: two more columns hold the interval.</param>
public sealed record JudgedColumn(string Name, string Meaning, bool HasInterval = false)
{
    /// <summary>The column of formation energies per atom, eV, on the scale of the Materials Project.</summary>
    public const string FormationEnergy = "formation_energy_eV_atom";

    /// <summary>The column that holds the global instability index, v.u.</summary>
    public const string InstabilityIndex = "gii_vu";
}

/// <summary>A number and the interval that holds the true one nine times in ten.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Estimate(double Value, double Low, double High);

/// <summary>What a judge says of a crystal.</summary>
/// <param name="Values">One for each column: text, numbers, <see cref="Estimate"/>s; null where there is none.</param>
public sealed record StructureJudgment(IReadOnlyList<object?> Values)
{
    /// <summary>What to know before trusting it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it is no crystal to go on with; null when it is one.</summary>
    public string? DropReason { get; init; }

    /// <summary>The crystal to go on with instead, without symmetry; null to go on with the same.</summary>
    public CrystalStructure? Changed { get; init; }
}

/// <summary>What judges are made with.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="EnergyModel">What gives energies where the user names it, as <c>potential --model</c> takes it; null: what ships.</param>
public sealed record JudgeOptions(RunConfiguration Configuration, string? EnergyModel = null);
