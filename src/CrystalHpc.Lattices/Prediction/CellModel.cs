using System.Text;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>The part of a model that predicts cells: known cells, the network, and how far it errs.</summary>
public sealed class CellModel
{
    /// <summary>Width of the network.</summary>
    public const int Width = 128;

    /// <summary>Volume an atom and three lengths have standard errors.</summary>
    public const int ErrorCount = 4;

    private const int Numbers = ConventionalCell.Numbers;

    private readonly FeatureScaling _scaling;
    private readonly CellNetwork<float> _network;
    private readonly ILookup<string, KnownCell> _byFormula;

    /// <summary>Makes a model of its parts.</summary>
    /// <param name="rows">Known cells.</param>
    /// <param name="scaling">How features are scaled.</param>
    public CellModel(IReadOnlyList<KnownCell> rows, FeatureScaling scaling)
    {
        (_scaling, Memory, _network) = (scaling, new CellMemory(rows), CreateNetwork(scaling));
        Parameters = new ParameterBuffer<float>(_network.Parameters);
        _byFormula = rows.ToLookup(row => row.Composition.Text);
    }

    /// <summary>The known cells.</summary>
    public CellMemory Memory { get; }

    /// <summary>The parameters of the network.</summary>
    public ParameterBuffer<float> Parameters { get; }

    /// <summary>Relative standard errors of volume an atom, a, b and c, by Bravais lattice.</summary>
    public float[] Errors { get; init; } = new float[LatticeClasses.Bravais.Count * ErrorCount];

    /// <summary>A network of this shape.</summary>
    public static CellNetwork<float> CreateNetwork(FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        return new CellNetwork<float>(scaling.Count, Width);
    }

    /// <summary>The known cell of a formula in a Bravais lattice; null when none is known.</summary>
    public ConventionalCell? Known(Composition composition, int bravais)
    {
        ArgumentNullException.ThrowIfNull(composition);
        return _byFormula[composition.Text].FirstOrDefault(row => row.Bravais == bravais)?.Cell;
    }

    /// <summary>Inputs of the network, one after another.</summary>
    public float[] Inputs(IReadOnlyList<(Composition Composition, int Bravais)> queries)
    {
        ArgumentNullException.ThrowIfNull(queries);
        int length = CellInput.Length(_scaling.Count);
        var inputs = new float[queries.Count * length];
        global::System.Threading.Tasks.Parallel.For(0, queries.Count, i => CellInput.Write(
            queries[i].Composition, queries[i].Bravais, _scaling, Memory, inputs.AsSpan(i * length, length)));
        return inputs;
    }

    /// <summary>The cells of formulas in Bravais lattices. Not for several threads at once.</summary>
    public ConventionalCell[] Predict(IReadOnlyList<(Composition Composition, int Bravais)> queries)
    {
        const int Batch = 256;
        float[] inputs = Inputs(queries);
        int length = CellInput.Length(_scaling.Count);
        var cells = new ConventionalCell[queries.Count];
        for (int first = 0; first < queries.Count; first += Batch)
        {
            int count = Math.Min(Batch, queries.Count - first);
            Tensor<float> outputs = _network.Forward(inputs.AsSpan(first * length, count * length), count, ForwardPass.Prediction);
            for (int row = 0; row < count; row++)
                cells[first + row] = Memory.CellOf(queries[first + row].Composition, queries[first + row].Bravais, outputs.Row(row));
        }

        return cells;
    }

    /// <summary>The same with relative standard errors.</summary>
    public CellModel WithErrors(float[] errors)
    {
        var model = new CellModel(Memory.Rows, _scaling) { Errors = errors };
        Parameters.Values.CopyTo(model.Parameters.Values);
        return model;
    }

    /// <summary>Relative standard errors of a Bravais lattice: volume an atom, a, b, c.</summary>
    public ReadOnlySpan<float> ErrorsOf(int bravais) => Errors.AsSpan(bravais * ErrorCount, ErrorCount);

    /// <summary>The tensors of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors()
    {
        byte[] formulas = Encoding.ASCII.GetBytes(string.Join('\n', Memory.Rows.Select(row => row.Composition.Text)));
        byte[] bravais = [.. Memory.Rows.Select(row => (byte)row.Bravais)];
        float[] cells = [.. Memory.Rows.SelectMany(row => NumbersOf(row.Cell))];
        return
        [
            .. StoredTensor.All(Parameters),
            StoredTensor.Of<byte>("cells.formulas", formulas, formulas.Length),
            StoredTensor.Of<byte>("cells.bravais", bravais, bravais.Length),
            StoredTensor.Of<float>("cells.numbers", cells, bravais.Length, Numbers),
            StoredTensor.Of<float>("cells.errors", Errors, LatticeClasses.Bravais.Count, ErrorCount),
        ];
    }

    /// <summary>Reads the part of a model file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="count">Number of known cells.</param>
    /// <param name="scaling">How features are scaled.</param>
    public static CellModel Read(ModelFile file, int count, FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte[] bravais = file.Values<byte>("cells.bravais", count);
        float[] cells = file.Values<float>("cells.numbers", count, Numbers);
        Composition[] compositions = StoredFormulas.Read(file, "cells.formulas", count);
        if (bravais.Any(lattice => lattice >= LatticeClasses.Bravais.Count))
            throw UserException.Unusable($"{file.Path} names an unknown Bravais lattice");
        var model = new CellModel(
            [.. Enumerable.Range(0, count).Select(i => new KnownCell("", compositions[i], bravais[i], CellOf(
            cells.AsSpan(i * Numbers, Numbers))))], scaling)
        {
            Errors = file.Values<float>("cells.errors", LatticeClasses.Bravais.Count, ErrorCount),
        };
        file.Load(model.Parameters);
        return model;
    }

    private static float[] NumbersOf(ConventionalCell cell) =>
        [(float)cell.VolumePerAtom, (float)cell.A, (float)cell.B, (float)cell.C, (float)cell.Alpha, (float)cell.Beta, (float)cell.Gamma];

    private static ConventionalCell CellOf(ReadOnlySpan<float> numbers)
        => new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
}
