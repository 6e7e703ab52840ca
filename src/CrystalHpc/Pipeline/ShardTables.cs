using CrystalHpc.Configuration;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>The tables of one shard while they are being written.</summary>
internal sealed class ShardTables : IDisposable
{
    private readonly TableWriter<StructureRow> _structures;
    private readonly TableWriter<FindingRow> _findings;
    private readonly TableWriter<NeighborRow>? _neighbors;
    private readonly TableWriter<BondRow>? _equations;
    private readonly PairDistanceStatistics _pairs;
    private readonly string _folder;

    /// <summary>Starts the tables in the folder of a shard.</summary>
    public ShardTables(string folder, RunConfiguration configuration)
    {
        _folder = folder;
        _structures = new TableWriter<StructureRow>(Path.Combine(folder, "structures.csv"));
        _findings = new TableWriter<FindingRow>(Path.Combine(folder, "findings.csv"));
        _neighbors = configuration.Neighbors.WriteTable ? new TableWriter<NeighborRow>(Path.Combine(folder, "neighbors.csv")) : null;
        _equations = configuration.Equations is not null ? new TableWriter<BondRow>(Path.Combine(folder, "equations.csv")) : null;
        _pairs = new PairDistanceStatistics(configuration.PairDistances);
    }

    /// <summary>Adds the rows of one structure.</summary>
    public void Append(ManifestRow file, StructureOutcome outcome)
    {
        _structures.Append(StructureRowOf(file, outcome));
        foreach (Finding finding in outcome.Findings)
        {
            _findings.Append(new FindingRow(
                outcome.StructureId, file.Path, finding.Line, finding.Column, SnakeCase.Of(finding.Code.Severity), finding.Code.Name, finding.Message));
        }

        if (_neighbors is not null && outcome.Structure is { } structure)
        {
            foreach (CoordinationShell shell in outcome.Shells)
                AppendNeighbors(outcome.StructureId, structure, shell);
        }

        foreach (SiteEquation equation in outcome.Equations.Concat(outcome.AnionEquations))
        {
            foreach (BondRow row in EquationFile.Rows(equation))
                _equations?.Append(row);
        }

        PairTables.Count(_pairs, outcome, bySpecies: _equations is not null);
    }

    /// <summary>All rows are there: the tables get their names.</summary>
    public void Commit()
    {
        _structures.Commit();
        _findings.Commit();
        _neighbors?.Commit();
        _equations?.Commit();
        PairTables.Write(_folder, _pairs, bySpecies: _equations is not null);
    }

    public void Dispose()
    {
        _structures.Dispose();
        _findings.Dispose();
        _neighbors?.Dispose();
        _equations?.Dispose();
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

    private void AppendNeighbors(string structureId, CrystalStructure structure, CoordinationShell shell)
    {
        AtomSite center = structure.SiteAt(shell.Center);
        Fractional position = structure.Positions[shell.Center];
        var alone = new NeighborRow(
            structureId, shell.Center, center.Label, center.Element.Symbol, center.Charge, position.X, position.Y, position.Z,
            null, "", "", null, null, null, null, null, null);
        if (shell.Bonds.Count == 0)
            _neighbors!.Append(alone);
        foreach (CoordinationBond bond in shell.Bonds)
        {
            AtomSite neighbor = structure.SiteAt(bond.Atom);
            _neighbors!.Append(alone with
            {
                NeighborIndex = bond.Atom,
                NeighborLabel = neighbor.Label,
                NeighborElement = neighbor.Element.Symbol,
                NeighborOxidation = neighbor.Charge,
                ImageA = bond.Image.A,
                ImageB = bond.Image.B,
                ImageC = bond.Image.C,
                DistanceA = bond.DistanceAngstrom,
                Weight = bond.Weight,
            });
        }
    }
}
