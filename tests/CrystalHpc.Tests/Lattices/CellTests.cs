using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Tests.Learning.Formulas;

namespace CrystalHpc.Tests.Lattices;

/// <summary>Cells: what describes them, what known ones say, the gradient of what is learned.</summary>
public sealed class CellTests
{
    private static readonly KnownCell[] Rows =
    [
        Row("NaCl", "cF", 22.4, 5.64, 5.64, 5.64, 90), Row("KCl", "cF", 31.1, 6.29, 6.29, 6.29, 90),
        Row("KBr", "cF", 35.9, 6.60, 6.60, 6.60, 90),
        Row("MgO", "cF", 9.3, 4.21, 4.21, 4.21, 90), Row("TiO2", "tP", 10.4, 4.59, 4.59, 2.96, 90),
        Row("SnO2", "tP", 11.9, 4.74, 4.74, 3.19, 90),
    ];

    [Test]
    public void A_cell_comes_back_from_its_numbers()
    {
        var cell = new ConventionalCell(12.5, 5.1, 5.2, 5.3, 90, 99.2, 90);
        Span<float> numbers = stackalloc float[ConventionalCell.Numbers];
        cell.Write(numbers);
        ConventionalCell back = ConventionalCell.From(numbers, Bravais("mP"));
        Assert.Multiple(() =>
        {
            Assert.That(back.VolumePerAtom, Is.EqualTo(12.5).Within(1e-4));
            Assert.That(back.C, Is.EqualTo(5.3).Within(1e-4));
            Assert.That(back.Beta, Is.EqualTo(99.2).Within(1e-3));
            Assert.That(back.Alpha, Is.EqualTo(90));
        });
    }

    [Test]
    public void A_cubic_cell_has_one_length_and_right_angles()
    {
        ConventionalCell cell = ConventionalCell.From([3, 0.5f, 0.7f, 0.9f, 0.1f, 0.1f, 0.1f], Bravais("cF"));
        Assert.That((cell.B, cell.C, cell.Alpha, cell.Gamma), Is.EqualTo((cell.A, cell.A, 90.0, 90.0)));
    }

    [Test]
    public void The_volume_of_a_triclinic_cell_is_that_of_its_determinant() =>
        Assert.That(ConventionalCell.VolumeOf([3, 4, 5, 90, 90, 120]), Is.EqualTo(60 * Math.Sqrt(0.75)).Within(1e-9));

    [Test]
    public void The_nearest_known_cell_is_that_of_the_most_similar_compound_in_the_same_lattice()
    {
        var memory = new CellMemory(Rows);
        var numbers = new float[CellMemory.Count];
        memory.Write(FormulaFeaturesTests.CompositionOf("RbBr"), Bravais("cF"), numbers);
        var targets = new float[ConventionalCell.Numbers];
        memory.WriteTargets(Rows[2], targets);
        Assert.That(numbers.AsSpan(CellMemory.Count - ConventionalCell.Numbers - 1, ConventionalCell.Numbers).ToArray(),
            Is.EqualTo(targets), "KBr");
    }

    [Test]
    public void What_a_lattice_fixes_is_not_learned()
    {
        float[] targets = [1, 2, 3, 4, 5, 6, 7];
        CellMemory.Mask(Bravais("hP"), targets);
        Assert.That(targets.Select(float.IsNaN), Is.EqualTo(new[] { false, false, true, false, true, true, true }));
    }

    [Test]
    public void Gradients_agree_with_differences()
    {
        const double Step = 1e-5;
        var memory = new CellMemory(Rows);
        FeatureScaling scaling = FeatureScaling.Of([.. Rows.Select(row => row.Composition)]);
        int length = CellInput.Length(scaling.Count);
        var inputs = new float[Rows.Length * length];
        var targets = new float[Rows.Length * ConventionalCell.Numbers];
        for (int i = 0; i < Rows.Length; i++)
        {
            CellInput.Write(Rows[i].Composition, Rows[i].Bravais, scaling, memory, inputs.AsSpan(i * length, length));
            memory.WriteTargets(Rows[i], targets.AsSpan(i * ConventionalCell.Numbers, ConventionalCell.Numbers));
            CellMemory.Mask(Rows[i].Bravais, targets.AsSpan(i * ConventionalCell.Numbers, ConventionalCell.Numbers));
        }

        var task = new CellTask<double>(new CellNetwork<double>(scaling.Count, 8), inputs, targets);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(3);
        int[] numbers = [0, 1, 2, 3, 4, 5];
        task.AddGradient(numbers, ForwardPass.Prediction);
        double[] gradient = buffer.Gradient.ToArray();
        int[] places = [.. Enumerable.Range(0, gradient.Length).OrderByDescending(i => Math.Abs(gradient[i])).Take(60)];
        (double difference, double size) = (0, 0);
        foreach (int place in places)
        {
            double kept = buffer.Values[place];
            buffer.Values[place] = kept + Step;
            double above = task.Loss(numbers);
            buffer.Values[place] = kept - Step;
            double below = task.Loss(numbers);
            buffer.Values[place] = kept;
            double slope = (above - below) / (2 * Step);
            (difference, size) = (difference + (slope - gradient[place]) * (slope - gradient[place]), size + slope * slope);
        }

        Assert.That(Math.Sqrt(difference / size), Is.LessThan(1e-7));
    }

    private static int Bravais(string name) => LatticeClasses.Bravais.ToList().IndexOf(name);

    private static KnownCell Row(string formula, string bravais, double volume, double a, double b, double c, double beta) =>
        new(formula, FormulaFeaturesTests.CompositionOf(formula), Bravais(bravais), new ConventionalCell(volume, a, b, c, 90, beta, 90));
}
