using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Phonons.Paths;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>Phonons of a crystal by finite displacements.</summary>
/// <param name="Sets">Cell, supercell and forces.</param>
/// <param name="Matrix">What gives frequencies.</param>
/// <param name="Bands">Frequencies along lines.</param>
/// <param name="Mesh">Frequencies on a mesh.</param>
/// <param name="Thermal">Free energies and the like by temperature.</param>
/// <param name="EnergyAtRest">Energy of an atom at rest, eV.</param>
/// <param name="SpaceGroup">Symbol of the space group.</param>
/// <param name="Warnings">What to know before trusting it.</param>
internal sealed record PhononStudy(
    ForceSets Sets, DynamicalMatrix Matrix, BandStructure Bands, PhononMesh Mesh, IReadOnlyList<Thermodynamics> Thermal,
    double EnergyAtRest, string SpaceGroup, IReadOnlyList<string> Warnings)
{
    // Forces below this, eV/A, do not change frequencies; what is relaxed goes on to this.
    private const double SmallForce = 1e-4, LargeForce = 0.01;

    // Numerical noise near the zero of the acoustic branches, THz.
    private const double Noise = 0.01;

    private const double KelvinStep = 10;

    /// <summary>The primitive cell.</summary>
    public AtomFrame Cell => Sets.Supercell.Cell;

    /// <summary>Lowest frequency of lines and mesh, THz.</summary>
    public double Lowest => Math.Min(Mesh.Lowest, Bands.Points.Min(point => point.Terahertz[0]));

    /// <summary>Highest frequency of lines and mesh, THz.</summary>
    public double Highest => Math.Max(Mesh.Highest, Bands.Points.Max(point => point.Terahertz[^1]));

    /// <summary>The row of a temperature, K.</summary>
    public Thermodynamics At(double kelvin) => Thermodynamics.At(Mesh, Cell.AtomCount, EnergyAtRest, kelvin);

    /// <summary>Computes phonons.</summary>
    /// <param name="model">What gives energies and forces.</param>
    /// <param name="structure">The crystal.</param>
    /// <param name="options">How.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    public static PhononStudy? Of(IEnergyModel model, AtomFrame structure, PhononOptions options, out string? problem)
    {
        problem = "it is no crystal, or two atoms share a place";
        if (PrimitiveCell.Of(structure) is not { } cell)
            return null;
        var warnings = new WarningList();
        var notes = new List<string>();
        var relaxation = new RelaxationOptions
        {
            LargestForceElectronVoltPerAngstrom = SmallForce, MostSteps = options.Relaxes ? 1_000 : 0,
            SymmetryToleranceAngstrom = PrimitiveCell.SymmetryToleranceAngstrom,
        };
        if (StructureRelaxation.Relax(model, cell, relaxation, out problem) is not { } relaxed)
            return null;
        if (options.Relaxes && !relaxed.IsDone)
            notes.Add("the relaxation gave up before all forces were gone");
        cell = options.Relaxes ? relaxed.Frame : cell;
        Basis basis = cell.Cell!.Value;
        FrameSymmetry symmetry = FrameSymmetry.Find(cell, PrimitiveCell.SymmetryToleranceAngstrom)!;
        var supercell = Supercell.Of(cell, options.Counts ?? Supercell.SymmetricCountsFor(basis, symmetry, options.LengthAngstrom));
        if (ForceSets.Compute(model, supercell, options.DisplacementAngstrom, warnings, out problem) is not { } sets)
            return null;
        if (sets.LargestForceAtRest > LargeForce)
            notes.Add(FormattableString.Invariant($"forces of {sets.LargestForceAtRest:0.000} eV/A act on atoms at rest"));
        bool isSymmetric = supercell.Has(symmetry);
        if (!isSymmetric)
            notes.Add("the supercell lacks the symmetry of the crystal, and so do the frequencies");
        var matrix = new DynamicalMatrix(ForceConstants.Of(sets, isSymmetric ? symmetry : null));
        BandStructure bands = BandStructure.Of(matrix, PathLattice.Of(symmetry.Symmetry, basis), basis);
        var mesh = new PhononMesh(matrix, basis);
        double energy = relaxed.Energy.EnergyElectronVolt / cell.AtomCount;
        Thermodynamics[] thermal = [.. Enumerable.Range(0, (int)(options.MostKelvin / KelvinStep) + 1)
            .Select(k => Thermodynamics.At(mesh, cell.AtomCount, energy, k * KelvinStep))];
        var study = new PhononStudy(sets, matrix, bands, mesh, thermal, energy, symmetry.Symmetry.Group.ShortSymbol, []);
        return study with { Warnings = [.. notes, .. study.Imaginary(), .. warnings.Texts] };
    }

    private IEnumerable<string> Imaginary()
    {
        if (Lowest > -Noise)
            yield break;
        double share = Mesh.Modes.Where(mode => mode.Terahertz < 0).Sum(mode => mode.Weight) / Matrix.BranchCount;
        yield return FormattableString.Invariant(
            $"imaginary frequencies down to {Lowest:0.00} THz: the crystal is not stable, or the supercell too small; ")
            + FormattableString.Invariant($"{100 * share:0.0} % of the waves are left out of free energies");
    }
}
