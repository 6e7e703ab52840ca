using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Generation.Prediction.Export;

/// <summary>
/// Inputs of a program of density-functional theory: relaxation of atoms and cell with the settings of Court and others 2020 (PBE and D2
/// dispersion, energies to 1e-4 Ry, forces to 1e-3 Ry/Bohr). Pseudopotentials and their cutoffs are the user's.
/// </summary>
public abstract class ProgramInput
{
    /// <summary>Energies are converged to this, Ry.</summary>
    protected const double EnergyRydberg = 1e-4;

    /// <summary>Forces are converged to this, Ry/Bohr.</summary>
    protected const double ForceRydbergPerBohr = 1e-3;

    // Distance of points in reciprocal space, 1/A.
    private const double PointDistance = 0.3;

    /// <summary>The programs.</summary>
    public static IReadOnlyList<ProgramInput> All { get; } = [new QuantumEspressoInput(), new VaspInput()];

    /// <summary>The name of the program on command lines, and of its folder.</summary>
    public abstract string Name { get; }

    /// <summary>The files of a structure, by their names below the folder of the program.</summary>
    /// <param name="name">Name of the structure.</param>
    /// <param name="structure">The structure.</param>
    public abstract IReadOnlyList<(string File, string Text)> Files(string name, CrystalStructure structure);

    /// <summary>Writes the files of a structure below a folder.</summary>
    public void Write(string folder, string name, CrystalStructure structure)
    {
        foreach ((string file, string text) in Files(name, structure))
        {
            string full = Path.Combine(folder, Name, file);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            WholeFile.Write(full, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(text)));
        }
    }

    /// <summary>Removes the files of a structure.</summary>
    public abstract void Remove(string folder, string name);

    /// <summary>All atoms of a cell, those of an element together.</summary>
    protected static AtomFrame FrameOf(CrystalStructure structure)
    {
        AtomFrame frame = CifFrames.Of(structure, "");
        int[] order = [.. Enumerable.Range(0, frame.AtomCount).OrderBy(atom => frame.Species[atom])];
        return new AtomFrame
        {
            Species = [.. order.Select(atom => frame.Species[atom])], Cell = frame.Cell, Periodicity = frame.Periodicity,
            PositionsAngstrom = [.. order.SelectMany(atom => frame.PositionsAngstrom[(3 * atom)..(3 * atom + 3)])],
        };
    }

    /// <summary>Elements of a frame, in their order.</summary>
    protected static IReadOnlyList<Element> ElementsOf(AtomFrame frame) => [.. frame.Species.Distinct()];

    /// <summary>Points along each reciprocal vector.</summary>
    protected static int[] Mesh(Basis cell)
    {
        Basis reciprocal = cell.Reciprocal;
        return [.. new[] { reciprocal.A, reciprocal.B, reciprocal.C }.Select(vector => Math.Max(1,
            (int)Math.Ceiling(2 * Math.PI * vector.Length / PointDistance)))];
    }

    /// <summary>A number with ten decimals.</summary>
    protected static string Number(double value) => (Math.Round(value, 10) + 0.0).ToString("F10", CultureInfo.InvariantCulture);

    /// <summary>Removes a file, and its folder when that is empty then.</summary>
    protected static void Remove(string file)
    {
        File.Delete(file);
        string folder = Path.GetDirectoryName(file)!;
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
