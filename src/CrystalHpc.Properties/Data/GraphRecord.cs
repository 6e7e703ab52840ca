using CrystalHpc.Core.Findings;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>A structure of a corpus as a shard keeps it: its graph, or why it has none.</summary>
/// <param name="Id">What the corpus calls it.</param>
/// <param name="Graph">The graph; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record GraphRecord(string Id, CrystalGraph? Graph, Finding? Problem)
{
    private const byte Refused = 0, Plain = 1, WithAngles = 2;

    /// <summary>Writes the record: whole numbers in seven bits a byte, distances in full.</summary>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Id);
        writer.Write(Graph is null ? Refused : Graph.Angles is null ? Plain : WithAngles);
        if (Graph is null)
        {
            writer.Write(Problem!.Value.Code.Name);
            writer.Write(Problem.Value.Message);
            return;
        }

        writer.Write7BitEncodedInt(Graph.Atoms);
        writer.Write(Graph.Elements);
        writer.Write7BitEncodedInt(Graph.Shared.Count);
        foreach (SharedPlace place in Graph.Shared)
        {
            writer.Write7BitEncodedInt(place.Atom);
            writer.Write7BitEncodedInt(place.Occupants.Count);
            foreach (Occupant occupant in place.Occupants)
            {
                writer.Write(occupant.Element);
                writer.Write(occupant.Share);
            }
        }

        Write(writer, Graph.Bonds);
        if (Graph.Angles is { } angles)
            Write(writer, angles);
    }

    /// <summary>The records of a stream that knows its length, one at a time.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged or cut short.</exception>
    public static IEnumerable<GraphRecord> ReadAll(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        while (TryRead(reader) is { } record)
            yield return record;
    }

    private static GraphRecord? TryRead(BinaryReader reader)
    {
        try
        {
            return reader.BaseStream.Position == reader.BaseStream.Length ? null : Read(reader);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("the graphs of a shard are damaged", fault);
        }
    }

    private static GraphRecord Read(BinaryReader reader)
    {
        string id = reader.ReadString();
        byte kind = reader.ReadByte();
        if (kind == Refused)
        {
            string code = reader.ReadString(), message = reader.ReadString();
            FindingCode known = PropertyFindings.All.FirstOrDefault(finding => finding.Name == code, PropertyFindings.Unreadable);
            return new GraphRecord(id, null, new Finding(known, message));
        }

        byte[] elements = reader.ReadBytes(reader.Read7BitEncodedInt());
        var shared = new SharedPlace[reader.Read7BitEncodedInt()];
        for (int i = 0; i < shared.Length; i++)
        {
            int atom = reader.Read7BitEncodedInt();
            var occupants = new Occupant[reader.Read7BitEncodedInt()];
            for (int k = 0; k < occupants.Length; k++)
                occupants[k] = new Occupant(reader.ReadByte(), reader.ReadDouble());
            shared[i] = new SharedPlace(atom, occupants);
        }

        GraphLinks bonds = ReadLinks(reader);
        var graph = new CrystalGraph(elements, bonds) { Shared = shared, Angles = kind == WithAngles ? ReadLinks(reader) : null };
        return new GraphRecord(id, graph, null);
    }

    private static void Write(BinaryWriter writer, GraphLinks links)
    {
        writer.Write7BitEncodedInt(links.Nodes);
        for (int node = 0; node < links.Nodes; node++)
            writer.Write7BitEncodedInt(links.First[node + 1] - links.First[node]);
        foreach (int[] column in (int[][])[links.Neighbor, links.Shell, links.Multiplicity])
        {
            foreach (int value in column)
                writer.Write7BitEncodedInt(value);
        }

        writer.Write7BitEncodedInt(links.Values.Length);
        foreach (double value in links.Values)
            writer.Write(value);
    }

    private static GraphLinks ReadLinks(BinaryReader reader)
    {
        var first = new int[reader.Read7BitEncodedInt() + 1];
        for (int node = 1; node < first.Length; node++)
            first[node] = first[node - 1] + reader.Read7BitEncodedInt();
        int[][] columns = [new int[first[^1]], new int[first[^1]], new int[first[^1]]];
        foreach (int[] column in columns)
        {
            for (int i = 0; i < column.Length; i++)
                column[i] = reader.Read7BitEncodedInt();
        }

        var values = new double[reader.Read7BitEncodedInt()];
        for (int i = 0; i < values.Length; i++)
            values[i] = reader.ReadDouble();
        return new GraphLinks(first, columns[0], columns[1], columns[2], values);
    }
}
