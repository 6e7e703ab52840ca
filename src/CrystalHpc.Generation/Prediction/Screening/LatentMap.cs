using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Generation.Data;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>The latent space on paper: crystals of the training and candidates along the two directions in which the training spreads
/// most.</summary>
internal static class LatentMap
{
    private const int MostReferences = 1500;
    private const double Width = 640, Height = 460;

    // Okabe and Ito's colors, one for each kind.
    private static readonly string[] Colors = ["#56b4e9", "#009e73", "#e69f00", "#cc79a7", "#0072b2", "#999933"];

    /// <summary>Draws the map.</summary>
    /// <param name="references">The training.</param>
    /// <param name="candidates">Names and latent vectors of candidates.</param>
    /// <returns>What its marks mean, and the map.</returns>
    public static XElement[] Draw(IReadOnlyList<ReferencePoint> references, IReadOnlyList<(string Name, float[] Latent)> candidates)
    {
        (double[] mean, double[][] axes, double share) = PrincipalAxes([.. references.Select(reference => reference.Mean)]);
        int step = Math.Max(1, references.Count / MostReferences);
        ReferencePoint[] shown = [.. references.Where((_, i) => i % step == 0)];
        (double X, double Y)[] places = [.. shown.Select(reference => Place(reference.Mean))];
        (double X, double Y)[] made = [.. candidates.Select(candidate => Place(candidate.Latent))];
        (double X, double Y)[] all = [.. places, .. made];
        var frame = new Frame(44, 16, Width - 10, Height - 40);
        var x = LinearScale.Round(all.Min(place => place.X), all.Max(place => place.X), frame.Left, frame.Right, 6);
        var y = LinearScale.Round(all.Min(place => place.Y), all.Max(place => place.Y), frame.Bottom, frame.Top, 5);
        CellClass[] kinds = [.. shown.Select(reference => reference.Class).Distinct().Order()];
        XElement chart = Svg.Drawing(
            "latent-map", "Latent map", "Crystals of the training by kind, and candidates among them, along the two principal directions.",
            Width, Height,
            Axis.Bottom(x, frame, "first principal direction"), Axis.Left(y, frame, ""),
            shown.Select((reference, i) => Dot(x.Map(places[i].X), y.Map(places[i].Y), reference.Class, reference.Key)),
            candidates.Select((candidate, i) => Marks.Diamond(x.Map(made[i].X), y.Map(made[i].Y), 5, "point bound", candidate.Name)));
        // The legend stands outside: drawings in a wide figure are all wide.
        return
        [
            Legend.Of([.. kinds.Select(kind => (Dot(9, 7, kind, null), kind.ToString())), (Legend.Rhomb("point bound"), "candidates")]),
            Layout.Figure(
                "Where candidates lie", chart, null,
                $"The two directions hold {Numbers.Percent(share)} of the spread of the training; one in {step} of its crystals is shown.",
                "wide"),
        ];

        (double X, double Y) Place(float[] latent) => (Along(latent, mean, axes[0]), Along(latent, mean, axes[1]));
    }

    /// <summary>The mean, the two directions of the largest variance, and the share of the variance that they hold.</summary>
    internal static (double[] Mean, double[][] Axes, double Share) PrincipalAxes(IReadOnlyList<float[]> points)
    {
        int n = points[0].Length;
        double[] mean = [.. Enumerable.Range(0, n).Select(k => points.Average(point => (double)point[k]))];
        double[,] covariance = new double[n, n];
        foreach (float[] point in points)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    covariance[i, j] += (point[i] - mean[i]) * (point[j] - mean[j]) / points.Count;
            }
        }

        // Eigenvalues ascend. A space of one direction has no second one.
        Evd<double> principal = Matrix<double>.Build.DenseOfArray(covariance).Evd(Symmetricity.Symmetric);
        double[] variances = [.. principal.EigenValues.Select(value => value.Real).Reverse()];
        double[][] axes = [.. Enumerable.Range(0, 2).Select(axis =>
            axis < n ? principal.EigenVectors.Column(n - 1 - axis).ToArray() : new double[n])];
        double total = variances.Sum();
        return (mean, axes, total > 0 ? variances.Take(2).Sum() / total : 1);
    }

    private static double Along(float[] point, double[] mean, double[] axis) => Enumerable.Range(0, mean.Length).Sum(k =>
        (point[k] - mean[k]) * axis[k]);

    private static XElement Dot(double x, double y, CellClass kind, string? title) => Markup.Element(
        "circle", Markup.Attribute("cx", x), Markup.Attribute("cy", y), Markup.Attribute("r", 2.4), Markup.Attribute("fill",
            Colors[(int)kind]),
        Markup.Attribute("fill-opacity", "0.65"), Svg.Title(title));
}
