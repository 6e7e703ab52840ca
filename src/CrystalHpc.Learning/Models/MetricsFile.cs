using System.Text.Json;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Learning.Models;

/// <summary><c>metrics.json</c>: how good a model is on some data.</summary>
/// <param name="System">The system, such as <c>lattice</c>.</param>
/// <param name="Model">SHA-256 of the model file.</param>
/// <param name="Data">What it was judged on.</param>
/// <param name="N">Number of rows of data.</param>
/// <param name="Metrics">Figures by <c>TARGET.METRIC</c>.</param>
public sealed record MetricsFile(string System, string Model, string Data, int N, IReadOnlyDictionary<string, double> Metrics)
{
    private static readonly JsonSerializerOptions Json = new() {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the file as a whole, metrics by name; figures that are no numbers are left out.</summary>
    public void Write(string path)
    {
        var finite = new SortedDictionary<string, double>(Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary(),
            StringComparer.Ordinal);
        WholeFile.Write(path, stream =>
        {
            JsonSerializer.Serialize(stream, this with { Metrics = finite }, Json);
            stream.WriteByte((byte)'\n');
        });
    }
}
