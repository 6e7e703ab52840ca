using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>
/// Moves the atoms and scales the edges of a cell by the least that makes each cation's valence sum what it should be: Newton's method on
/// ln(sum/target) with the step of least length. Displacements are projected onto what the symmetry allows.
/// </summary>
internal sealed class Relaxation
{
    private const int MaximumRounds = 30;
    private const double Tolerance = 1e-10;
    private const double LargestStepAngstrom = 0.15;

    // Gradients that depend on one another leave less than this share of a diagonal entry.
    private const double SmallestPivot = 1e-5;

    // An edge that grows by the fraction e counts like an atom displaced by e times this.
    private const double EdgeWeightAngstrom = 3;

    private readonly Template _template;
    private readonly int _cations;
    private readonly int _width;
    private readonly double[] _gradients;
    private readonly double[] _steps;
    private readonly double[] _gram;
    private readonly double[] _residuals;

    /// <summary>Prepares the space that a template needs.</summary>
    public Relaxation(Template template)
    {
        _template = template;
        _cations = template.CationCount;
        _width = 3 * template.Sites.Count + 3;
        (_gradients, _steps) = (new double[_cations * _width], new double[_cations * _width]);
        (_gram, _residuals) = (new double[_cations * _cations], new double[_cations]);
        Positions = [.. template.Sites.Select(site => site.Position)];
        Cell = template.Prototype.Cell;
    }

    /// <summary>The cell, as it is now.</summary>
    public UnitCell Cell { get; private set; }

    /// <summary>Positions of the sites, as they are now.</summary>
    public Fractional[] Positions { get; }

    /// <summary>Puts a distorted structure in place.</summary>
    public void Start(UnitCell cell, ReadOnlySpan<Fractional> positions)
    {
        Cell = cell;
        positions.CopyTo(Positions);
    }

    /// <summary>Meets the targets.</summary>
    /// <param name="r0">r0 of each bond of the template, Å.</param>
    /// <param name="softness">B of each bond, Å.</param>
    /// <param name="targets">Valence sum of each cation site, v.u.</param>
    /// <returns>False when that fails.</returns>
    public bool Solve(ReadOnlySpan<double> r0, ReadOnlySpan<double> softness, ReadOnlySpan<double> targets)
    {
        for (int round = 0; round < MaximumRounds; round++)
        {
            double worst = Linearize(r0, softness, targets);
            if (worst < Tolerance)
                return true;
            if (!double.IsFinite(worst) || !Cholesky.TryFactor(_gram, _cations, SmallestPivot))
                return false;
            Cholesky.Solve(_gram, _cations, _residuals);
            Step();
        }

        return false;
    }

    /// <summary>
    /// True when the sums of a template can be varied independently of one another once its atoms are a little displaced.
    /// </summary>
    public static bool HasFreedom(Template template, CounterRandom random)
    {
        const double TypicalSoftnessAngstrom = 0.37, DisplacementAngstrom = 0.1;
        var relaxation = new Relaxation(template);
        Distortion.Displace(template, relaxation.Cell, relaxation.Positions, DisplacementAngstrom, random);
        double[] r0 = new double[template.Bonds.Count], softness = new double[r0.Length], targets = new double[template.CationCount];
        Array.Fill(softness, TypicalSoftnessAngstrom);
        Array.Fill(targets, 1);
        for (int bond = 0; bond < r0.Length; bond++)
            r0[bond] = relaxation.Cell.ToCartesian(template.Bonds[bond].Difference(relaxation.Positions)).Length;
        relaxation.Linearize(r0, softness, targets);
        return Cholesky.TryFactor(relaxation._gram, relaxation._cations, SmallestPivot);
    }

    // Residuals ln(sum/target), their gradients as covectors of fractional coordinates, and the displacements that follow from these.
    private double Linearize(ReadOnlySpan<double> r0, ReadOnlySpan<double> softness, ReadOnlySpan<double> targets)
    {
        Array.Clear(_gradients);
        double worst = 0;
        for (int cation = 0; cation < _cations; cation++)
        {
            Span<double> gradient = _gradients.AsSpan(cation * _width, _width);
            double sum = 0;
            for (int bond = _template.BondOffsets[cation]; bond < _template.BondOffsets[cation + 1]; bond++)
                sum += AddBond(_template.Bonds[bond], r0[bond], softness[bond], gradient);
            foreach (ref double entry in gradient)
                entry /= sum;
            _residuals[cation] = PortableMath.Log(sum / targets[cation]);
            worst = Math.Max(worst, Math.Abs(_residuals[cation]));
            ToSteps(gradient, _steps.AsSpan(cation * _width, _width));
        }

        for (int i = 0; i < _cations; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int k = 0; k < _width; k++)
                    product += _gradients[i * _width + k] * _steps[j * _width + k];
                _gram[i * _cations + j] = product;
            }
        }

        return worst;
    }

    private double AddBond(Contact bond, double r0, double softness, Span<double> gradient)
    {
        Fractional f = bond.Difference(Positions);
        Cartesian d = Cell.ToCartesian(f);
        double length = d.Length;
        double valence = PortableMath.Exp((r0 - length) / softness);
        Cartesian pull = -valence / (softness * length) * d;
        (double a, double b, double c) = (Cartesian.Dot(pull, Cell.AxisA), Cartesian.Dot(pull, Cell.AxisB),
            Cartesian.Dot(pull, Cell.AxisC));
        int edges = _width - 3;
        gradient[edges + _template.EdgeTies[0]] += a * f.X;
        gradient[edges + _template.EdgeTies[1]] += b * f.Y;
        gradient[edges + _template.EdgeTies[2]] += c * f.Z;
        Span<double> center = gradient.Slice(3 * bond.Center, 3), neighbor = gradient.Slice(3 * bond.Neighbor, 3);
        (center[0], center[1], center[2]) = (center[0] - a, center[1] - b, center[2] - c);
        var w = bond.Operation;
        neighbor[0] += w.W11 * a + w.W21 * b + w.W31 * c;
        neighbor[1] += w.W12 * a + w.W22 * b + w.W32 * c;
        neighbor[2] += w.W13 * a + w.W23 * b + w.W33 * c;
        return valence;
    }

    // Covector to displacement: raise the index with the inverse metric, then project onto what the site symmetry allows.
    private void ToSteps(ReadOnlySpan<double> gradient, Span<double> steps)
    {
        for (int site = 0; site < Positions.Length; site++)
        {
            ReadOnlySpan<double> g = gradient.Slice(3 * site, 3);
            double x = g[0] / Cell.AxisA.X;
            double y = (g[1] - Cell.AxisB.X * x) / Cell.AxisB.Y;
            double z = (g[2] - Cell.AxisC.X * x - Cell.AxisC.Y * y) / Cell.AxisC.Z;
            Fractional step = _template.Sites[site].Project(Cell.ToFractional(new Cartesian(x, y, z)));
            (steps[3 * site], steps[3 * site + 1], steps[3 * site + 2]) = (step.X, step.Y, step.Z);
        }

        for (int edge = _width - 3; edge < _width; edge++)
            steps[edge] = gradient[edge] / (EdgeWeightAngstrom * EdgeWeightAngstrom);
    }

    private void Step()
    {
        Span<double> step = stackalloc double[_width];
        for (int cation = 0; cation < _cations; cation++)
        {
            for (int k = 0; k < _width; k++)
                step[k] -= _residuals[cation] * _steps[cation * _width + k];
        }

        double largest = 0;
        for (int edge = _width - 3; edge < _width; edge++)
            largest = Math.Max(largest, EdgeWeightAngstrom * Math.Abs(step[edge]));
        for (int site = 0; site < Positions.Length; site++)
            largest = Math.Max(largest, Cell.ToCartesian(new Fractional(step[3 * site], step[3 * site + 1], step[3 * site + 2])).Length);
        double factor = Math.Min(1, LargestStepAngstrom / largest);
        for (int site = 0; site < Positions.Length; site++)
            Positions[site] += new Fractional(factor * step[3 * site], factor * step[3 * site + 1], factor * step[3 * site + 2]);
        Span<double> edges = step[(_width - 3)..];
        Cell = new UnitCell(
            Cell.A * PortableMath.Exp(factor * edges[_template.EdgeTies[0]]),
            Cell.B * PortableMath.Exp(factor * edges[_template.EdgeTies[1]]),
            Cell.C * PortableMath.Exp(factor * edges[_template.EdgeTies[2]]),
            Cell.Alpha, Cell.Beta, Cell.Gamma);
    }
}
