using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Simulation.Defects;

/// <summary>A crystal without one of its atoms.</summary>
/// <param name="Site">The atom of the cell that is missing, from 0.</param>
/// <param name="Element">Its element.</param>
/// <param name="Position">Its Wyckoff position, such as <c>4a</c>.</param>
/// <param name="ChemicalPotential">Energy of an atom where the missing one goes, eV.</param>
/// <param name="Unrelaxed">Formation energy with all other atoms at their places, eV: E(N-1) - E(N) + chemical potential.</param>
/// <param name="Formation">Formation energy after they have moved at fixed cell, eV.</param>
/// <param name="Relaxed">The relaxed structure.</param>
/// <param name="Warnings">What the model warns of.</param>
internal sealed record Vacancy(
    int Site, Element Element, string Position, double ChemicalPotential, double Unrelaxed, double Formation, RelaxedStructure Relaxed,
    IReadOnlyList<string> Warnings)
{
    // Within this, A, symmetry is taken for exact.
    private const double SymmetryToleranceAngstrom = 0.01;

    /// <summary>Vacancies on all sites that symmetry does not relate.</summary>
    /// <param name="model">What gives energies.</param>
    /// <param name="cell">The crystal.</param>
    /// <param name="counts">How often its cell is repeated.</param>
    /// <param name="potentials">Chemical potentials, eV; an element by itself needs none, its own energy an atom is taken.</param>
    /// <param name="options">How atoms are relaxed.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public static List<Vacancy>? Find(
        IEnergyModel model, AtomFrame cell, int[] counts, IReadOnlyDictionary<Element, double> potentials, RelaxationOptions options,
        out string? problem)
    {
        problem = "it is no crystal, or two atoms share a place";
        if (FrameSymmetry.Find(cell, SymmetryToleranceAngstrom) is not { } symmetry)
            return null;
        Supercell supercell = Supercell.Of(cell, counts);
        if (model.Compute(supercell.Frame, out problem) is not { } whole)
            return null;
        var vacancies = new List<Vacancy>();
        foreach (int site in Enumerable.Range(0, cell.AtomCount).Where(atom => symmetry.Symmetry.EquivalentAtoms[atom] == atom))
        {
            AtomFrame start = Without(supercell.Frame, site * supercell.CellCount);
            if (model.Compute(start, out problem) is not { } first ||
                StructureRelaxation.Relax(model, start, options with { WithCell = false }, out problem) is not { } relaxed)
                return null;
            Element element = cell.Species[site];
            double potential = potentials.TryGetValue(element, out double known)
                ? known : whole.EnergyElectronVolt / supercell.Frame.AtomCount;
            double shift = potential - whole.EnergyElectronVolt;
            var warnings = new WarningList();
            warnings.Add(whole.Warnings);
            warnings.Add(first.Warnings);
            warnings.Add(relaxed.Energy.Warnings);
            vacancies.Add(new Vacancy(
                site, element, symmetry.Symmetry.WyckoffOf(site).ToString(), potential, first.EnergyElectronVolt + shift,
                relaxed.Energy.EnergyElectronVolt + shift, relaxed, warnings.Texts));
        }

        return vacancies;
    }

    private static AtomFrame Without(AtomFrame frame, int atom) => new()
    {
        Species = [.. frame.Species[..atom], .. frame.Species[(atom + 1)..]],
        PositionsAngstrom = [.. frame.PositionsAngstrom[..(3 * atom)], .. frame.PositionsAngstrom[(3 * atom + 3)..]],
        Cell = frame.Cell, Periodicity = frame.Periodicity,
    };
}
