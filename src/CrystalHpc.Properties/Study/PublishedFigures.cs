using CrystalHpc.Learning.Models;

namespace CrystalHpc.Properties.Study;

/// <summary>
/// Figures of Court, Yildirim, Jain and Cole (J. Chem. Inf. Model. 2020, table 1): one convolution, rows of the Materials Project split by
/// rows; the base of their logarithms is not stated, and test rows of some targets neither.
/// </summary>
internal static class PublishedFigures
{
    private static readonly (string Target, double Mae, double Smape, int? Training)[] Table =
    [
        ("formation_energy", 0.102, 27.70, 35_734), ("energy", 0.114, 2.51, null), ("gap", 0.299, 137.73, null),
        ("log10_K", 0.186, 5.23, 8_724), ("log10_G", 0.306, 10.72, 8_724), ("poisson", 0.051, 16.72, null),
        ("n", 0.155, 5.34, 3_744), ("log10_eps", 0.115, 6.49, 3_744),
    ];

    /// <summary>The rows of some targets.</summary>
    public static IEnumerable<StudyRow> Of(IEnumerable<string> targets) => Table.Where(row => targets.Contains(row.Target)).SelectMany(
        row => new[] { ("mae", row.Mae), ("smape", row.Smape) }.Select(figure => new StudyRow(
            "paper", "published, other rows", row.Target, figure.Item1, row.Training, null, figure.Item2)));
}
