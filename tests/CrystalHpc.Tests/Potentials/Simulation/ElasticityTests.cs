using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Elasticity;
using CrystalHpc.Potentials.Simulation.Relaxation;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>Equations of state and elastic constants against curves that were made, lattice sums and one another.</summary>
public sealed class ElasticityTests
{
    private static readonly IEnergyModel Gupta = new EmbeddedAtomModel(new Gupta());

    [TestCase(0)]
    [TestCase(1)]
    public void A_curve_that_was_made_is_found_again(int form)
    {
        var made = new EquationOfState((StateEquation)form, -1604.25, 62.4, 187.3, 4.7, [], 0);
        double[] volumes = [.. Enumerable.Range(-5, 11).Select(k => 63 * (1 + 0.01 * k))];
        EquationOfState found = EquationOfState.Fit((StateEquation)form, volumes, [.. volumes.Select(made.At)])!;
        Assert.That(found.VolumeCubicAngstrom, Is.EqualTo(62.4).Within(1e-8));
        Assert.That(found.BulkModulusGigapascal, Is.EqualTo(187.3).Within(1e-5));
        Assert.That(found.BulkModulusSlope, Is.EqualTo(4.7).Within(1e-5));
        Assert.That(found.EnergyElectronVolt, Is.EqualTo(-1604.25).Within(1e-10));
    }

    // B = V E''(V), B' = -1 - V E'''/E'': the definitions.
    [TestCase(0)]
    [TestCase(1)]
    public void The_forms_have_the_curvature_that_they_are_named_for(int form)
    {
        const double v = 40, step = 0.05, gigapascal = 160.2176634;
        var made = new EquationOfState((StateEquation)form, 0, v, 100, 5, [], 0);
        double[] e = [.. Enumerable.Range(-3, 7).Select(k => made.At(v + k * step))];
        double second = (2 * e[0] - 27 * e[1] + 270 * e[2] - 490 * e[3] + 270 * e[4] - 27 * e[5] + 2 * e[6]) / (180 * step * step);
        double third = (e[0] - 8 * e[1] + 13 * e[2] - 13 * e[4] + 8 * e[5] - e[6]) / (8 * step * step * step);
        Assert.That(v * second * gigapascal, Is.EqualTo(100).Within(1e-6));
        Assert.That(-1 - v * third / second, Is.EqualTo(5).Within(1e-4));
    }

    [Test]
    public void Energies_without_a_minimum_have_no_equation_of_state() =>
        Assert.That(EquationOfState.Fit(StateEquation.Vinet, [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]), Is.Null);

    // Constants of a second-moment potential as lattice sums (F. Ducastelle, J. Phys. (Paris) 31 (1970) 1055), at zero stress.
    [Test]
    public void Gupta_copper_has_the_elastic_constants_of_its_lattice_sums()
    {
        AtomFrame crystal = Relaxed(MadeFrames.FaceCentered(3.61, "Cu"));
        ElasticTensor found = ElasticConstants.Compute(Gupta, crystal, 0.002, new() { LargestForceElectronVoltPerAngstrom = 1e-6 },
            out _)!.Tensor;
        double edge = Math.Cbrt(crystal.Cell!.Value.Volume);
        (double c11, double c12, double c44) = LatticeSums(edge);
        Assert.That(found[0, 0], Is.EqualTo(c11).Within(0.01 * c11));
        Assert.That(found[0, 1], Is.EqualTo(c12).Within(0.01 * c12));
        Assert.That(found[3, 3], Is.EqualTo(c44).Within(0.01 * c44));
        Assert.That(found[0, 3], Is.Zero.Within(1e-6));
        Assert.That(found.Eigenvalues, Is.All.Positive);
        Assert.That(found.Hill.Bulk, Is.EqualTo((c11 + 2 * c12) / 3).Within(0.01 * c11));

        VolumeScan scan = VolumeScan.Compute(Gupta, crystal, 0.06, 13, new(), out _)!;
        EquationOfState fit = EquationOfState.Fit(StateEquation.BirchMurnaghan, scan.Volumes, scan.Energies)!;
        Assert.That(fit.BulkModulusGigapascal, Is.EqualTo(found.Hill.Bulk).Within(0.02 * found.Hill.Bulk));
        Assert.That(fit.VolumeCubicAngstrom, Is.EqualTo(edge * edge * edge).Within(0.05));
    }

    [Test]
    public void Turned_crystals_have_the_same_moduli()
    {
        AtomFrame crystal = Relaxed(MadeFrames.FaceCentered(3.8, "Cu", "Ag"));
        AtomFrame turned = SharedFrames.Transformed(crystal, v => new(0.8 * v.X - 0.6 * v.Y, 0.6 * v.X + 0.8 * v.Y, v.Z));
        ElasticTensor one = Elastic(crystal), other = Elastic(turned);

        // Strains of 0.002 along other axes: terms of third order in the strain differ.
        Assert.That(other.Hill.Bulk, Is.EqualTo(one.Hill.Bulk).Within(0.01));
        Assert.That(other.Hill.Shear, Is.EqualTo(one.Hill.Shear).Within(0.01));
        Assert.That(one.Asymmetry, Is.Zero.Within(1e-9));
        Assert.That(one[0, 0], Is.EqualTo(one[2, 2]).Within(1e-9), "tetragonal, its axis along y");
        Assert.That(one[1, 1], Is.Not.EqualTo(one[0, 0]).Within(0.1));
    }

    [Test]
    public void Averages_of_an_isotropic_solid_agree()
    {
        const double lambda = 60, mu = 40;
        double[] c = new double[36];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                c[6 * i + j] = lambda + (i == j ? 2 * mu : 0);
            c[7 * (i + 3)] = mu;
        }

        var tensor = new ElasticTensor(c);
        Assert.That(tensor.Voigt.Shear, Is.EqualTo(mu).Within(1e-10));
        Assert.That(tensor.Reuss.Shear, Is.EqualTo(mu).Within(1e-10));
        Assert.That(tensor.Reuss.Bulk, Is.EqualTo(lambda + 2 * mu / 3).Within(1e-10));
        Assert.That(tensor.Poisson, Is.EqualTo(lambda / (2 * (lambda + mu))).Within(1e-12));
    }

    private static ElasticTensor Elastic(AtomFrame crystal) =>
        ElasticConstants.Compute(Gupta, crystal, 0.002, new() { LargestForceElectronVoltPerAngstrom = 1e-5 }, out _)!.Tensor;

    private static AtomFrame Relaxed(AtomFrame frame) =>
        StructureRelaxation.Relax(Gupta, frame, new() { LargestForceElectronVoltPerAngstrom = 1e-6 }, out _)!.Frame;

    private static (double C11, double C12, double C44) LatticeSums(double edge)
    {
        const double a = 0.0855, p = 10.96, xi = 1.224, q = 2.278, r0 = 2.556, gigapascal = 160.2176634;
        double density = 0, slope = 0, pair11 = 0, pair12 = 0, hop11 = 0, hop12 = 0;
        for (int i = -6; i <= 6; i++)
        {
            for (int j = -6; j <= 6; j++)
            {
                for (int k = -6; k <= 6; k++)
                {
                    if ((i + j + k) % 2 != 0 || (i, j, k) == (0, 0, 0))
                        continue;
                    (double x, double y) = (0.5 * edge * i, 0.5 * edge * j);
                    double r2 = 0.25 * edge * edge * (i * i + j * j + k * k), r = Math.Sqrt(r2);
                    if (r > 9.5)
                        continue;
                    double phi = 2 * a * Math.Exp(-p * (r / r0 - 1)), hop = xi * xi * Math.Exp(-2 * q * (r / r0 - 1));
                    (double phi1, double phi2, double hop1, double hop2) = (-p / r0 * phi, p * p / r0 / r0 * phi, -2 * q / r0 * hop, 4 * q
                        * q / r0 / r0 * hop);
                    density += hop;
                    slope += hop1 * x * x / r;
                    pair11 += (phi2 - phi1 / r) * x * x * x * x / r2;
                    pair12 += (phi2 - phi1 / r) * x * x * y * y / r2;
                    hop11 += (hop2 - hop1 / r) * x * x * x * x / r2;
                    hop12 += (hop2 - hop1 / r) * x * x * y * y / r2;
                }
            }
        }

        double root = Math.Sqrt(density), first = -0.5 / root, second = 0.25 / (root * density), volume = edge * edge * edge / 4;
        double shear = (0.5 * pair12 + first * hop12) / volume, axial = (0.5 * pair11 + first * hop11) / volume,
            rest = second * slope * slope / volume;
        return (gigapascal * (axial + rest), gigapascal * (shear + rest), gigapascal * shear);
    }
}
