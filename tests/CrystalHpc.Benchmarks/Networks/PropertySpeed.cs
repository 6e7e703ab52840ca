using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Structures;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Graphs of the structures of a table against pymatgen's neighbor list, and a forward and backward pass of the network on them against
/// torch, where z W is the sum of three products as well, neighbor by neighbor. One thread, single precision, processor time; edges are
/// neighbors, however many of them are one bond here.
/// </summary>
internal static class PropertySpeed
{
    private const int Structures = 512, Batch = 32;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        string path = Arguments.Find(args, "--corpus") ?? Path.Combine(
            Machine.RepositoryRoot(), "..", "shared", "datasets", "mp-elastic-binary", "elastic.csv.gz");
        if (!File.Exists(path))
        {
            Console.WriteLine($"{path} is missing: name a table of structures by --corpus");
            return [];
        }

        CsvTable table = CsvTable.Read(path);
        TableStructure reader = TableStructure.Of(table) ?? throw new ArgumentException($"{path} has no structures");
        CrystalStructure[] structures =
            [.. table.Rows.Select(row => reader.Read(row, PropertyFindings.Unreadable, out Finding? _)).OfType<CrystalStructure>()
                .Take(Structures)];
        CrystalGraph[] graphs = [.. structures.Select(structure => GraphBuilder.TryCreate(structure, out _)!)];
        string question = Path.Combine(Path.GetTempPath(), $"crystalhpc-property-{Environment.ProcessId}.json");
        File.WriteAllText(question, JsonSerializer.Serialize(structures.Select(Describe)));
        try
        {
            using PythonPeer? torch = PythonPeer.TryStart(args, "property_peer.py", question);
            if (torch is not null)
                Console.WriteLine(torch.Greeting);
            var making = new Contest($"graphs of {structures.Length} structures", structures.Length, "structures");
            making.Add("CrystalHpc", Timing.Processor(
                () => Array.ForEach(structures, structure => GraphBuilder.TryCreate(structure, out _))));
            if (torch is not null)
                making.AddPeer("pymatgen get_neighbor_list(8)", () => torch.Ask("graphs")[0], aim: 3);
            List<ContestResult> results = [.. making.Run(args, 5)];
            double edges = graphs.Sum(graph => graph.Bonds.Multiplicity.Sum());
            string amount = FormattableString.Invariant($"{edges} edges, {graphs.Sum(graph => graph.Bonds.Count)} bonds");
            var passes = new Contest($"forward and backward, 3 convolutions of width 64, batches of {Batch}; {amount}", edges, "edges");
            passes.Add("CrystalHpc", Timing.Processor(Passes(graphs)));
            if (torch is not null)
                passes.AddPeer("torch, three products", () => torch.Ask("passes")[0], aim: 1);
            results.AddRange(passes.Run(args, 5));
            return results;
        }
        finally
        {
            File.Delete(question);
        }
    }

    private static Action Passes(CrystalGraph[] graphs)
    {
        var network = new CrystalNetwork<float>(new NetworkShape(3, 64, 128, 1));
        var buffer = new ParameterBuffer<float>(network.Parameters);
        network.Initialize(1);
        int[][] batches = [.. Enumerable.Range(0, graphs.Length).Chunk(Batch)];
        var gradient = new Tensor<float>();
        return () =>
        {
            foreach (int[] batch in batches)
            {
                buffer.Gradient.Clear();
                Tensor<float> output = network.Forward(graphs, batch, ForwardPass.Training(1, 0, batch));
                gradient.Resize(output.Rows, output.Columns);
                gradient.Values.Fill(1);
                network.Backward(gradient);
            }
        };
    }

    private static object Describe(CrystalStructure structure)
    {
        Basis basis = Basis.Of(structure.Cell);
        int[] atoms = [.. Enumerable.Range(0, structure.AtomCount)];
        NeighborList list = NeighborSearch.Find(structure, atoms, GraphBuilder.CutoffAngstrom);
        var edges = new List<double[]>();
        foreach (int atom in atoms)
        {
            (int start, int end) = (list.Offsets[atom], list.Offsets[atom + 1]);
            double limit = list.Distances[Math.Min(start + GraphOptions.Default.Neighbors, end) - 1] + GraphBuilder.ShellAngstrom;
            for (int k = start; k < end && list.Distances[k] <= limit; k++)
                edges.Add([atom, list.Atoms[k], list.Distances[k]]);
        }

        return new
        {
            lattice = new[] { basis.A, basis.B, basis.C }.Select(vector => new[] { vector.X, vector.Y, vector.Z }),
            elements = atoms.Select(atom => (int)structure.SiteAt(atom).Element.AtomicNumber),
            positions = atoms.Select(
                atom => new[] { structure.Positions[atom].X, structure.Positions[atom].Y, structure.Positions[atom].Z }),
            edges,
        };
    }
}
