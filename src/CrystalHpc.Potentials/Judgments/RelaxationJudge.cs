using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Potentials.Commands;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Judgments;

/// <summary>
/// Relaxes crystals whose elements the potential knows, atoms and cell, in their symmetry. The relaxed crystal replaces the given one only
/// where the relaxation has converged and the potential warns of nothing.
/// </summary>
/// <param name="model">What gives energies.</param>
internal sealed class RelaxationJudge(IEnergyModel model) : IStructureJudge
{
    private static readonly RelaxationOptions Options = new()
    {
        LargestForceElectronVoltPerAngstrom = 0.01, MostSteps = 300, SymmetryToleranceAngstrom = 0.01,
    };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "relaxation";

    /// <inheritdoc/>
    public bool MayChange => true;

    /// <inheritdoc/>
    public IReadOnlyList<JudgedColumn> Columns { get; } =
    [
        new("relaxed", "yes: the structure in the file is the relaxed one; no: the relaxation did not converge, or the potential warns"),
        new("relaxed_energy_eV_atom", "energy by the potential after relaxation, on its own scale"),
        new("relaxation_gain_eV_atom", "energy before minus energy after"),
        new("volume_change_percent", "of the volume by relaxation"),
        new("relaxation_note", "why one of these is empty"),
    ];

    /// <summary>A judge by a potential that is named, or by the one that ships; null where none ships.</summary>
    /// <exception cref="Engine.Jobs.UserException">The named one cannot be used.</exception>
    public static RelaxationJudge? Of(string? named) =>
        named is null && !File.Exists(ModelOptions.Shipped) ? null
        : new RelaxationJudge(EnergyModels.Create(named ?? ModelOptions.Shipped, Patience, rank: 0));

    /// <inheritdoc/>
    public IReadOnlyList<StructureJudgment> Judge(IReadOnlyList<CrystalStructure> structures) => [.. structures.Select(Judge)];

    private StructureJudgment Judge(CrystalStructure structure)
    {
        string[] unknown = [.. structure.Sites.Select(site => site.Element).Distinct().Where(element => !model.Knows(element))
            .Select(element => element.Symbol)];
        if (unknown.Length > 0)
            return None($"the potential does not know {string.Join(", ", unknown)}");
        AtomFrame start = CifFrames.Of(structure, "");
        if (model.Compute(start, out string? problem) is not { } before
            || StructureRelaxation.Relax(model, start, Options, out problem) is not { } relaxed)
            return None(problem ?? "it has no energy");
        int atoms = start.AtomCount;
        bool isSound = relaxed.IsDone && relaxed.Energy.Warnings.Count == 0;
        CrystalStructure? changed = isSound ? FrameCrystal.TryCreate(relaxed.Frame, 0, out _)?.Structure : null;
        double growth = Math.Abs(relaxed.Frame.Cell!.Value.Volume / start.Cell!.Value.Volume) - 1;
        return new StructureJudgment(
        [
            changed is null ? "no" : "yes", relaxed.Energy.EnergyElectronVolt / atoms,
            (before.EnergyElectronVolt - relaxed.Energy.EnergyElectronVolt) / atoms, 100 * growth,
            relaxed.IsDone ? null : FormattableString.Invariant($"forces are left after {relaxed.Steps} steps"),
        ])
        {
            Changed = changed, Warnings = [.. relaxed.Energy.Warnings.Select(warning => $"potential: {warning}")],
        };
    }

    private StructureJudgment None(string why) => new([.. new object?[Columns.Count - 1], why]);
}
