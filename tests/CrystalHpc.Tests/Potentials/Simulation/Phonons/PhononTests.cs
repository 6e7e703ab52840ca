using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Phonons;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation.Phonons;

/// <summary>Phonons against formulas and what any phonons have to keep.</summary>
public sealed class PhononTests
{
    private static readonly PhononStudy Copper = Study(
        MadeFrames.FaceCentered(3.6, "Cu"), new EmbeddedAtomModel(new Gupta()), new PhononOptions { LengthAngstrom = 7 });

    // Squares in units of k / m with springs k between nearest neighbors alone: along [100] 8 sin^2(qa/4) and 4 sin^2(qa/4), along [111]
    // 8 sin^2 and 2 sin^2. Steps of 0.001 A leave a share of 1e-7 to the fourth order of the energy.
    [TestCase(0.5, 0, 0.5, new double[] { 4, 4, 8 })]
    [TestCase(0.5, 0.5, 0.5, new double[] { 2, 2, 8 })]
    [TestCase(0.25, 0, 0.25, new double[] { 2, 2, 4 })]
    public void Springs_in_a_face_centered_crystal_have_their_known_frequencies(double a, double b, double c, double[] squares)
    {
        const double Edge = 4;
        Cartesian[] axes = [new(0, 0.5 * Edge, 0.5 * Edge), new(0.5 * Edge, 0, 0.5 * Edge), new(0.5 * Edge, 0.5 * Edge, 0)];
        var cell = new AtomFrame
        {
            Species = [Element.Of("Ar")], PositionsAngstrom = [0, 0, 0], Cell = new(axes[0], axes[1], axes[2]),
            Periodicity = Periodicity.Crystal,
        };
        var model = new EmbeddedAtomModel(new Springs(Edge / Math.Sqrt(2)), switchAngstrom: 0.1);
        ForceSets sets = ForceSets.Compute(model, Supercell.Of(cell, [4, 4, 4]), 0.001, new WarningList(), out _)!;
        double[] found = new DynamicalMatrix(ForceConstants.Of(sets, null)).Frequencies(new Fractional(a, b, c));
        double unit = Units.TerahertzOfUnitSpring * Math.Sqrt(Springs.Constant / ElementData.AtomicWeight(Element.Of("Ar")));
        Assert.That(found, Is.EqualTo(squares.Select(square => unit * Math.Sqrt(square))).Within(1e-6 * unit));
    }

    [Test]
    public void A_shift_of_the_whole_crystal_has_no_frequency()
    {
        foreach (PhononStudy study in (PhononStudy[])[Copper, Alloy(frame => frame)])
        {
            double[] found = study.Matrix.Frequencies(default);
            Assert.That(found[..3], Is.All.EqualTo(0).Within(1e-5));
            Assert.That(found[3..], Is.All.GreaterThan(1));
        }
    }

    [Test]
    public void Turned_and_repeated_cells_have_the_same_phonons()
    {
        PhononStudy plain = Alloy(frame => frame);
        foreach (PhononStudy study in (PhononStudy[])[Alloy(frame => MadeFrames.Repeat(frame, 2)), Alloy(frame => Turn(frame, 0.7))])
        {
            Assert.That(study.Cell.AtomCount, Is.EqualTo(2));
            Assert.That(study.Highest, Is.EqualTo(plain.Highest).Within(1e-6));
            Assert.That(study.At(300).FreeEnergy, Is.EqualTo(plain.At(300).FreeEnergy).Within(1e-8));
        }
    }

    // Two axes of a body-centered cell need three cells, the third two, which would lose the four-fold axis.
    [Test]
    public void Supercells_keep_the_symmetry_of_the_crystal()
    {
        AtomFrame tall = MadeFrames.Strain(MadeFrames.FaceCentered(3.5, "Cu"), [0, 0, 0.5, 0, 0, 0]);
        AtomFrame cell = PrimitiveCell.Of(tall)!;
        FrameSymmetry symmetry = FrameSymmetry.Find(cell, 0.01)!;
        int[] counts = Supercell.SymmetricCountsFor(cell.Cell!.Value, symmetry, 6.2), least = Supercell.CountsFor(cell.Cell!.Value, 6.2);
        Assert.That(least.Distinct().Count(), Is.EqualTo(2));
        Assert.That(OperationsPerCell(Supercell.Of(cell, least)), Is.LessThan(16));
        Assert.That(OperationsPerCell(Supercell.Of(cell, counts)), Is.EqualTo(16));
    }

    [Test]
    public void What_symmetry_keeps_together_is_not_split()
    {
        Cartesian[] axes = [new(2.5, 0, 0), new(-1.25, 2.5 * Math.Sqrt(0.75), 0), new(0, 0, 4.2)];
        var close = new AtomFrame
        {
            Species = [Element.Of("Cu"), Element.Of("Cu")], Cell = new(axes[0], axes[1], axes[2]), Periodicity = Periodicity.Crystal,
            PositionsAngstrom = [0, 2.5 / Math.Sqrt(3), 1.05, 1.25, 1.25 / Math.Sqrt(3), 3.15],
        };
        PhononStudy study = Study(
            close, new EmbeddedAtomModel(new Gupta()),
            new PhononOptions { Relaxes = false, LengthAngstrom = 7, DisplacementAngstrom = 0.05 });
        double[] found = study.Matrix.Frequencies(default), turned = study.Matrix.Frequencies(new Fractional(-0.1, 0.3, 0.2));
        Assert.That(study.SpaceGroup, Is.EqualTo("P63/mmc"));
        Assert.That(found[4], Is.EqualTo(found[3]).Within(1e-9));
        Assert.That(turned, Is.EqualTo(study.Matrix.Frequencies(new Fractional(0.3, -0.2, 0.2))).Within(1e-9), "turned by 60 degrees");
        PhononStudy broken = Study(close, new EmbeddedAtomModel(new Gupta()), new PhononOptions { Relaxes = false, Counts = [3, 2, 2] });
        Assert.That(broken.Warnings, Has.Some.Contains("lacks the symmetry"));
    }

    [Test]
    public void The_density_of_states_holds_all_waves()
    {
        List<(double Terahertz, double Density)> density = Copper.Mesh.Density();
        double integral = density.Sum(row => row.Density) * (density[1].Terahertz - density[0].Terahertz);
        Assert.That(integral, Is.EqualTo(3).Within(1e-6));
    }

    [Test]
    public void Free_energies_have_their_classical_limit_and_belong_together()
    {
        const double Hot = 1e5, Step = 1;
        double thermal = Units.BoltzmannElectronVoltPerKelvin * Hot;
        double classical = thermal * Copper.Mesh.Modes.Sum(mode =>
            mode.Weight * Math.Log(Units.ElectronVoltPerTerahertz * mode.Terahertz / thermal));
        Thermodynamics hot = Copper.At(Hot), cold = Copper.At(0), room = Copper.At(300);
        Assert.That(hot.FreeEnergy, Is.EqualTo(classical).Within(1e-6 * Math.Abs(classical)));
        Assert.That(hot.Energy, Is.EqualTo(3 * thermal).Within(1e-5 * thermal));
        Assert.That(hot.HeatCapacity, Is.EqualTo(3 * Units.BoltzmannElectronVoltPerKelvin).Within(1e-9));
        Assert.That(cold.FreeEnergy, Is.EqualTo(cold.Energy));
        Assert.That(cold.Entropy, Is.Zero);
        Assert.That(room.FreeEnergy, Is.EqualTo(room.Energy - 300 * room.Entropy).Within(1e-14));
        Thermodynamics below = Copper.At(300 - Step), above = Copper.At(300 + Step);
        Assert.That((below.FreeEnergy - above.FreeEnergy) / (2 * Step), Is.EqualTo(room.Entropy).Within(1e-9));
        Assert.That((above.Energy - below.Energy) / (2 * Step), Is.EqualTo(room.HeatCapacity).Within(1e-9));
    }

    // 7.2 to 7.4 THz are measured; the potential was fitted to cohesion and elastic constants.
    [Test]
    public void Copper_of_Gupta_is_stable_and_about_as_stiff_as_copper()
    {
        Assert.That(Copper.Warnings, Is.Empty);
        Assert.That(Copper.Bands.Lattice, Is.EqualTo("FCC"));
        Assert.That(Copper.SpaceGroup, Is.EqualTo("Fm-3m"));
        Assert.That(Copper.Highest, Is.InRange(6.5, 8.5));
    }

    [Test]
    public void An_unstable_crystal_is_told()
    {
        AtomFrame cube = MadeFrames.FaceCentered(2.6, "Cu") with { Species = [Element.Of("Cu")], PositionsAngstrom = [0, 0, 0] };
        PhononStudy study = Study(cube, new EmbeddedAtomModel(new Gupta()), new PhononOptions { Relaxes = false, LengthAngstrom = 7 });
        Assert.That(study.Lowest, Is.LessThan(-0.5));
        Assert.That(study.Warnings, Has.Some.Contains("imaginary frequencies"));
    }

    [Test]
    public void What_the_model_warns_of_is_told_once()
    {
        PhononStudy study = Study(MadeFrames.FaceCentered(3.6, "Cu"), new Doubtful(), new PhononOptions { Counts = [1, 1, 1] });
        Assert.That(study.Warnings.Count(warning => warning == "far from home"), Is.EqualTo(1));
    }

    // Some are found more than once.
    private static double OperationsPerCell(Supercell supercell)
    {
        static string Key(FrameSymmetry.AtomOperation operation) =>
            $"{string.Join(' ', operation.Images)} {string.Join(' ', operation.Columns.Select(Rounded))}";
        return (double)FrameSymmetry.Find(supercell.Frame, 0.01)!.Operations.DistinctBy(Key).Count() / supercell.CellCount;
    }

    private static Cartesian Rounded(Cartesian v) => new(Math.Round(v.X, 3) + 0.0, Math.Round(v.Y, 3) + 0.0, Math.Round(v.Z, 3) + 0.0);

    private static PhononStudy Alloy(Func<AtomFrame, AtomFrame> change) => Study(
        change(MadeFrames.FaceCentered(3.95, "Cu", "Ag")), new EmbeddedAtomModel(new Gupta()),
        new PhononOptions { Relaxes = false, LengthAngstrom = 7 });

    private static PhononStudy Study(AtomFrame frame, IEnergyModel model, PhononOptions options)
    {
        PhononStudy? study = PhononStudy.Of(model, frame, options, out string? problem);
        Assert.That(problem, Is.Null);
        return study!;
    }

    private static AtomFrame Turn(AtomFrame frame, double angle)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        return SharedFrames.Transformed(frame, v =>
        {
            var once = new Cartesian(cosine * v.X - sine * v.Y, sine * v.X + cosine * v.Y, v.Z);
            return new Cartesian(once.X, cosine * once.Y - sine * once.Z, sine * once.Y + cosine * once.Z);
        });
    }

    private sealed class Springs(double length) : IPairLaw
    {
        public const double Constant = 1;

        public string Name => "springs";

        public double CutoffAngstrom => 1.2 * length;

        public bool Knows(Element element) => true;

        public void Evaluate(Element first, Element second, ReadOnlySpan<double> r, in PairTerms pairs)
        {
            for (int i = 0; i < r.Length; i++)
            {
                double stretch = r[i] - length;
                (pairs.Phi[i], pairs.PhiSlope[i]) = (0.5 * Constant * stretch * stretch, Constant * stretch);
                (pairs.Density[i], pairs.DensitySlope[i]) = (0, 0);
            }
        }

        public (double Energy, double Slope) Embed(Element element, double density) => (0, 0);
    }

    private sealed class Doubtful : IEnergyModel
    {
        private readonly EmbeddedAtomModel _model = new(new Gupta());

        public string Name => "doubtful";

        public bool Knows(Element element) => true;

        public AtomicEnergy? Compute(AtomFrame frame, out string? problem) =>
            _model.Compute(frame, out problem)! with { Warnings = ["far from home"] };
    }
}
