using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Optimization;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Simulation.Relaxation;

/// <summary>
/// The enthalpy E + PV as a function of where atoms stand in the undeformed cell, A, and of the strain of the cell, in units in which it is
/// as stiff as atoms are:
/// xx, yy, zz, yz, xz, xy, the same for atoms and cell vectors (as in R. Tadmor et al., Phys. Rev. B 59 (1999) 235).
/// </summary>
internal sealed class EnthalpyObjective : IObjective
{
    private readonly IEnergyModel _model;
    private readonly AtomFrame _start;
    private readonly RelaxationOptions _options;
    private readonly FrameSymmetry? _symmetry;
    private readonly double _strainUnit;

    /// <summary>The enthalpy of a structure.</summary>
    public EnthalpyObjective(IEnergyModel model, AtomFrame start, RelaxationOptions options)
    {
        (_model, _start, _options) = (model, start, options);
        HasCell = options.WithCell && start.Cell is not null && start.Periodicity == Periodicity.Crystal;
        _symmetry = options.SymmetryToleranceAngstrom is { } tolerance ? FrameSymmetry.Find(start, tolerance) : null;
        double volume = Math.Abs(start.Cell?.Volume ?? 1);

        // The second derivative by strain grows with the number of atoms.
        _strainUnit = Math.Sqrt(start.AtomCount) * Math.Cbrt(volume / start.AtomCount);
    }

    /// <summary>True when the cell relaxes.</summary>
    public bool HasCell { get; }

    /// <inheritdoc/>
    public int ParameterCount => 3 * _start.AtomCount + (HasCell ? 6 : 0);

    /// <summary>The structure that was computed last, with its energy, forces and stress; null before.</summary>
    public AtomFrame? Last { get; private set; }

    /// <summary>What the model said of it.</summary>
    public AtomicEnergy? LastEnergy { get; private set; }

    /// <summary>Why the last structure could not be computed; null when it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>The parameters of the start.</summary>
    public double[] Start() => [.. _start.PositionsAngstrom, .. new double[ParameterCount - 3 * _start.AtomCount]];

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        int coordinates = 3 * _start.AtomCount;
        Basis deformation = Deformation(parameters[coordinates..]);
        AtomFrame frame = Deform(parameters, deformation);
        LastEnergy = _model.Compute(frame, out string? problem);
        if (LastEnergy is not { } energy)
        {
            Problem = problem;
            return double.NaN;
        }

        double[] forces = energy.ForcesElectronVoltPerAngstrom, strain = [.. energy.StrainDerivativeElectronVolt];
        _symmetry?.Symmetrize(forces);
        _symmetry?.SymmetrizeTensor(strain);
        double enthalpy = energy.EnergyElectronVolt;
        for (int i = 0; i < coordinates; i += 3)
        {
            Fractional slope = deformation.Project(new Cartesian(-forces[i], -forces[i + 1], -forces[i + 2]));
            (gradient[i], gradient[i + 1], gradient[i + 2]) = (slope.X, slope.Y, slope.Z);
        }

        if (HasCell)
        {
            double work = _options.PressureElectronVoltPerCubicAngstrom * Math.Abs(frame.Cell!.Value.Volume);
            enthalpy += work;
            for (int i = 0; i < 3; i++)
                strain[i] += work;
            WriteStrainGradient(strain, deformation.Reciprocal, gradient[coordinates..]);
        }

        Last = frame with
        {
            EnergyElectronVolt = energy.EnergyElectronVolt,
            ForcesElectronVoltPerAngstrom = forces,
            StressElectronVoltPerCubicAngstrom = energy.StressOf(frame),
        };
        return enthalpy;
    }

    // I + strain, by columns: a symmetric matrix.
    private Basis Deformation(ReadOnlySpan<double> s)
    {
        if (s.IsEmpty)
            return new Basis(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));
        double unit = 1 / _strainUnit;
        return new Basis(
            new(1 + unit * s[0], unit * s[5], unit * s[4]), new(unit * s[5], 1 + unit * s[1], unit * s[3]),
            new(unit * s[4], unit * s[3], 1 + unit * s[2]));
    }

    private AtomFrame Deform(ReadOnlySpan<double> parameters, Basis deformation) =>
        (_start with { PositionsAngstrom = parameters[..(3 * _start.AtomCount)].ToArray() })
            .Map(v => deformation.ToCartesian(new Fractional(v.X, v.Y, v.Z)));

    // With F = I + strain and W = dH/d(eta) for a further strain eta: dH/dF = W F^-1; both off-diagonal elements are one parameter.
    private void WriteStrainGradient(double[] w, Basis inverse, Span<double> gradient)
    {
        Cartesian x = new(w[0], w[5], w[4]), y = new(w[5], w[1], w[3]), z = new(w[4], w[3], w[2]);
        Cartesian Row(Cartesian v) => new(Cartesian.Dot(v, inverse.A), Cartesian.Dot(v, inverse.B), Cartesian.Dot(v, inverse.C));
        (Cartesian a, Cartesian b, Cartesian c) = (Row(x), Row(y), Row(z));
        double[] slopes = [a.X, b.Y, c.Z, b.Z + c.Y, a.Z + c.X, a.Y + b.X];
        for (int i = 0; i < 6; i++)
            gradient[i] = slopes[i] / _strainUnit;
    }
}
