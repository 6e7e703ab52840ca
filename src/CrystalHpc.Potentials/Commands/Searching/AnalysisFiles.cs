using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Commands.Searching.Pages;
using CrystalHpc.Potentials.Commands.Simulation;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Prototypes;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Defects;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary>What <c>search analyze</c> and <c>search scan</c> write.</summary>
internal static class AnalysisFiles
{
    private const double SupercellAngstrom = 10;

    /// <summary>Ranks structures and writes tables, page and structure files. Rank 0.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">The folder of the search.</param>
    /// <param name="model">What gives energies.</param>
    /// <param name="pressureGigapascal">Pressure of the search, GPa: enthalpies of further structures are those under it.</param>
    /// <param name="bondAngstrom">About how long bonds are, A; null: sums of covalent radii.</param>
    /// <param name="structures">The structures of the search.</param>
    /// <param name="options">What is made of them.</param>
    public static void Write(
        Job job, string folder, IEnergyModel model, double pressureGigapascal, double? bondAngstrom, IReadOnlyList<Individual> structures,
        AnalysisOptions options)
    {
        Phase[] given =
        [
            .. structures.Where(structure => structure.IsUsable)
                .Select(structure => new Phase(FormattableString.Invariant($"{structure.Number}"), structure.Frame, structure.Enthalpy,
                    structure.Operator)),
            .. options.Inputs.Count == 0 ? []
                : SimulationInput.Read(options.Inputs, FrameReaderOptions.Default).Select(input => OfFile(input, pressureGigapascal)),
        ];
        if (given.Length == 0)
            throw UserException.Unusable("no structure could be relaxed: there is nothing to analyze");
        var types = new StructureTypes([.. KnownLattices.All, .. options.Prototypes.Count == 0 ? []
            : PrototypeFiles.Read(options.Prototypes, SimulationInput.Refuse)]);
        (List<Phase> phases, ConvexHull? hull) = PhaseTable.Rank(given, options, types);
        Csv.Write(Path.Combine(folder, "hull.csv"), phases.Select(PhaseRow.Of));
        var bonds = new BondLengths([.. given.SelectMany(phase => phase.Frame.Species).Distinct()], bondAngstrom);
        Csv.Write(Path.Combine(folder, "environments.csv"), phases.SelectMany(phase => EnvironmentRow.Of(phase, bonds)));
        ThermalRow[] thermal = options.TemperaturesKelvin.Count == 0 ? []
            : [.. ThermalRow.Of(model, [.. phases.Where(phase => phase.Frame.Cell is not null)], options, SimulationInput.Refuse)];
        WriteOrDelete(job, Path.Combine(folder, "stability.csv"), thermal, options.TemperaturesKelvin.Count > 0);
        VacancyRow[] vacancies = options.Vacancies && hull is not null
            ? [.. phases.Where(phase => phase.Frame.Cell is not null && phase.IsOnHull)
                .SelectMany(phase => VacanciesOf(model, phase, hull))] : [];
        WriteOrDelete(job, Path.Combine(folder, "vacancies.csv"), vacancies, options.Vacancies);

        // The best of each formula before the second best of any.
        Phase[] best = [.. phases.GroupBy(phase => phase.Formula).SelectMany(group => group.Select((phase, i) => (phase, i)))
            .OrderBy(entry => entry.i).Select(entry => entry.phase).Take(options.Best)];
        WriteBest(Path.Combine(folder, "best"), best);
        HullPage.Write(folder, model.Name, structures, given, phases, hull, thermal, best);
        int onHull = phases.Count(phase => phase.IsOnHull);
        job.Say(FormattableString.Invariant($"analyze  {phases.Count} of {given.Length} structures differ and are low enough; {onHull} on ")
            + $"the hull; {Path.Combine(folder, "hull.html")}");
    }

    // A table of an earlier analysis must not stand beside the others of this one.
    private static void WriteOrDelete<TRow>(Job job, string path, TRow[] rows, bool isAsked)
    {
        if (rows.Length > 0)
        {
            Csv.Write(path, rows);
            return;
        }

        File.Delete(path);
        if (isAsked)
            job.Say($"analyze  {Path.GetFileName(path)} is not written: it takes crystals on a hull");
    }

    private static Phase OfFile(SimulationInput input, double pressureGigapascal) => input.Frame.EnergyElectronVolt is { } energy
        ? new Phase(
            input.Name, input.Frame,
            energy + pressureGigapascal / Units.GigapascalPerElectronVoltPerCubicAngstrom * Math.Abs(input.Frame.Cell?.Volume ?? 0), "file")
        : throw UserException.Unusable($"{input.Name} has no energy");

    // Atoms go to, and come from, the phases that the compound is in balance with.
    private static IEnumerable<VacancyRow> VacanciesOf(IEnergyModel model, Phase phase, ConvexHull hull)
    {
        double[] potentials = hull.MixtureOf(hull.SharesOf(phase.Frame.Species)).Potentials;
        List<Vacancy>? vacancies = Vacancy.Find(
            model, phase.Frame, Supercell.CountsFor(phase.Frame.Cell!.Value, SupercellAngstrom),
            hull.Elements.Zip(potentials).ToDictionary(pair => pair.First, pair => pair.Second),
            new RelaxationOptions(), out string? problem);
        if (vacancies is null)
            SimulationInput.Refuse(phase.Id, problem);
        return vacancies?.Select(vacancy => VacancyRow.Of(phase.Id, vacancy)) ?? [];
    }

    private static void WriteBest(string folder, Phase[] best)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder).Where(IsOurs))
            File.Delete(old);
        foreach ((int i, Phase phase) in best.Index())
        {
            string name = Path.Combine(folder, FormattableString.Invariant($"{i + 1:000}-{phase.Formula}"));
            AtomFrame frame = phase.Frame with
            {
                EnergyElectronVolt = null, Properties = [new FrameProperty("structure_id", $"{phase.Formula}-{phase.Id}"),
                    new FrameProperty("comment", $"{phase.Formula} {phase.Type}".TrimEnd())],
            };
            FrameOutput.Write(name + ".extxyz", [phase.Frame with { Properties = [new FrameProperty("structure", phase.Id)] }]);
            if (phase.Frame.Cell is null)
                continue;
            WriteOne(name + ".cif", frame, StructureFormat.Cif);
            WriteOne(name + ".vasp", frame, StructureFormat.Poscar);
        }
    }

    // Names that this verb gives: a rank of three digits, a formula, an ending.
    private static bool IsOurs(string path) => Path.GetFileName(path) is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', ..]
        && Path.GetExtension(path) is ".cif" or ".vasp" or ".extxyz";

    private static void WriteOne(string path, AtomFrame frame, StructureFormat format) => WholeFile.Write(path, stream =>
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var text = new StreamWriter(stream, encoding, leaveOpen: true) { NewLine = "\n" };
        StructureFile.CreateWriter(text, format, null).Write(frame, new List<Finding>());
    });
}
