using System.CommandLine;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Export;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Generation.Commands;

/// <summary>Options of verbs that judge crystals, and what they lead to.</summary>
internal sealed class ScreeningOptions
{
    private const string Special = " <>!*?$&|;()'\"";

    // Known crystals whose formation energies are predicted for comparison.
    private const int PoolSize = 300;

    private readonly Option<string?> _hull = new("--hull")
    {
        Description = "Table of known compounds (columns formula, e_form_eV_atom; the scale of the "
            + "Materials Project): the distance to their hull is told.",
        HelpName = "TABLE",
    };

    private readonly Option<string[]> _known = new("--known")
    {
        Description = "More known structures to look candidates up in: tables of structures, CIF files, folders, archives.",
            HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _potential = new("--potential")
    {
        Description = "Relax crystals whose elements this potential knows, as 'potential --model' takes it; default: the one that ships.",
            HelpName = "MODEL",
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Keep only crystals for which this holds of a column of candidates.csv, such as "
            + "'gii_vu<0.5', neutral=yes, known_as= (empty).",
        HelpName = "CONDITION",
    };

    private readonly Option<bool> _new = new("--new") { Description = "Keep only crystals that are not known: --where known_as=" };

    private readonly Option<string[]> _export = new("--export")
    {
        Description = "Write inputs of density-functional theory as well: qe (Quantum ESPRESSO), vasp.", HelpName = "PROGRAM",
            AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _library = new("--library")
    {
        Description = "Library of known cubic crystals, made by 'generate library'; the one that ships when omitted.", HelpName = "FILE",
    };

    private readonly Option<double[]> _tolerances = new("--symmetry-tolerance")
    {
        Description = "Tolerances that are tried one after another, A: the first that gives a symmetry counts, and atoms are moved onto "
            + "it. Default: 0.1 0.2 0.3.",
        HelpName = "A", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. SamplingWish.DefaultTolerances],
        CustomParser = result => NumberArgument.ParseAll(result, 1e-6, 0.5),
    };

    private readonly Option<string?> _model = GenerateCommand.ModelOption();

    private readonly Option<string> _output = new("--out")
    {
        Description = "Folder for CIF files, candidates.csv, funnel.csv and report.html.", HelpName = "DIR", Required = true,
    };

    /// <summary>Gives a verb the options.</summary>
    public ScreeningOptions(Command command)
    {
        _export.AcceptOnlyFromAmong([.. ProgramInput.All.Select(input => input.Name)]);
        foreach (Option option in new Option[] { _where, _new, _hull, _known, _potential, _export, _tolerances, _library, _model, _output })
            command.Add(option);
    }

    /// <summary>What the options lead to; files that cannot be used are told before work starts.</summary>
    /// <exception cref="UserException">One cannot be used.</exception>
    public ScreeningSetup Open(ParseResult parsed, CommandContext context)
    {
        var folder = new CandidateFolder(parsed.GetRequiredValue(_output));
        folder.Require();
        RunConfiguration defaults = context.Systems.Configuration.Defaults;
        KnownModel model = KnownModel.Open(parsed.GetValue(_model));
        ReferenceLibrary library = ReferenceLibrary.Read(parsed.GetValue(_library));
        var structures = new KnownStructures(library);
        foreach (string path in parsed.GetValue(_known) ?? [])
            structures.Add(path, defaults);
        IReadOnlyList<IStructureJudge> judges = context.Systems.Judges(new JudgeOptions(defaults, parsed.GetValue(_potential)));
        HullTable? hull = parsed.GetValue(_hull) is { } table ? HullTable.Read(table) : null;
        hull?.Compare(PredictedOf(library, hull, new Screening(judges, structures, null)));
        if (hull?.Problem is { } problem)
            Terminal.Error.WriteLine($"no distance to the hull: {problem}");
        var screening = new Screening(judges, structures, hull);
        var columns = new CandidateTable(screening.Columns, model.Formulas);
        string[] texts = parsed.GetValue(_new) ? [.. parsed.GetValue(_where) ?? [], "known_as="] : parsed.GetValue(_where) ?? [];
        return new ScreeningSetup(
            folder, model, library, screening, columns, [.. texts.Select(text => Condition.Parse(text, columns.Columns))],
            [.. ProgramInput.All.Where(input => (parsed.GetValue(_export) ?? []).Contains(input.Name))],
            [.. parsed.GetRequiredValue(_tolerances).Order()], CommandOf(parsed));
    }

    /// <summary>Predicted formation energies of known crystals of a type, evenly taken from the library.</summary>
    public static IReadOnlyList<double> PoolOf(ScreeningSetup setup, CellClass? type)
    {
        ReferenceCrystal[] pool = [.. setup.Library.Crystals.Where(crystal => crystal.Cell is not null)
            .Where(crystal => type is null || crystal.Kind == type || type switch
        {
            CellClass.ABX3 => crystal.Kind == CellClass.Perovskite,
            CellClass.X2YZ => crystal.Kind is CellClass.L21 or CellClass.XA,
            _ => false,
        })];
        int count = Math.Min(PoolSize, pool.Length);
        CrystalStructure[] structures = [.. Enumerable.Range(0, count)
            .Select(i => pool[(int)((long)i * pool.Length / count)].Cell!.ToStructure())];
        return setup.Screening.EnergiesOf(structures);
    }

    // Known crystals whose formulas a table of energies has; those of other kinds are displaced from the places that the library knows.
    private static Dictionary<string, double> PredictedOf(ReferenceLibrary library, HullTable hull, Screening screening)
    {
        ReferenceCrystal[] shared = [.. library.Crystals.Where(crystal => crystal is {
            Kind: CellClass.AB or CellClass.ABX3 or CellClass.X2YZ, Cell: not null })
            .DistinctBy(crystal => crystal.Key).Where(crystal => hull.Has(crystal.Key)).Take(PoolSize)];
        IReadOnlyList<double> energies = screening.EnergiesOf([.. shared.Select(crystal => crystal.Cell!.ToStructure())]);
        return energies.Count == shared.Length ? shared.Zip(energies).ToDictionary(entry => entry.First.Key, entry => entry.Second) : [];
    }

    private static string CommandOf(ParseResult parsed)
        => "crystalhpc " + string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value)));

    // As a shell takes it.
    private static string Quoted(string word)
        => word.Any(letter => Special.Contains(letter, StringComparison.Ordinal)) ? $"'{word}'" : word;
}

/// <summary>What crystals are judged with.</summary>
/// <param name="Folder">Where candidates go.</param>
/// <param name="Model">The model and its training.</param>
/// <param name="Library">Known crystals.</param>
/// <param name="Screening">The judges.</param>
/// <param name="Table">The columns.</param>
/// <param name="Conditions">What must hold.</param>
/// <param name="Inputs">Inputs of programs that are wanted.</param>
/// <param name="Tolerances">Tolerances of symmetry, ascending, A.</param>
/// <param name="Command">The command line.</param>
internal sealed record ScreeningSetup(
    CandidateFolder Folder, KnownModel Model, ReferenceLibrary Library, Screening Screening, CandidateTable Table,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<ProgramInput> Inputs, IReadOnlyList<double> Tolerances, string Command)
{
    /// <summary>Writes everything, and says what there is.</summary>
    public void Write(IReadOnlyList<ScreenedCandidate> candidates, Funnel funnel, IReadOnlyList<double> pool)
    {
        Folder.Write(candidates, Table, Inputs);
        Folder.Write(funnel);
        new CandidatePage(Screening, Model).Write(Path.Combine(Folder.FullPath, CandidateFolder.Page), Command, candidates, funnel, pool);
        foreach (FunnelRow row in funnel.Rows)
            Terminal.Out.WriteLine(FormattableString.Invariant($"{row.Step,-8}{row.Draws,8:N0}  {row.Reason}"));
        int fresh = candidates.Count(candidate => candidate.KnownAs is null),
            symmetric = candidates.Count(candidate => candidate.Crystal.Group > 1);
        Terminal.Out.WriteLine(FormattableString.Invariant(
            $"{fresh} of {candidates.Count} are not known here, {symmetric} have a symmetry"));
        double[] energies = [.. candidates.Select(candidate => Screening.EnergyOf(candidate)?.Value).OfType<double>()];
        if (energies.Length > 0)
        {
            string compared = pool.Count > 0 ? FormattableString.Invariant(
                $"; of {pool.Count} known crystals of these kinds {Share(pool):F1} %") : "";
            Terminal.Out.WriteLine(FormattableString.Invariant(
                $"predicted formation energy below zero: {Share(energies):F1} % of candidates{compared}"));
        }
    }

    private static double Share(IReadOnlyList<double> energies) => 100.0 * energies.Count(energy => energy < 0) / energies.Count;
}
