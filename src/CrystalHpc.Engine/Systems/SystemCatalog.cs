using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Engine.Systems;

/// <summary>The systems of the program, and what they and the engine bring together.</summary>
/// <param name="systems">The systems, in the order of their sections, tables and verbs.</param>
public sealed class SystemCatalog(IReadOnlyList<ISystem> systems)
{
    private static FindingPart[] EngineFindings =>
    [
        new("Reading the file", FileFindings.All),
        new("CIF syntax", CifFindings.All),
        new("Structure", CrystalFindings.All),
        new("Oxidation states", OxidationFindings.All),
        new("Validation: reasons for rejection", ValidationFindings.All),
        new("Coordination", CoordinationFindings.All),
        new("Formulas", FormulaFindings.All),
        new("Structure files", StructureFileFindings.All),
    ];

    /// <summary>The systems.</summary>
    public IReadOnlyList<ISystem> Systems { get; } = systems;

    /// <summary>
    /// All sections of the configuration; made when first asked for, since most of a start-up without a configuration would go into them.
    /// </summary>
    public ConfigurationCatalog Configuration => field ??= new([.. EngineSections.All, .. Systems.SelectMany(system => system.Sections)]);

    /// <summary>Every finding code, by the part that finds it, in the order of the data.</summary>
    public IReadOnlyList<FindingPart> Findings => [.. EngineFindings, .. Systems.SelectMany(system => system.Findings)];

    /// <summary>What a run does after its tables are merged.</summary>
    public IReadOnlyList<IStage> Stages { get; } = [.. systems.SelectMany(system => system.Stages)];

    /// <summary>All that judge crystals, those that may change one before the others.</summary>
    public IReadOnlyList<IStructureJudge> Judges(JudgeOptions options) =>
        [.. Systems.SelectMany(system => system.Judges(options)).OrderBy(judge => judge.MayChange ? 0 : 1)];

    /// <summary>What decides whether a run may be continued by a configuration.</summary>
    public RunIdentity IdentityOf(RunConfiguration configuration)
    {
        IReadOnlyList<IShardProduct> products = Products(configuration);
        return new RunIdentity(
            Configuration,
            configuration,
            [.. products.Select(product => product.Format)],
            [.. StructurePipeline.Sections.Concat(products.SelectMany(product => product.Sections)).DistinctBy(section => section.Name)]);
    }

    /// <summary>The tables of a shard that a configuration asks for; new ones for each rank.</summary>
    public IReadOnlyList<IShardProduct> Products(RunConfiguration configuration) =>
        [.. EngineProducts.Of(configuration), .. Systems.SelectMany(system => system.Products(configuration))];
}

/// <summary>A part of the program and the codes of what it finds.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Codes">Its codes.</param>
public sealed record FindingPart(string Name, IReadOnlyList<FindingCode> Codes);
