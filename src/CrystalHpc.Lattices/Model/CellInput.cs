using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Model;

/// <summary>The input of a <see cref="CellNetwork{T}"/>.</summary>
internal static class CellInput
{
    /// <summary>Numbers of an input: features, the lattice, the memory.</summary>
    public static int Length(int features) => features + LatticeClasses.Bravais.Count + CellMemory.Count;

    /// <summary>Writes the input of a formula in a lattice.</summary>
    public static void Write(Composition composition, int bravais, FeatureScaling scaling, CellMemory memory, Span<float> input)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        ArgumentNullException.ThrowIfNull(memory);
        input.Clear();
        scaling.Write(composition, input);
        input[scaling.Count + bravais] = 1;
        memory.Write(composition, bravais, input[(scaling.Count + LatticeClasses.Bravais.Count)..]);
    }
}
