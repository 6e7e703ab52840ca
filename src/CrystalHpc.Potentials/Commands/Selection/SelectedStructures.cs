using System.Globalization;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Commands.Selection;

/// <summary>
/// The structures that <c>potential select</c> chose, as extended XYZ: each says where it comes from and what it was chosen by.
/// </summary>
internal static class SelectedStructures
{
    // A file of ours is known by the name of this fact, which stands in the second line.
    private const string Score = "potential_select_score", Origin = "potential_select_from";

    /// <summary>True for names of extended XYZ that is not packed.</summary>
    public static bool IsName(string path) =>
        StructureFile.FormatOfFile(path) == StructureFormat.ExtendedXyz && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frames">The structures.</param>
    /// <param name="rows">Where each comes from, and its score.</param>
    public static void Write(string path, IReadOnlyList<AtomFrame> frames, IReadOnlyList<SelectedRow> rows) =>
        FrameOutput.Write(path, Score, frames.Zip(rows).Select(pair => (pair.First, (IReadOnlyList<FrameProperty>)FactsOf(pair.Second))));

    private static FrameProperty[] FactsOf(SelectedRow row) =>
    [
        new(Score, row.Score.ToString("R", CultureInfo.InvariantCulture)),
        new(Origin, FormattableString.Invariant($"{row.Input}#{row.Structure}")),
    ];
}
