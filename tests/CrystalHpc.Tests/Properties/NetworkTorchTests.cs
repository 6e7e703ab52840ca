using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Training;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Properties;

/// <summary>
/// The network as its paper writes it, with z = v_i, v_j, u_ij end to end for every neighbor, agrees in torch, where that is installed:
/// loss and gradients of every parameter, in double precision: in single the sums over neighbors lose more digits than a wrong formula
/// might.
/// </summary>
public sealed class NetworkTorchTests
{
    // Relative to the largest value of a tensor.
    private const double Tolerance = 1e-9;

    [Test]
    public void Loss_and_gradients_of_a_training_pass_agree_with_the_plain_network()
    {
        int[] numbers = [0, 1, 2, 3, 4];
        PropertyTask<double> task = SmallCrystals.Task<double>();
        var buffer = new ParameterBuffer<double>(task.Parameters);
        SmallCrystals.Draw(task.Parameters, task.Initialize);
        buffer.Gradient.Clear();
        double loss = task.AddGradient(numbers, ForwardPass.Training(1, 0, numbers));
        using var folder = new TemporaryFolder();
        folder.Write("question.json", JsonSerializer.Serialize(new
        {
            parameters = task.Parameters.ToDictionary(
                parameter => parameter.Name, parameter => Rows(parameter.Values.ToArray(), parameter.Columns)),
            elements = Enumerable.Range(0, Composition.KnownElements).Select(element => ElementTable.Of(element).ToArray()),
            targets = new double?[][] { [0.3, null], [-0.5, 0.4], [1.1, -1.3], [0.05, null], [0.9, 0.1] },
            crystals = SmallCrystals.All.Select(PlainNeighbors),
        }));
        ChildResult result = Python.Run("torch", Script, folder["question.json"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Answer torch = JsonSerializer.Deserialize<Answer>(result.Output)!;
        Assert.That(loss, Is.EqualTo(torch.Loss).Within(Tolerance * Math.Abs(torch.Loss)));
        foreach (Parameter<double> parameter in task.Parameters.Where(parameter => parameter.Kind != ParameterKind.Statistic))
        {
            double[] own = parameter.Gradient.ToArray(), other = torch.Gradients[parameter.Name];
            Assert.That(own, Is.EqualTo(other).Within(Tolerance * Math.Max(1e-3, other.Max(Math.Abs))), parameter.Name);
        }
    }

    // Neighbor by neighbor, without any gathering.
    private static object PlainNeighbors(CrystalStructure crystal)
    {
        CrystalGraph graph = SmallCrystals.GraphOf(crystal);
        NeighborList list = NeighborSearch.Find(crystal, [.. Enumerable.Range(0, crystal.AtomCount)], GraphBuilder.CutoffAngstrom);
        var edges = new List<double[]>();
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            double limit = list.Distances[list.Offsets[atom] + GraphOptions.Default.Neighbors - 1] + GraphBuilder.ShellAngstrom;
            for (int k = list.Offsets[atom]; k < list.Offsets[atom + 1] && list.Distances[k] <= limit; k++)
                edges.Add([atom, list.Atoms[k], list.Distances[k]]);
        }

        return new { elements = graph.Elements.Select(element => (int)element), edges };
    }

    private static double[][] Rows(double[] values, int columns) => [.. values.Chunk(columns)];

    private sealed record Answer(double Loss, Dictionary<string, double[]> Gradients);

    private const string Script =
        """
        import json, sys, torch
        torch.set_default_dtype(torch.float64)
        F = torch.nn.functional
        q = json.load(open(sys.argv[1]))
        p = {name: torch.tensor(v, requires_grad="running" not in name) for name, v in q["parameters"].items()}
        x = torch.tensor(q["elements"])
        x = ((x - x.mean(0)) / x.std(0, unbiased=False))
        elements, source, target, distance, crystal = [], [], [], [], []
        for number, c in enumerate(q["crystals"]):
            for i, j, d in c["edges"]:
                source.append(len(elements) + int(i)); target.append(len(elements) + int(j)); distance.append(d)
            elements += c["elements"]; crystal += [number] * len(c["elements"])
        source, target, crystal = torch.tensor(source), torch.tensor(target), torch.tensor(crystal)
        u = torch.exp(-((torch.tensor(distance)[:, None] - torch.arange(41) * 0.2) / 0.2) ** 2)
        v = (x @ p["elements.weight"] + p["elements.own"])[torch.tensor(elements)]
        n = v.shape[1]
        for layer in range(2):
            name = f"convolution.{layer}."
            w = torch.cat([p[name + "center.weight"], p[name + "neighbor.weight"], p[name + "edge.weight"]])
            z = torch.cat([v[source], v[target], u], dim=1) @ w + p[name + "center.bias"]
            message = torch.sigmoid(z[:, :n]) * F.softplus(z[:, n:])
            total = torch.zeros_like(v).index_add(0, source, message)
            total = F.batch_norm(total, torch.zeros(n), torch.ones(n), p[name + "scale"][0], p[name + "shift"][0], training=True)
            v = F.softplus(v + total)
        count = torch.bincount(crystal).double()[:, None]
        pooled = torch.zeros(len(q["crystals"]), n).index_add(0, crystal, v) / count
        out = F.softplus(pooled @ p["hidden.weight"] + p["hidden.bias"]) @ p["output.weight"] + p["output.bias"]
        y = torch.tensor([[float("nan") if t is None else t for t in row] for row in q["targets"]])
        known = ~torch.isnan(y)
        loss = F.huber_loss(out[known], y[known], reduction="sum", delta=0.1) / 0.1
        loss.backward()
        print(json.dumps({"Loss": loss.item(), "Gradients": {k: t.grad.flatten().tolist() for k, t in p.items() if t.grad is not None}}))
        """;
}
