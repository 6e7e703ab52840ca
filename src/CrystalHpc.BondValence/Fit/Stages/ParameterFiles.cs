using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CrystalHpc.Core.Cif;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Writes the result of a fit: the table for people and spreadsheets, the same as CIF for other programs, the history.</summary>
internal static class ParameterFiles
{
    private static readonly string[] PairTags =
    [
        "_valence_param_atom_1", "_valence_param_atom_1_valence", "_valence_param_atom_2", "_valence_param_atom_2_valence",
    ];

    // The dictionary's Ro and B belong to the exponential law: those of another law have names of their own, so that no program takes them
    // for it.
    private static readonly string[] ExponentialTags = ["_valence_param_Ro", "_valence_param_B"];
    private static readonly string[] OtherTags = ["_crystalhpc_valence_param_r0", "_crystalhpc_valence_param_B"];
    private static readonly string[] DetailTags = ["_crystalhpc_valence_param_law", "_valence_param_ref_id", "_valence_param_details"];

    /// <summary>
    /// Writes parameters.csv, parameters.cif, history.csv and fit.json. All of them are the same for any number of ranks.
    /// </summary>
    public static void Write(RunDirectory run, RunRecord record, FitResult result, FitSummary summary)
    {
        Csv.Write(Path.Combine(run.Fit, "parameters.csv"), result.Parameters.Select(parameters => ParameterRow.Of(parameters, result.Law)));
        Csv.Write(Path.Combine(run.Fit, "history.csv"), result.History.Select(at => new HistoryRow(
            at.Search.Iteration, at.Search.Value, at.Search.ProjectedGradient, at.Search.StepLength, at.Search.Evaluations,
            at.MedianSoftnessAngstrom)));
        Csv.Write(Path.Combine(run.Fit, "populations.csv"), result.TwoPopulations.Select(PopulationRow.Of));
        WholeFile.Write(Path.Combine(run.Fit, "parameters.cif"), stream => stream.Write(Cif(record, result)));
        WholeFile.Write(Path.Combine(run.Fit, "fit.json"), stream => JsonSerializer.Serialize(stream, summary,
            ConfigurationFile.IndentedJson));
    }

    // The loop of the accumulated table of bond-valence parameters, which other programs read.
    private static ReadOnlySpan<byte> Cif(RunRecord record, FitResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        writer.Comment($"Bond-valence parameters, {BondLaws.Of(result.Law).Formula}, lengths in angstroms.");
        writer.Comment($"Fitted by CrystalHpc {record.CodeVersion} to {record.Corpus.Files.ToString(CultureInfo.InvariantCulture)} CIF "
            + $"files.");
        writer.Block("crystalhpc_bond_valence_parameters");
        writer.Item("_audit_creation_method", $"CrystalHpc {record.CodeVersion}");
        writer.Loop(["_valence_ref_id", "_valence_ref_reference"],
            [["a", $"Fitted by CrystalHpc; manifest SHA-256 {record.Corpus.ManifestSha256}"]]);
        string[] tags = [.. PairTags, .. result.Law == BondLaw.Exponential ? ExponentialTags : OtherTags, .. DetailTags];
        writer.Loop(tags, result.Parameters.Select(parameters => ParameterFields(ParameterRow.Of(parameters, result.Law))));
        return buffer.WrittenSpan;
    }

    private static IReadOnlyList<CifField> ParameterFields(ParameterRow row)
    {
        string details = string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Source}, {row.Sites} sites, s.e. {row.R0SeA:0.0000} and "
            + $"{row.BSeA:0.0000}{(row.Flags.Length > 0 ? ", " + row.Flags : "")}");
        return
        [
            row.Cation, StateOf(row.CationCharge), row.Anion, StateOf(row.AnionCharge),
            Math.Round(row.R0A, 4), Math.Round(row.BA, 4), row.Law, "a", details,
        ];
    }

    // The accumulated table writes 9 where a row holds for any oxidation state.
    private static int StateOf(int charge) => charge == 0 ? 9 : charge;
}
