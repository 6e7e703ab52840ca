using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>
/// Energies, forces and stress by an <see cref="IPairLaw"/>. In structures that repeat, pairs are switched off smoothly within one angstrom
/// behind the cutoff.
/// </summary>
/// <param name="law">The law.</param>
/// <param name="switchAngstrom">Width of the switch, A.</param>
public sealed class EmbeddedAtomModel(IPairLaw law, double switchAngstrom = 1) : IEnergyModel
{
    // Atoms closer than this coincide.
    private const double ShortestAngstrom = 1e-3;

    private readonly PairList _pairs = new();
    private double[] _x = [], _y = [], _z = [], _r = [], _phi = [], _phiSlope = [], _density = [], _densitySlope = [];

    /// <inheritdoc/>
    public string Name => law.Name;

    /// <inheritdoc/>
    public bool Knows(Element element) => law.Knows(element);

    /// <inheritdoc/>
    public AtomicEnergy? Compute(AtomFrame frame, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (Array.FindIndex(frame.Species, element => !law.Knows(element)) is >= 0 and int unknown)
        {
            problem = FormattableString.Invariant($"atom {unknown + 1} is {frame.Species[unknown]}, which {law.Name} does not know");
            return null;
        }

        problem = _pairs.Update(frame, law.CutoffAngstrom + switchAngstrom) ?? Measure(frame);
        return problem is null ? Sum(frame) : null;
    }

    private string? Measure(AtomFrame frame)
    {
        int count = _pairs.Count;
        if (_r.Length < count)
        {
            (_x, _y, _z, _r) = (new double[count], new double[count], new double[count], new double[count]);
            (_phi, _phiSlope, _density, _densitySlope) = (new double[count], new double[count], new double[count], new double[count]);
        }

        _pairs.Measure(frame, _x, _y, _z);
        for (int k = 0; k < count; k++)
        {
            _r[k] = Math.Sqrt(_x[k] * _x[k] + _y[k] * _y[k] + _z[k] * _z[k]);
            if (!(_r[k] > ShortestAngstrom))
                return FormattableString.Invariant($"atoms {_pairs.First[k] + 1} and {_pairs.Second[k] + 1} coincide");
        }

        foreach ((Element first, Element second, int start, int end) in _pairs.Runs)
        {
            int length = end - start;
            law.Evaluate(first, second, _r.AsSpan(start, length), new PairTerms(
                _phi.AsSpan(start, length), _phiSlope.AsSpan(start, length), _density.AsSpan(start, length),
                _densitySlope.AsSpan(start, length)));
        }

        if (!_pairs.IsComplete)
            SwitchOff(count);
        return null;
    }

    private void SwitchOff(int count)
    {
        double inner = law.CutoffAngstrom, outer = inner + switchAngstrom;
        for (int k = 0; k < count; k++)
        {
            if (_r[k] < inner)
                continue;
            double t = (outer - _r[k]) / switchAngstrom, share = t <= 0 ? 0 : t * t * t * (10 - 15 * t + 6 * t * t);
            double slope = t <= 0 ? 0 : -30 * t * t * (1 - t) * (1 - t) / switchAngstrom;
            _phiSlope[k] = _phiSlope[k] * share + _phi[k] * slope;
            _densitySlope[k] = _densitySlope[k] * share + _density[k] * slope;
            (_phi[k], _density[k]) = (_phi[k] * share, _density[k] * share);
        }
    }

    private AtomicEnergy Sum(AtomFrame frame)
    {
        ReadOnlySpan<int> first = _pairs.First, second = _pairs.Second;
        double[] densities = new double[frame.AtomCount], forces = new double[3 * frame.AtomCount], strain = new double[6];
        double energy = 0;
        for (int k = 0; k < first.Length; k++)
        {
            energy += _phi[k];
            densities[first[k]] += _density[k];
            densities[second[k]] += _density[k];
        }

        // From here on these are the slopes of the embedding.
        for (int atom = 0; atom < densities.Length; atom++)
        {
            (double embedding, double slope) = law.Embed(frame.Species[atom], densities[atom]);
            (energy, densities[atom]) = (energy + embedding, slope);
        }

        for (int k = 0; k < first.Length; k++)
        {
            int i = 3 * first[k], j = 3 * second[k];
            double pull = (_phiSlope[k] + (densities[first[k]] + densities[second[k]]) * _densitySlope[k]) / _r[k];
            double x = pull * _x[k], y = pull * _y[k], z = pull * _z[k];
            (forces[i], forces[i + 1], forces[i + 2]) = (forces[i] + x, forces[i + 1] + y, forces[i + 2] + z);
            (forces[j], forces[j + 1], forces[j + 2]) = (forces[j] - x, forces[j + 1] - y, forces[j + 2] - z);
            strain[0] += x * _x[k];
            strain[1] += y * _y[k];
            strain[2] += z * _z[k];
            strain[3] += y * _z[k];
            strain[4] += x * _z[k];
            strain[5] += x * _y[k];
        }

        return new AtomicEnergy(energy, forces, strain);
    }
}
