using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>What a potential says of a structure; of a committee the means.</summary>
public sealed record PotentialPrediction
{
    /// <summary>Total energy, eV.</summary>
    public required double EnergyElectronVolt { get; init; }

    /// <summary>Forces x, y, z on each atom in turn, eV/A; empty where they were not asked for.</summary>
    public required double[] ForcesElectronVoltPerAngstrom { get; init; }

    /// <summary>
    /// Stress xx, yy, zz, yz, xz, xy, eV/A^3, positive under tension; null where the structure is no crystal or forces were not asked for.
    /// </summary>
    public required double[]? StressElectronVoltPerCubicAngstrom { get; init; }

    /// <summary>
    /// Derivative of the energy with respect to strain xx, yy, zz, yz, xz, xy, eV; zeros where forces were not asked for.
    /// </summary>
    public required double[] StrainDerivativeElectronVolt { get; init; }

    /// <summary>Energies of the members of the committee, eV.</summary>
    public required double[] MemberEnergies { get; init; }

    /// <summary>
    /// Root of the mean square, over the members, of the deviation of each force from the mean, eV/A; empty for a single network.
    /// </summary>
    public required double[] ForceSpreads { get; init; }

    /// <summary>Symmetry functions farthest outside the range of the training, the worst first.</summary>
    public required IReadOnlyList<Extrapolation> Extrapolations { get; init; }

    /// <summary>How the composition differs from all in the training, for people.</summary>
    public required IReadOnlyList<string> OddComposition { get; init; }

    /// <summary>Why it should not be trusted, for people; nothing where it may be.</summary>
    /// <param name="largestExcess">How far outside the range of the training a symmetry function may lie, see
    /// <see cref="Model.Confidence"/>.</param>
    public IEnumerable<string> Warnings(double largestExcess) =>
        OddComposition.Concat(Extrapolations.Where(found => found.Excess > largestExcess).Select(found => found.ToString()));

    /// <summary>Standard deviation of the energies of the members, eV; 0 for a single network.</summary>
    public double EnergySpread
    {
        get
        {
            double mean = MemberEnergies.Average();
            return Math.Sqrt(MemberEnergies.Sum(energy => (energy - mean) * (energy - mean)) / Math.Max(1, MemberEnergies.Length - 1));
        }
    }
}

/// <summary>A symmetry function outside the range of the training.</summary>
/// <param name="Atom">Number of the atom, from 0.</param>
/// <param name="Function">The function.</param>
/// <param name="Value">Its value.</param>
/// <param name="Lowest">Lowest value in the training data.</param>
/// <param name="Highest">Highest value in the training data.</param>
public readonly record struct Extrapolation(int Atom, SymmetryFunction Function, double Value, double Lowest, double Highest)
{
    /// <summary>How far outside it is, in units of the range.</summary>
    public double Excess => Math.Max(Lowest - Value, Value - Highest) / Math.Max(Highest - Lowest, 1e-300);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"atom {Atom + 1}: {Function} is {Value:0.#####}, outside {Lowest:0.#####} to {Highest:0.#####} of the training");
}
