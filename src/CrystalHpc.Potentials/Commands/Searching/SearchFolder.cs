using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Search;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary>The folder of a search: what it is, and all its structures.</summary>
internal static class SearchFolder
{
    private const string Identity = "search.json", Structures = "structures.jsonl";

    /// <summary>Runs a search in its folder; the same search goes on where it was. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="format">What kind of search it is: goes up when the same options mean another search.</param>
    /// <param name="options">Its options, but for those that make it longer.</param>
    /// <param name="search">The search.</param>
    /// <param name="finish">Writes results of all structures, on rank 0.</param>
    public static void Run<TOptions>(Job job, string folder, string format, TOptions options, StructureSearch search,
        Action<IReadOnlyList<Individual>> finish)
    {
        using DirectoryLock held = DirectoryLock.Take(job, folder, "search");
        (SearchLog? log, List<Individual> past) = (null, []);
        job.World.OnRankZero(() =>
        {
            RequireSame(folder, format, options);
            log = SearchLog.Open(Path.Combine(folder, Structures), out past);
        });
        using (log)
        {
            if (past.Count > 0)
                job.Say(FormattableString.Invariant($"search   going on after {past.Count}"));
            (Individual? best, List<Individual> all) = (past.Where(structure => structure.IsUsable).MinBy(EnthalpyAnAtom), past);
            string? stop = null;
            search.Run([.. past], structure =>
            {
                log!.Add(structure);
                all.Add(structure);
                if (structure.IsUsable
                    && (best is null || EnthalpyAnAtom(structure) < EnthalpyAnAtom(best) - 1e-6 / structure.Frame.AtomCount))
                {
                    best = structure;
                    job.Say(FormattableString.Invariant($"search   {structure.Number}: {structure.Enthalpy:0.00000} eV, ")
                        + FormattableString.Invariant($"{EnthalpyAnAtom(structure):0.00000} an atom, by {structure.Operator}"));
                }

                stop = job.Signals?.Requested;
                return stop is null;
            });
            job.World.OnRankZero(() =>
            {
                if (stop is not null)
                    throw UserException.Stopped(stop);
                finish(all);
                job.Say(best is null ? "search   no structure could be relaxed"
                    : FormattableString.Invariant($"search   {folder}: the best has {best.Enthalpy:0.00000} eV, structure {best.Number}"));
            });
        }
    }

    /// <summary>Asks for a search in a folder.</summary>
    /// <exception cref="UserException">The folder holds none.</exception>
    public static void Require(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Structures)))
            throw UserException.Unusable($"{folder} holds no search");
    }

    /// <summary>All structures of the search in a folder that is locked.</summary>
    public static List<Individual> Read(string folder)
    {
        using (SearchLog.Open(Path.Combine(folder, Structures), out List<Individual> past))
            return past;
    }

    private static double EnthalpyAnAtom(Individual structure) => structure.Enthalpy / structure.Frame.AtomCount;

    /// <summary>
    /// Asks for a new folder, or for one of the same search: a folder never holds two; more structures make the same one longer. Rank 0.
    /// </summary>
    /// <exception cref="UserException">The folder holds another search.</exception>
    public static void RequireSame<TOptions>(string folder, string format, TOptions options)
    {
        string path = Path.Combine(folder, Identity);
        JsonNode? node = JsonSerializer.SerializeToNode(options, ConfigurationFile.Json);
        string now = new JsonObject { ["format"] = format, ["options"] = node }.ToJsonString();
        if (!File.Exists(path))
            WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(now)));
        else if (File.ReadAllText(path) != now)
            throw UserException.Unusable($"{folder} holds another search: name another directory by --run");
    }
}
