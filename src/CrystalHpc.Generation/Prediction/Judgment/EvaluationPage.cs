using System.Xml.Linq;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Report;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>How good a model is, as files: figures, a line a crystal, a page with slices and cells.</summary>
public static class EvaluationPage
{
    private const int Shown = 4;

    /// <summary>
    /// Figures of the seed (Court et al. 2020), of another implementation of it, and the same method as others trained it on Perov-5.
    /// </summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "for comparison: Court et al. 2020 recall .87, EMD .112 to .090 A, dN .25 to .198, edge .06 "
        + "A, valid 76 % (random) and 89 % (around)",
        "the same network in torch, true voxels: recall .882, F1 .875 / .948, EMD .056 A, dN .035",
        "the same networks in torch, autoencoder: recall .848, EMD .055 A, dN .024, edge .039 to .047 A, "
        + "match 58.8 %, Perov-5 65.3 % (rms .017)",
        "the same method by Xie et al. 2022 on Perov-5: match 51.65 % (rms .0217)",
    ];

    /// <summary>The judgment of a model.</summary>
    /// <param name="data">What it was judged on.</param>
    /// <param name="model">The model.</param>
    /// <param name="read">Crystals read from their true voxels.</param>
    /// <param name="made">The same crystals through the autoencoder.</param>
    /// <param name="sampling">Further figures by name.</param>
    public static ModelJudgment Of(
        string data, IVoxelModel model, JudgedCrystals read, JudgedCrystals made, IReadOnlyDictionary<string, double> sampling)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(sampling);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, double value) in read.Metrics("unet").Concat(made.Metrics("vae")).Concat(sampling))
            metrics[name] = value;
        return new ModelJudgment(
            data, made.Crystals.Count, metrics, Rows(made),
            [
                Layout.KeyFigure(Numbers.Fixed(read.Voxels.Recall, 3), "Recall", "occupied voxels, from true voxels"),
                Layout.KeyFigure(Numbers.Fixed(made.Voxels.Recall, 3), "Recall, autoencoder", "occupied voxels, through the autoencoder"),
                Layout.KeyFigure(Numbers.Percent(made.Cells.Matched), "Match", "structures that come back through the autoencoder"),
                Layout.KeyFigure($"{Numbers.Fixed(made.Cells.EdgeError, 3)} A", "Edge", "mean absolute error"),
            ],
            [
                Layout.Section("unet", "Read from true voxels", Table("unet-table", read)),
                Layout.Section("vae", "Through the autoencoder and back", Table("vae-table", made),
                Layout.Note(string.Join("; ", Others), ".")),
                Layout.Section("slices", "Voxels and cells", [.. Pictures(model, made)]),
            ]);
    }

    private static IEnumerable<PredictionRow> Rows(JudgedCrystals made) => made.Crystals.SelectMany((crystal, row) => new[]
    {
        PredictionRow.OfNumber(row, crystal.Sample.Id, "edge_A", crystal.Sample.Cell.EdgeAngstrom, crystal.Edge, null, true),
        PredictionRow.OfNumber(row, crystal.Sample.Id, "sites", crystal.Sample.Cell.Count, crystal.Decoded?.Count ?? 0, null, true),
    });

    private static XElement Table(string id, JudgedCrystals judged) => DataTable.Of(
        id, "Scores by kind", "kind",
        [
            new("Kind"), new("Crystals", true), new("Recall", true), new("F1", true), new("F1 with background", true), new("EMD, A", true),
            new("dN", true),
            new("Edge, A", true), new("Valid", true), new("Complete", true), new("Match", true), new("rms", true),
        ],
        judged.ByKind.Select(pair => (Name: pair.Key.ToString(), pair.Value.Voxels, pair.Value.Cells))
        .Prepend((Name: "all", judged.Voxels, judged.Cells)).Select(part => new Row(
        [
            part.Name, Numbers.Count(part.Cells.Count), Numbers.Fixed(part.Voxels.Recall, 3),
            Numbers.Fixed(part.Voxels.F1WithoutBackground, 3),
            Numbers.Fixed(part.Voxels.F1WithBackground, 3), Numbers.Fixed(part.Cells.EarthMoversDistance, 3),
            Numbers.Fixed(part.Cells.SiteDifference, 3),
            Numbers.Fixed(part.Cells.EdgeError, 3), Numbers.Percent(part.Cells.Valid), Numbers.Percent(part.Cells.Complete),
            Numbers.Percent(part.Cells.Matched),
            Numbers.Fixed(part.Cells.MatchedRms, 3),
        ])));

    // The first crystals of different kinds: the density, what the autoencoder makes of it, what is read in that; both cells.
    private static IEnumerable<object> Pictures(IVoxelModel model, JudgedCrystals made)
    {
        var voxelizer = new Voxelizer(model.Grid);
        var maps = new VoxelMaps(model.Grid, model.Species);
        int number = 0;
        foreach ((GenerationSample sample, _, CubicCell? decoded) in made.Crystals.DistinctBy(crystal => crystal.Sample.Class).Take(Shown))
        {
            float[] density = new float[model.Grid.Voxels], mean = new float[model.LatentSize], logVariance = new float[model.LatentSize];
            int condition = model.Deciles.ConditionOf(sample);
            voxelizer.FillDensity(sample.Cell, density);
            model.Encode([sample.Cell], [condition], mean, logVariance);
            model.Decode(mean, [condition], [maps]);
            string title = $"{sample.Key}, {sample.Class}";
            yield return Layout.Figure(title, VoxelPicture.Draw(
                FormattableString.Invariant($"slice-{number++}"), title,
                [("density", density), ("autoencoder", maps.Density), ("occupancy read", maps.Occupancy)], model.Grid.Size, 0));
            yield return Layout.Columns(Cell(sample.Cell, "true cell"),
                decoded is null ? Layout.Text("no cell is read") : Cell(decoded, "cell that is read"));
        }
    }

    private static XElement Cell(CubicCell cell, string title)
    {
        CrystalStructure structure = cell.ToStructure();
        return CellPicture.Draw(structure, [], CellView.Tilted(structure.Cell), title).Root!;
    }
}
