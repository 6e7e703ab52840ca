using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Writes extended XYZ: every value of a frame, in Å, eV and eV/Å³, so that it reads as the same numbers again. A stress is written as nine
/// numbers.
/// </summary>
/// <param name="output">Where to.</param>
public sealed class ExtendedXyzWriter(TextWriter output) : IFrameWriter
{
    private static readonly string[] ReservedNames =
        ["lattice", "properties", "pbc", "energy", "forces", "force", "stress", "virial", "virials", "species", "pos"];

    /// <inheritdoc/>
    public bool Write(AtomFrame frame, ICollection<Finding> findings)
    {
        FrameArray[] arrays = [.. frame.Arrays.Where(array => !IsReserved(array.Name))];
        output.Write(frame.AtomCount);
        output.Write('\n');
        WriteFacts(frame, arrays);
        for (int atom = 0; atom < frame.AtomCount; atom++)
            WriteRow(frame, arrays, atom);
        return true;
    }

    /// <summary>True for names that mean something in the format; letter case is ignored.</summary>
    internal static bool IsReserved(string name) => ReservedNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    private void WriteFacts(AtomFrame frame, FrameArray[] arrays)
    {
        if (frame.Cell is { } cell)
        {
            output.Write("Lattice=\"");
            WriteNumbers([cell.A.X, cell.A.Y, cell.A.Z, cell.B.X, cell.B.Y, cell.B.Z, cell.C.X, cell.C.Y, cell.C.Z]);
            output.Write("\" ");
        }

        string columns = string.Concat(arrays.Select(array => $":{array.Name}:{array.TypeLetter}:{array.Width}"));
        output.Write("Properties=");
        output.Write(Quoted($"species:S:1:pos:R:3{(frame.ForcesElectronVoltPerAngstrom is null ? "" : ":forces:R:3")}{columns}"));
        if (frame.EnergyElectronVolt is { } energy)
        {
            output.Write(" energy=");
            NumberText.Write(output, energy);
        }

        if (frame.StressElectronVoltPerCubicAngstrom is { } s)
        {
            output.Write(" stress=\"");
            WriteNumbers([s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2]]);
            output.Write('"');
        }

        output.Write($" pbc=\"{frame.Periodicity}\"");
        foreach (FrameProperty property in frame.Properties)
        {
            if (!IsReserved(property.Name))
                output.Write($" {Quoted(property.Name)}={Quoted(property.Text)}");
        }

        output.Write('\n');
    }

    private void WriteRow(AtomFrame frame, FrameArray[] arrays, int atom)
    {
        output.Write(frame.Species[atom].Symbol);
        FrameText.WriteVector(output, FrameText.Row(frame.PositionsAngstrom, atom));
        if (frame.ForcesElectronVoltPerAngstrom is { } forces)
            FrameText.WriteVector(output, FrameText.Row(forces, atom));
        foreach (FrameArray array in arrays)
        {
            for (int k = 0; k < array.Width; k++)
            {
                output.Write(' ');
                array.Write(output, atom * array.Width + k);
            }
        }

        output.Write('\n');
    }

    private void WriteNumbers(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0)
                output.Write(' ');
            NumberText.Write(output, values[i]);
        }
    }

    // Bare words are left as they are; line ends and other control characters become spaces, since a frame's facts are one line.
    private static string Quoted(string text)
    {
        if (text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '.' or ':' or '/'))
            return text;
        string escaped = FrameText.OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
