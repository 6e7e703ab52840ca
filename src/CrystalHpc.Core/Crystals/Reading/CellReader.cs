using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>Reads the unit cell of a data block.</summary>
internal static class CellReader
{
    private const double VolumeTolerance = 0.01;

    /// <summary>Longest edge, Å: ten times any that was measured. Far beyond it, squared lengths overflow.</summary>
    private const double LongestEdgeAngstrom = 10_000;

    /// <summary>The cell; null, with a finding, when a parameter is missing or the six span no volume.</summary>
    public static UnitCell? Read(CifBlock block, ICollection<Finding> findings)
    {
        Span<double> values = stackalloc double[6];
        int line = 0;
        for (int i = 0; i < 6; i++)
        {
            if (!block.TryGet(CifNames.Cell[i], out CifValue value))
            {
                findings.Add(new Finding(CrystalFindings.CellMissing, $"no {CifNames.Cell[i][0]}"));
                return null;
            }

            line = line == 0 ? value.Line : line;
            if (!value.TryGetNumber(out CifNumber number))
            {
                findings.Add(new Finding(CrystalFindings.CellMissing, value.Line, value.Column,
                    $"{CifNames.Cell[i][0]} is '{value.Text}'"));
                return null;
            }

            values[i] = number.Value;
        }

        bool isTooLong = values[0] > LongestEdgeAngstrom || values[1] > LongestEdgeAngstrom || values[2] > LongestEdgeAngstrom;
        if (isTooLong || !UnitCell.IsValid(values[0], values[1], values[2], values[3], values[4], values[5]))
        {
            findings.Add(new Finding(CrystalFindings.CellInvalid, line, 0, FormattableString.Invariant(
                $"{values[0]} {values[1]} {values[2]} {values[3]} {values[4]} {values[5]}")));
            return null;
        }

        var cell = new UnitCell(values[0], values[1], values[2], values[3], values[4], values[5]);
        double volume = block.GetNumber(CifNames.CellVolume);
        if (volume > 0 && Math.Abs(volume / cell.Volume - 1) > VolumeTolerance)
        {
            findings.Add(new Finding(
                CrystalFindings.CellVolumeDiffers, line, 0, FormattableString.Invariant($"{volume} given, {cell.Volume:0.###} computed")));
        }

        return cell;
    }
}
