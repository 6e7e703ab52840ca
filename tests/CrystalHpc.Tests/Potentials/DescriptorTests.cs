using System.Globalization;
using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Tests.Potentials;

/// <summary>Symmetry functions against formulas, against those of n2p2 and MAISE, and their derivatives against differences.</summary>
public sealed class DescriptorTests
{
    private static readonly Element O = Element.Of("O"), Ti = Element.Of("Ti");

    [Test]
    public void A_dimer_has_the_values_of_the_formula()
    {
        const double R = 2.1, Eta = 0.4, Shift = 0.3, Cutoff = 5;
        var set = new FunctionSet([O], _ => [SymmetryFunction.Radial(O, Eta, Shift, Cutoff)]);
        double expected = Math.Exp(-Eta * (R - Shift) * (R - Shift)) * 0.5 * (1 + Math.Cos(Math.PI * R / Cutoff));
        Assert.That(Values(set, Cluster([O, O], [0, 0, 0, 0, R, 0]))[1][0], Is.EqualTo(expected).Within(1e-15));
    }

    [Test]
    public void A_trimer_has_the_values_of_the_formulas([Values(1, 2, 3, 4, 7, 16)] int zeta, [Values(1, -1)] int lambda,
        [Values(0, 0.4)] double shift)
    {
        const double A = 1.3, B = 1.9, Eta = 0.21, Cutoff = 4;
        var narrow = new SymmetryFunction(FunctionKind.Narrow, O, Ti, Eta, shift, lambda, zeta, Cutoff);
        var set = new FunctionSet([O, Ti], _ => [narrow, narrow with { Kind = FunctionKind.Wide }]);
        double cosine = Math.Cos(1.1), third = Math.Sqrt(A * A + B * B - 2 * A * B * cosine);
        double G(double r) => Math.Exp(-Eta * (r - shift) * (r - shift)) * 0.5 * (1 + Math.Cos(Math.PI * r / Cutoff));
        double wide = Math.Pow(2, 1 - zeta) * Math.Pow(1 + lambda * cosine, zeta) * G(A) * G(B);
        double[] found = Values(set, Cluster([O, O, Ti], [0, 0, 0, A, 0, 0, B * cosine, B * Math.Sin(1.1), 0]))[0];
        Assert.That(found, Is.EqualTo([wide * G(third), wide]).Within(1e-15));
    }

    [Test]
    public void Isolated_atoms_have_zeros() => Assert.That(Values(Titania(), Cluster([Ti], [1, 2, 3]))[0], Is.All.Zero);

    [Test]
    public void Fast_functions_are_the_plain_ones([Values("crystal", "cluster", "slab")] string kind,
        [Values("artrith_urban", "maise")] string name)
    {
        AtomFrame frame = FrameOf(kind);
        FunctionSet set = NamedSets.Create(name, [O, Ti]);
        AtomSurroundings surroundings = AtomSurroundings.TryCreate(frame, set, out _)!;
        double[][] fast = Values(set, frame);
        foreach (AtomNeighborhood near in surroundings.Neighborhoods())
        {
            double[] plain = PlainDescriptors.Of(set, near);
            for (int f = 0; f < plain.Length; f++)
                Assert.That(fast[near.Center][f], Is.EqualTo(plain[f]).Within(PotentialTolerances.PlainShare * Math.Max(1, plain[f])),
                    $"atom {near.Center}, {set.FunctionsOf(near.CenterElement)[f]}");
        }
    }

    [Test]
    public void Derivatives_are_those_of_differences([Values("crystal", "cluster", "slab")] string kind,
        [Values("artrith_urban", "mixed")] string name)
    {
        AtomFrame frame = FrameOf(kind);
        FunctionSet set = name == "mixed" ? Mixed() : Titania();
        AtomSurroundings surroundings = AtomSurroundings.TryCreate(frame, set, out _)!;
        var kernel = new DescriptorKernel(set);
        double[][][] byCoordinate = [.. Enumerable.Range(0, 3 * frame.AtomCount)
            .Select(i => Slopes(set, step => SharedFrames.Moved(frame, i, step)))];
        double[][][] byStrain = [.. Enumerable.Range(0, 6).Select(i => Slopes(set, step => SharedFrames.Strained(frame, i, step)))];
        foreach (AtomNeighborhood near in surroundings.Neighborhoods())
        {
            kernel.Evaluate(near, derivatives: true);
            int[] places = kernel.Plan.Places;
            for (int slot = 0; slot < near.SlotCount; slot++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    double[] found = [.. places.Select(place => kernel.DerivativesOf(slot)[axis * kernel.Plan.Width + place])];
                    Assert.That(found, Is.EqualTo(byCoordinate[3 * near.Atoms[slot] + axis][near.Center])
                        .Within(PotentialTolerances.Differences));
                }
            }

            for (int strain = 0; strain < byStrain.Length; strain++)
            {
                double[] found = [.. places.Select(place => kernel.Strain[strain * kernel.Plan.Width + place])];
                Assert.That(found, Is.EqualTo(byStrain[strain][near.Center]).Within(2 * PotentialTolerances.Differences),
                    $"strain {strain}");
            }
        }
    }

    [Test]
    public void Functions_and_slopes_vanish_smoothly_at_the_cutoff()
    {
        FunctionSet set = Titania();
        double[] Of(double r) => Values(set, Cluster([Ti, O], [0, 0, 0, r, 0, 0]))[0];
        foreach (double gap in (double[])[1e-3, 1e-4, 1e-5])
            Assert.That(Of(6.5 - gap), Is.All.LessThan(gap * gap));
        Assert.That(Of(6.5), Is.All.Zero);
        Assert.That(Of(6.5 + 1e-9), Is.All.Zero);
    }

    [Test]
    public void Atoms_of_a_hundred_thousand_have_the_values_of_the_small_cell()
    {
        const int Copies = 33;
        FunctionSet set = NamedSets.Create("artrith_urban", [O, Ti], 4);
        AtomFrame small = SharedFrames.SmallCell();
        Basis cell = small.Cell!.Value;
        int atoms = small.AtomCount * Copies * Copies * Copies;
        (var species, var positions) = (new Element[atoms], new double[3 * atoms]);
        for (int image = 0; image < Copies * Copies * Copies; image++)
        {
            var place = new CellImage(image % Copies, image / Copies % Copies, image / Copies / Copies);
            for (int atom = 0; atom < small.AtomCount; atom++)
            {
                Cartesian position = small.PositionOf(atom) + cell.ToCartesian(place);
                int i = image * small.AtomCount + atom;
                (species[i], positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]) = (
                    small.Species[atom], position.X, position.Y, position.Z);
            }
        }

        AtomFrame large = small with { Species = species, PositionsAngstrom = positions,
            Cell = new Basis(Copies * cell.A, Copies * cell.B, Copies * cell.C) };
        double[][] expected = Values(set, small);
        AtomSurroundings surroundings = AtomSurroundings.TryCreate(large, set, out _)!;
        var kernel = new DescriptorKernel(set);
        foreach (AtomNeighborhood near in surroundings.Neighborhoods(0, 30).Concat(surroundings.Neighborhoods(atoms - 30, atoms)))
        {
            kernel.Evaluate(near, derivatives: false);
            double[] found = [.. kernel.Plan.Places.Select(place => kernel.Values[place])];
            Assert.That(found, Is.EqualTo(expected[near.Center % 3]).Within(PotentialTolerances.Invariance));
        }
    }

    [Test]
    public void Values_of_titania_are_those_of_n2p2_to_all_digits()
    {
        AtomFrame[] frames = SharedFrames.Read("datasets/tio2-aenet-1000/tio2.extxyz.gz");
        FunctionSet set = Titania();
        var values = new Dictionary<int, double[][]>();
        foreach (string[] row in SharedFrames.Lines("gold/n2p2/titania-descriptors.csv.gz").Skip(1).Select(line => line.Split(',')))
        {
            int frame = int.Parse(row[0], CultureInfo.InvariantCulture), atom = int.Parse(row[1], CultureInfo.InvariantCulture);
            if (!values.ContainsKey(frame))
                values[frame] = Values(set, frames[frame]);
            double[] expected = [.. row[3..].Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.That(values[frame][atom], Is.EqualTo(expected).Within(PotentialTolerances.N2p2Decimals), $"frame {frame} atom {atom}");
        }
    }

    [Test]
    public void Values_of_copper_and_silver_are_those_of_maise()
    {
        using JsonDocument document = SharedFrames.Json("datasets/maise-cuag/sf_reference.json.gz");
        double deviation = 0;
        int atoms = 0;
        foreach (JsonElement structure in document.RootElement.EnumerateArray())
        {
            double[] lattice = [.. structure.GetProperty("lattice").EnumerateArray()
                .SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble()))];
            var frame = new AtomFrame
            {
                Species = [.. structure.GetProperty("species").EnumerateArray().Select(symbol => Element.Of(symbol.GetString()!))],
                PositionsAngstrom = [.. structure.GetProperty("positions").EnumerateArray()
                    .SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble()))],
                Cell = new Basis(new(lattice[0], lattice[1], lattice[2]), new(lattice[3], lattice[4], lattice[5]),
                    new(lattice[6], lattice[7], lattice[8])),
                Periodicity = Periodicity.Crystal,
            };
            double[][] found = Values(NamedSets.Create("maise", [Element.Of("Cu"), Element.Of("Ag")]), frame);
            double[][] expected = [.. structure.GetProperty("G").EnumerateArray()
                .Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
            for (int atom = 0; atom < found.Length; atom++, atoms++)
                deviation = Math.Max(deviation, found[atom].Zip(expected[atom], (a, b) => Math.Abs(a - b)).Max());
        }

        Assert.That(atoms, Is.GreaterThan(24));
        Assert.That(deviation, Is.LessThan(PotentialTolerances.Maise));
    }

    private static AtomFrame FrameOf(string kind)
    {
        AtomFrame cell = SharedFrames.SmallCell();
        return kind switch
        {
            "cluster" => cell with { Cell = null, Periodicity = default },
            "slab" => cell with { Periodicity = new Periodicity(true, false, true) },
            _ => cell,
        };
    }

    // Every kind of function, more than one cutoff, shifts and unusual powers.
    private static FunctionSet Mixed()
    {
        var function = new SymmetryFunction(FunctionKind.Wide, O, Ti, 0.03, 0.2, -1, 3, 5);
        return new FunctionSet([O, Ti], _ =>
        [
            SymmetryFunction.Radial(Ti, 0.2, 1.5, 4.5), function, function with { Kind = FunctionKind.Narrow },
                function with { Second = O, Zeta = 16, Lambda = 1 },
            function with { First = Ti, Kind = FunctionKind.Narrow, ShiftAngstrom = 0, CutoffAngstrom = 4, Factor = 2 },
        ]);
    }

    private static FunctionSet Titania() => NamedSets.Create("artrith_urban", [O, Ti]);

    private static AtomFrame Cluster(Element[] species, double[] positions) => new() { Species = species, PositionsAngstrom = positions };

    private static double[][] Values(FunctionSet set, AtomFrame frame)
    {
        var kernel = new DescriptorKernel(set);
        AtomSurroundings surroundings = AtomSurroundings.TryCreate(frame, set, out string? problem)
            ?? throw new AssertionException(problem!);
        var values = new double[frame.AtomCount][];
        foreach (AtomNeighborhood near in surroundings.Neighborhoods())
        {
            kernel.Evaluate(near, derivatives: false);
            values[near.Center] = [.. kernel.Plan.Places.Select(place => kernel.Values[place])];
        }

        return values;
    }

    // By two steps, so that the error falls with the fourth power of the step.
    private static double[][] Slopes(FunctionSet set, Func<double, AtomFrame> frameAt)
    {
        const double Step = 2e-4;
        double[][][] v = [.. ((double[])[-2 * Step, -Step, Step, 2 * Step]).Select(step => Values(set, frameAt(step)))];
        return [.. Enumerable.Range(0, v[0].Length).Select(atom =>
            Enumerable.Range(0, v[0][atom].Length)
                .Select(f => (8 * (v[2][atom][f] - v[1][atom][f]) - (v[3][atom][f] - v[0][atom][f])) / (12 * Step)).ToArray())];
    }
}
