using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Learning.Models;

/// <summary>How good a model is on some data, as the files that <c>train</c> and <c>evaluate</c> of every system write.</summary>
/// <param name="Data">What it was judged on.</param>
/// <param name="N">Number of rows of data.</param>
/// <param name="Metrics">Figures by <c>TARGET.METRIC</c>.</param>
/// <param name="Predictions">One for each row and target.</param>
/// <param name="KeyFigures">Figures for the head of the page, see <see cref="Layout.KeyFigure"/>.</param>
/// <param name="Sections">Sections of the page.</param>
public sealed record ModelJudgment(
    string Data,
    int N,
    IReadOnlyDictionary<string, double> Metrics,
    IEnumerable<PredictionRow> Predictions,
    IReadOnlyList<XElement> KeyFigures,
    IReadOnlyList<XElement> Sections)
{
    private const int DigitsOfDigest = 16;

    /// <summary>Writes <c>metrics.json</c>, <c>predictions.csv</c> and <c>report.html</c> into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="system">The system.</param>
    /// <param name="model">SHA-256 of the model file.</param>
    /// <param name="learning">The section about the training, where it is part of this work.</param>
    public void Write(string folder, string system, string model, XElement? learning = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        new MetricsFile(system, model, Data, N, Metrics).Write(Path.Combine(folder, "metrics.json"));
        Csv.Write(Path.Combine(folder, "predictions.csv"), Predictions);
        XElement header = Markup.Element(
            "header",
            Markup.Element("p", Markup.Class("kicker"), $"CrystalHpc model of {system}"),
            Markup.Element("h1", Data),
            Markup.Element("dl", Markup.Class("figures"), KeyFigures),
            Markup.Element("p", Markup.Class("provenance"), "Model SHA-256 ", Layout.Code(model[..DigitsOfDigest]),
            $" · {Numbers.Of(N, "row")}"));
        XElement[] sections = learning is null ? [.. Sections] : [.. Sections, learning];
        WholeFile.Write(Path.Combine(folder, "report.html"), stream => ReportPage.Write(stream, $"model of {system}", header, sections));
    }
}
