using System.Xml.Linq;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Generation.Prediction.Sampling;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>Candidates as a page: what they are worth, the funnel, the best cells, the latent map, the table.</summary>
/// <param name="screening">What was judged.</param>
/// <param name="known">The model and its training.</param>
internal sealed class CandidatePage(Screening screening, KnownModel known)
{
    private const int ShownCells = 6;

    private static readonly string[] Shown =
    [
        JudgedColumn.FormationEnergy, "band_gap_eV", "metal_probability", "bulk_modulus_GPa", "neutral", JudgedColumn.InstabilityIndex,
            "relaxed",
        "outside_training",
    ];

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <param name="candidates">The candidates, the best first.</param>
    /// <param name="funnel">What became of draws.</param>
    /// <param name="pool">Predicted formation energies of known crystals, eV/atom.</param>
    public void Write(string path, string command, IReadOnlyList<ScreenedCandidate> candidates, Funnel funnel,
        IReadOnlyList<double> pool) =>
        WholeFile.Write(path, stream => ReportPage.Write(stream, "candidates", Header(command, candidates, funnel, pool),
            Sections(candidates, funnel)));

    private XElement Header(string command, IReadOnlyList<ScreenedCandidate> candidates, Funnel funnel, IReadOnlyList<double> pool)
    {
        double[] energies = [.. candidates.Select(candidate => screening.EnergyOf(candidate)?.Value).OfType<double>()];
        return Markup.Element(
            "header",
            Markup.Element("p", Markup.Class("kicker"), "CrystalHpc, candidates"),
            Markup.Element("h1",
            $"{Numbers.Of(candidates.Count, "candidate")}, {candidates.Count(candidate => candidate.KnownAs is null)} "
            + $"of them not known here"),
            Markup.Element(
                "dl", Markup.Class("figures"),
                Layout.KeyFigure(Numbers.Count(funnel.Draws.Attempts), "draws",
                    $"{Numbers.Percent(funnel.Draws.ValidShare)} valid: no two atoms closer than 0.5 A"),
                energies.Length == 0 ? null : Layout.KeyFigure(
                    Numbers.Percent(Share(energies)), "predicted below zero formation energy", pool.Count == 0 ? ""
                        : $"{Numbers.Percent(Share(pool))} of {pool.Count} known crystals"),
                Layout.KeyFigure(
                    Numbers.Count(candidates.Count(candidate => candidate.Crystal.Group > 1)), "with a symmetry",
                        "within the tolerance; the table says how far atoms moved")),
            Markup.Element("p", Markup.Class("provenance"), "Made again by ", Layout.Code(command),
                $" · model SHA-256 {known.Digest[..16]}"));
    }

    private XElement[] Sections(IReadOnlyList<ScreenedCandidate> candidates, Funnel funnel) =>
    [
        Layout.Section(
            "worth", "What they are worth",
            Layout.Text("These crystals look like known ones; nobody has calculated or made them. Energies, gaps and moduli are "
            + "predictions of networks, with intervals that hold nine "
                + "in ten crystals like those of their training, and candidates are often unlike those: where the table says so, intervals "
                    + "may be far too narrow. A negative "
                + "formation energy does not make a crystal stable: the distance to the hull of all "
                    + "competing compounds would have to be small, and "
                + "the hull known here is never complete. Take them as starting points for a calculation.")),
        Layout.Section("funnel", "What became of the draws", FunnelChart(funnel)),
        Layout.Section("cells", "The best candidates", Layout.Columns([.. candidates.Take(ShownCells).Select(Picture)])),
        .. Map(candidates) is { } map ? new[] { Layout.Section("map", "Latent map", [.. map]) } : [],
        Layout.Section("table", "All candidates", Table(candidates), Layout.Note("All columns: ", Layout.Code(CandidateFolder.Table), ".")),
    ];

    private static XElement FunnelChart(Funnel funnel)
    {
        BarRow[] rows = [.. funnel.Rows.Select(row => new BarRow(row.Step == "dropped" ? $"– {row.Reason}" : row.Reason, row.Draws,
            Numbers.Count(row.Draws)))];
        return Layout.Figure(
            "Draws by what became of them", BarChart.Draw(
                "funnel-chart", "Funnel", string.Join("; ", rows.Select(row => $"{row.Label} {row.Text}")) + ".", rows, 900, 440), null,
                    null, "wide");
    }

    private XElement Picture(ScreenedCandidate candidate, int place)
    {
        CrystalStructure structure = candidate.Crystal.Structure;
        string title = $"{CandidateFolder.NameOf(place, candidate)}, {structure.Metadata.SpaceGroup}";
        string energy = screening.EnergyOf(candidate) is { } estimate ? $"formation energy {Text(estimate, 2)} eV/atom" : "";
        string distance = candidate.Hull.Distance is { } hull ? $"; {Text(hull, 2)} eV/atom from the hull" : "";
        return Layout.Figure(
            title, CellPicture.Draw(structure, [], CellView.Tilted(structure.Cell), candidate.Key).Root!, null,
            $"{energy}{distance}; {(candidate.KnownAs is { } name ? $"known as {name}" : "not known here")}");
    }

    private XElement[]? Map(IReadOnlyList<ScreenedCandidate> candidates)
    {
        (string, float[])[] drawn = [.. candidates.Where(candidate => candidate.Candidate is not null).Select(candidate => (candidate.Key,
            candidate.Candidate!.Latent))];
        return drawn.Length == 0 || known.References.Count < 3 ? null : LatentMap.Draw(known.References, drawn);
    }

    private XElement Table(IReadOnlyList<ScreenedCandidate> candidates)
    {
        (JudgedColumn Column, int Place)[] judged =
            [.. Shown.SelectMany(name => screening.Columns.Index().Where(column => column.Item.Name == name).Select(column =>
                (column.Item, column.Index)))];
        return DataTable.Of(
            "candidate-table", "Candidates", "formula or element",
            [
                new("file"), new("group", true), new("a, A", true), new("moved, A", true,
                    "how far the atom that moved farthest was moved onto the symmetry"),
                new("hull, eV/atom", true, "distance to the hull of the named table"), .. judged.Select(entry =>
                    new Column(entry.Column.Name.Replace('_', ' '), entry.Column.HasInterval, entry.Column.Meaning)), new("known as"),
            ],
            candidates.Select((candidate, i) => new Row(
            [
                CandidateFolder.NameOf(i, candidate), new(candidate.Crystal.Group, candidate.Crystal.Group),
                    Numbers.Fixed(candidate.Crystal.Structure.Cell.A, 3),
                Numbers.Fixed(candidate.Crystal.MovedAngstrom, 3), CellOf(candidate.Hull.Distance), .. judged.Select(entry =>
                    CellOf(candidate.Judged[entry.Place])),
                candidate.KnownAs ?? "",
            ], candidate.Key)));
    }

    private static Cell CellOf(object? value) => value switch
    {
        Estimate estimate => new Cell(Text(estimate, 3), estimate.Value), double number => new Cell(Numbers.Fixed(number, 3), number),
            null => new Cell(""),
        _ => new Cell(value.ToString()),
    };

    private static string Text(Estimate estimate, int decimals) =>
        $"{Numbers.Fixed(estimate.Value, decimals)} ({Numbers.Fixed(estimate.Low, decimals)} to {Numbers.Fixed(estimate.High, decimals)})";

    private static double Share(IReadOnlyList<double> energies) => energies.Count(energy => energy < 0) / (double)energies.Count;
}
