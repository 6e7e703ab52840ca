using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>One site with its valence sums by all tables, as it travels to rank 0.</summary>
internal sealed record EvaluatedRow(
    string StructureId,
    int SiteIndex,
    string SiteLabel,
    Species Center,
    IReadOnlyList<Species> Neighbors,
    int Coordination,
    int Multiplicity,
    bool IsComplete,
    string GroupId,
    bool IsDoubtful,
    double[] Sums)
{
    /// <summary>The pairs of ions that its bonds join.</summary>
    public IEnumerable<BondKey> Keys => Neighbors.Select(neighbor => Center.Charge > 0 ? new BondKey(Center, neighbor) : new BondKey(neighbor, Center));

    /// <summary>Evaluates an equation with one table after the other.</summary>
    public static EvaluatedRow Of(SiteEquation equation, IReadOnlyList<ParameterTable> tables, bool roundEachBond)
    {
        BondSum[] sums = [.. tables.Select(table => BondSum.Of(equation, table, roundEachBond))];
        return new EvaluatedRow(
            equation.StructureId,
            equation.SiteIndex,
            equation.SiteLabel,
            equation.Center,
            [.. equation.Bonds.Select(bond => bond.Neighbor).Distinct().Order()],
            equation.Bonds.Count,
            equation.Multiplicity,
            equation.IsComplete,
            equation.GroupId,
            sums.Any(sum => sum.IsDoubtful),
            [.. sums.Select(sum => sum.Valence)]);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(StructureId);
        writer.Write(SiteIndex);
        writer.Write(SiteLabel);
        WriteSpecies(writer, Center);
        writer.Write(Neighbors.Count);
        foreach (Species neighbor in Neighbors)
            WriteSpecies(writer, neighbor);
        writer.Write(Coordination);
        writer.Write(Multiplicity);
        writer.Write(IsComplete);
        writer.Write(GroupId);
        writer.Write(IsDoubtful);
        foreach (double sum in Sums)
            writer.Write(sum);
    }

    public static EvaluatedRow Read(BinaryReader reader, int tables) => new(
        reader.ReadString(),
        reader.ReadInt32(),
        reader.ReadString(),
        ReadSpecies(reader),
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadSpecies(reader))],
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadBoolean(),
        reader.ReadString(),
        reader.ReadBoolean(),
        [.. Enumerable.Range(0, tables).Select(_ => reader.ReadDouble())]);

    private static void WriteSpecies(BinaryWriter writer, Species species)
    {
        writer.Write(species.Element.AtomicNumber);
        writer.Write(species.Charge);
    }

    private static Species ReadSpecies(BinaryReader reader) => new(new Element(reader.ReadByte()), reader.ReadSByte());
}
