using CrystalHpc.Configuration;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;
using CsvHelper;

namespace CrystalHpc.Pipeline;

/// <summary>The tables of one shard while they are being written.</summary>
internal sealed class ShardTables : IDisposable
{
    private readonly ShardFolder _folder;
    private readonly CsvWriter _structures;
    private readonly CsvWriter _findings;
    private readonly CsvWriter? _neighbors;
    private readonly CsvWriter? _equations;
    private readonly PairDistanceStatistics _pairs;

    /// <summary>Starts the tables in the folder of a shard.</summary>
    public ShardTables(ShardFolder folder, RunConfiguration configuration)
    {
        _folder = folder;
        _structures = Start<StructureRow>("structures.csv");
        _findings = Start<FindingRow>("findings.csv");
        _neighbors = configuration.Neighbors.WriteTable ? Start<NeighborRow>("neighbors.csv") : null;
        _equations = configuration.Equations is not null ? Start<BondRow>("equations.csv") : null;
        _pairs = new PairDistanceStatistics(configuration.PairDistances);
    }

    /// <summary>Adds the rows of one structure.</summary>
    public void Append(ManifestRow file, StructureOutcome outcome)
    {
        _structures.WriteRecord(StructureRowOf(file, outcome));
        foreach (Finding finding in outcome.Findings)
        {
            _findings.WriteRecord(new FindingRow(
                outcome.StructureId, file.Path, finding.Line, finding.Column, SnakeCase.Of(finding.Code.Severity), finding.Code.Name, finding.Message));
        }

        if (_neighbors is not null)
        {
            foreach (NeighborRow row in NeighborTable.Rows(outcome))
                _neighbors.WriteRecord(row);
        }

        foreach (SiteEquation equation in outcome.Equations.Concat(outcome.AnionEquations))
        {
            foreach (BondRow row in EquationFile.Rows(equation))
                _equations?.WriteRecord(row);
        }

        PairTables.Count(_pairs, outcome, bySpecies: _equations is not null);
    }

    /// <summary>All rows are there: closes the tables.</summary>
    public void Complete()
    {
        Dispose();
        PairTables.Write(_folder.Write, _pairs, bySpecies: _equations is not null);
    }

    public void Dispose()
    {
        _structures.Dispose();
        _findings.Dispose();
        _neighbors?.Dispose();
        _equations?.Dispose();
    }

    private CsvWriter Start<TRow>(string table)
    {
        CsvWriter writer = CsvWriter.Create(_folder.Create(table), Csv.Format);
        writer.WriteHeader<TRow>();
        return writer;
    }

    private static StructureRow StructureRowOf(ManifestRow file, StructureOutcome outcome)
    {
        CrystalStructure? structure = outcome.Structure;
        StructureMetadata? metadata = structure?.Metadata;
        return new StructureRow(
            outcome.StructureId,
            file.Path,
            metadata?.CodId ?? "",
            structure is null ? "" : ChemicalFormula.OfCell(structure).ToString(),
            metadata?.SpaceGroup ?? "",
            structure?.Cell.Volume,
            structure?.Sites.Count,
            structure?.AtomCount,
            SnakeCase.Of(outcome.OxidationSource),
            outcome.OxidationSource == OxidationSource.None ? null : outcome.OxidationConfidence,
            metadata?.TemperatureKelvin,
            metadata?.PressureKilopascal,
            outcome.GroupId,
            outcome.IsAccepted ? StructureOutcome.Accepted : StructureOutcome.Rejected,
            string.Join(';', outcome.Reasons));
    }
}
