using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Lattices.Study;

/// <summary>The curves of a study as drawings that stand alone.</summary>
internal static class StudyPictures
{
    private const double Width = 560, Height = 300;

    private const string Style = """
        svg { font: 12.5px system-ui, Helvetica, Arial, sans-serif; background: #fff; }
        .middle { text-anchor: middle; } .end { text-anchor: end; } .grid { stroke: #e3e8ee; } .tick, .base { stroke: #97a3b0; }
        .curve { fill: none; stroke: #0b63a5; stroke-width: 1.8; } .limit { fill: none; stroke: #566270; stroke-dasharray: 2 3; }
        """;

    private static readonly Frame Frame = new(58, 20, Width - 110, Height - 44);

    /// <summary>Writes the pictures that the rows have data for.</summary>
    public static void Write(string folder, IReadOnlyList<StudyRow> rows)
    {
        StudyRow[] samples = [.. rows.Where(row => row.Part == "samples" && row.Test is not null)];
        if (samples.Length == 0)
            return;
        StudyRow[] measured = [.. samples.Where(row => !row.Name.Contains(':', StringComparison.Ordinal))];
        LogScale x = LogScale.Round(measured.Min(row => row.Training!.Value), measured.Max(row => row.Training!.Value), Frame.Left,
            Frame.Right);
        var y = new LinearScale(0, 1, Frame.Bottom, Frame.Top);
        XElement drawing = Svg.Drawing(
            "samples", "Accuracy against number of samples",
            "Accuracy of a plain network on test rows by number of training rows: among few groups it is high, among all it is low.",
            Width, Height, Axis.Left(y, Frame, "accuracy, space group", 5), Axis.Bottom(x, Frame, "training rows", 5),
            measured.GroupBy(row => row.Name).Select(group => Svg.Group(
                "", Marks.Curve(group.Select(row => ((double)row.Training!.Value, row.Test!.Value)), x, y, "curve"),
                group.Select(row => Marks.Circle(x.Map(row.Training!.Value), y.Map(row.Test!.Value), 3, "curve")),
                Svg.Text(x.Map(group.Last().Training!.Value) + 8, y.Map(group.Last().Test!.Value) + 4,
                string.Create(CultureInfo.InvariantCulture, $"{group.Key}")))));
        drawing.AddFirst(new XElement("style", Style));
        XNamespace svg = "http://www.w3.org/2000/svg";
        foreach (XElement element in drawing.DescendantsAndSelf())
            element.Name = svg + element.Name.LocalName;
        WholeFile.Write(Path.Combine(folder, "samples.svg"), stream => stream.Write(Encoding.UTF8.GetBytes(drawing.ToString() + "\n")));
    }
}
