using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CsvHelper;

namespace CrystalHpc.Engine.Structures;

/// <summary>The file beside a corpus that gives oxidation states to sites of its structures.</summary>
/// <param name="File">CSV with the columns file, site and charge: id of the file or of one structure of it (a name without folder holds in
/// any folder), label of a site
/// or symbol of an element, whole oxidation state; null: there is none.</param>
/// <param name="Sha256">Digest of the file. It is recorded when the configuration is read; a configuration that states another one is
/// refused; null: not known yet.</param>
public sealed record StateSidecarOptions(string? File, string? Sha256)
{
    /// <summary>The same with the digest of the file as it is.</summary>
    /// <exception cref="UserException">The file cannot be read, has a row that is no state, or another digest than is stated.</exception>
    internal StateSidecarOptions Sealed() => File is null ? this : this with { Sha256 = StateSidecar.Read(this).Sha256 };
}

/// <summary>Oxidation states that the user gives to the structures of a corpus, by id.</summary>
public sealed class StateSidecar
{
    private const string Ending = ".cif";
    private static readonly string[] Columns = ["file", "site", "charge"];
    private readonly Dictionary<string, List<GivenState>> _states = new(StringComparer.Ordinal);

    private StateSidecar(string sha256) => Sha256 = sha256;

    /// <summary>SHA-256 of the file.</summary>
    public string Sha256 { get; }

    /// <summary>Reads the file that a configuration names; null where it names none.</summary>
    /// <exception cref="UserException">It cannot be read, has a row that is no state, or another digest than is stated.</exception>
    public static StateSidecar? Of(RunConfiguration configuration) =>
        configuration.Find(EngineSections.GivenStates) is { File: not null } options ? Read(options) : null;

    /// <summary>Reads the file.</summary>
    /// <exception cref="UserException">It cannot be read, has a row that is no state, or another digest than is stated.</exception>
    public static StateSidecar Read(StateSidecarOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = options.File ?? throw new ArgumentException("no file is named", nameof(options));
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Configuration($"'given_states.file' cannot be read: {fault.Message}");
        }

        var sidecar = new StateSidecar(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        if (options.Sha256 is { } known && known != sidecar.Sha256)
            throw UserException.Configuration(
                $"{path} is not the file that the configuration knows: its SHA-256 is {sidecar.Sha256}, not {known}");
        try
        {
            sidecar.Add(path, bytes);
        }
        catch (Exception fault) when (fault is FormatException or IOException or CsvValidationException)
        {
            throw UserException.Configuration($"{path} is no CSV: {fault.Message}");
        }

        return sidecar;
    }

    /// <summary>States for a structure: those of its file, and then its own.</summary>
    public IReadOnlyList<GivenState> Of(string fileId, string structureId) =>
        [.. Keys(structureId == fileId ? [fileId] : [fileId, structureId]).SelectMany(key => _states.GetValueOrDefault(key) ?? [])];

    /// <summary>States for structures of a file that it does not have, with the id that each is given for.</summary>
    public IEnumerable<(string Id, GivenState State)> Unmatched(string fileId, IReadOnlyList<string> structureIds)
    {
        HashSet<string> known = [.. Keys(structureIds)];
        return _states
            .Where(entry => Keys([fileId]).Any(key => entry.Key.StartsWith(key + ":", StringComparison.Ordinal))
                && !known.Contains(entry.Key))
            .SelectMany(entry => entry.Value.Select(state => (entry.Key, state)));
    }

    /// <summary>What the file names that is none of these files, nor a structure of one, sorted.</summary>
    public string[] Without(IEnumerable<string> fileIds)
    {
        HashSet<string> known = [.. Keys(fileIds)];
        return [.. _states.Keys.Where(id => !known.Contains(id) && !known.Contains(FileOf(id))).Order(StringComparer.Ordinal)];

        static string FileOf(string id) => id.LastIndexOf(':') is > 0 and var colon ? id[..colon] : id;
    }

    // An id that is a path goes by its last part, too: a name without folder holds in any.
    private static IEnumerable<string> Keys(IEnumerable<string> ids)
        => ids.SelectMany(id => new[] { id[(id.LastIndexOf('/') + 1)..], id }).Distinct();

    private void Add(string path, byte[] bytes)
    {
        using CsvReader reader = CsvReader.Create(bytes, CsvReaderOptions.Default with { TrackLineNumbers = true });
        string[]? headers = null;
        while (reader.Read())
        {
            headers ??= Headers(path, reader.Headers);
            string[] fields = [.. Columns.Select(column => Array.IndexOf(headers, column))
                .Select(at => at < reader.FieldCount ? reader.GetString(at).Trim() : "")];
            if (fields[0].Length == 0 || fields[1].Length == 0 || !TryReadCharge(fields[2], out int charge))
                throw UserException.Configuration(
                    $"{path}: line {reader.LineNumber}: '{string.Join(',', fields)}' gives no state: file, site, and a whole charge from 1 "
                    + $"to {GivenState.LargestCharge} with its sign");
            string id = fields[0].EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? fields[0][..^Ending.Length] : fields[0];
            var state = new GivenState(fields[1], charge);
            if (!_states.TryGetValue(id, out List<GivenState>? states))
                _states.Add(id, states = []);
            if (states.Exists(other => other.Site == state.Site))
                throw UserException.Configuration($"{path}: line {reader.LineNumber}: {id} {state.Site} has a state already");
            states.Add(state);
        }

        Headers(path, reader.Headers);
    }

    /// <summary>Reads +3, 3, -2: not 0, at most 9.</summary>
    public static bool TryReadCharge(string text, out int charge) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out charge) && charge != 0
            && Math.Abs(charge) <= GivenState.LargestCharge;

    private static string[] Headers(string path, IReadOnlyList<string>? headers)
    {
        string[] names = [.. (headers ?? []).Select(name => name.Trim().TrimStart('\uFEFF'))];
        return Columns.FirstOrDefault(column => !names.Contains(column)) is { } lacking
            ? throw UserException.Configuration($"{path} has no column '{lacking}'; it needs {string.Join(", ", Columns)}")
            : names;
    }
}
