using System.Globalization;
using System.Text.Json;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning;

/// <summary>Layers, losses and optimizers agree with torch in single precision, where it is installed.</summary>
public sealed class TorchTests
{
    private const int Rows = 6, Inputs = 5, Width = 7, Outputs = 3;

    // Relative to the largest value of a tensor: a few hundred units in the last place.
    private const double Tolerance = 1e-5;

    private static readonly string[] Losses = ["cross_entropy", "mean_squared", "mean_absolute", "huber"];

    [Test]
    public void Outputs_losses_and_gradients_of_every_activation_and_loss_agree()
    {
        Case[] cases = [.. Enum.GetValues<ActivationKind>().SelectMany(activation => Losses.Select(loss => Compute(activation, loss)))];
        foreach ((Case own, Answer torch) in cases.Zip(Ask<Answer>(Script, JsonSerializer.Serialize(cases))))
        {
            string name = $"{own.Activation}, {own.Loss}";
            RequireClose(own.Own.Output, torch.Output, $"{name}: output");
            RequireClose([own.Own.Loss], [torch.Loss], $"{name}: loss");
            RequireClose(own.Own.InputGradient, torch.InputGradient, $"{name}: gradient of the input");
            Assert.That(torch.Gradients, Has.Length.EqualTo(own.Own.Gradients.Length));
            for (int i = 0; i < torch.Gradients.Length; i++)
                RequireClose(own.Own.Gradients[i], torch.Gradients[i], $"{name}: gradient or statistic {i}");
        }
    }

    [Test]
    public void Steps_of_the_optimizers_agree([Values] OptimizerKind kind)
    {
        const int Steps = 20;
        double[] start = Draw(8, 1), slopes = Draw(8 * Steps, 2);
        float[] values = [.. start.Select(value => (float)value)];
        var parameter = new Parameter<float>("w", 1, 8, ParameterKind.Weight);
        IOptimizer<float> optimizer = OptimizerOf.Parameters(kind, [parameter], decay: 0.1, momentum: 0.9);
        for (int step = 0; step < Steps; step++)
            optimizer.Step(values, [.. slopes.AsSpan(8 * step, 8).ToArray().Select(value => (float)value)], step + 1, 0.01);
        double[] torch = Ask<double>(
            OptimizerScript, JsonSerializer.Serialize(new { kind = kind.ToString(), start, slopes = slopes.Chunk(8) }));
        RequireClose([.. values.Select(value => (double)value)], torch, kind.ToString());
    }

    private static Case Compute(ActivationKind activation, string loss)
    {
        var network = new Sequence<float>(
        [
            new Dense<float>(Inputs, Width, name: "0."), new Activation<float>(activation), new BatchNormalization<float>(Width, "0."),
            new Residual<float>(new Dense<float>(Width, Width, name: "1.")), new Dense<float>(Width, Outputs, name: "2."),
        ]);
        var buffer = new ParameterBuffer<float>(network.Parameters);
        double[][] parameters = [.. network.Parameters.Select((parameter, i) => Draw(parameter.Length, (ulong)(10 + i)))];
        foreach ((Parameter<float> parameter, double[] values) in network.Parameters.Zip(parameters))
            Fill(parameter.Values, values);
        double[] x = Draw(Rows * Inputs, 30), targets = loss == "cross_entropy" ? Distributions() : Draw(Rows * Outputs, 31),
            weights = [1, 2, 0.5, 1, 3, 0.25];
        Tensor<float> input = new(Rows, Inputs), target = new(Rows, Outputs), gradient = new();
        Fill(input.Values, x);
        Fill(target.Values, targets);
        float[] rowWeights = [.. weights.Select(weight => (float)weight)];
        buffer.Gradient.Clear();
        Tensor<float> output = network.Forward(input, ForwardPass.Training(1, 0, Enumerable.Range(0, Rows).ToArray()));
        double[] predicted = Numbers(output.Values);
        double value = loss switch
        {
            "cross_entropy" => SoftmaxCrossEntropy.Evaluate<float>(output, target, rowWeights, gradient),
            "mean_squared" => new RegressionLoss(RegressionLossKind.MeanSquared).Evaluate<float>(output, target, rowWeights, gradient),
            "mean_absolute" => new RegressionLoss(RegressionLossKind.MeanAbsolute).Evaluate<float>(output, target, rowWeights, gradient),
            _ => new RegressionLoss(RegressionLossKind.Huber, 0.7).Evaluate<float>(output, target, rowWeights, gradient),
        };
        double[] ofInput = Numbers(network.Backward(gradient).Values);
        double[][] gradients = [.. network.Parameters.Select(parameter => Numbers(parameter.Gradient))];
        return new Case(activation.ToString(), loss, parameters, x, targets, weights, new Answer(predicted, value, ofInput, gradients));
    }

    private static double[] Distributions()
    {
        double[] values = Draw(Rows * Outputs, 32);
        for (int row = 0; row < Rows; row++)
            SoftmaxCrossEntropy.Softmax(values.AsSpan(row * Outputs, Outputs));
        return values;
    }

    // Numbers that single precision holds, so that both sides start from the same.
    private static double[] Draw(int count, ulong item)
    {
        var random = new CounterRandom(41, item);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)random.NextNormal())];
    }

    private static void Fill(Span<float> target, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
            target[i] = (float)values[i];
    }

    private static double[] Numbers(ReadOnlySpan<float> values)
    {
        var numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = values[i];
        return numbers;
    }

    private static void RequireClose(double[] own, double[] torch, string what) =>
        Assert.That(own, Is.EqualTo(torch).Within(Tolerance * Math.Max(1e-3, torch.Max(Math.Abs))), what);

    private static T[] Ask<T>(string script, string question)
    {
        using var folder = new TemporaryFolder();
        folder.Write("question.json", question);
        Parallel.ChildResult result = Parallel.Python.Run("torch", script, folder["question.json"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return JsonSerializer.Deserialize<T[]>(result.Output)!;
    }

    private sealed record Answer(double[] Output, double Loss, double[] InputGradient, double[][] Gradients);

    private sealed record Case(string Activation, string Loss, double[][] Parameters, double[] Input, double[] Targets, double[] Weights,
        Answer Own);

    private static readonly string Script = string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        import json, sys, torch
        F = torch.nn.functional
        act = {"Sigmoid": torch.sigmoid, "Tanh": torch.tanh, "Relu": torch.relu, "LeakyRelu": lambda x: F.leaky_relu(x, 0.01), "Softplus": F.softplus}
        answers = []
        for case in json.load(open(sys.argv[1])):
            w0, b0, scale, shift, mean, variance, w1, b1, w2, b2 = (torch.tensor(p) for p in case["Parameters"])
            w0, w1, w2 = w0.reshape({{Inputs}}, {{Width}}), w1.reshape({{Width}}, {{Width}}), w2.reshape({{Width}}, {{Outputs}})
            x = torch.tensor(case["Input"]).reshape({{Rows}}, {{Inputs}})
            leaves = [w0, b0, scale, shift, w1, b1, w2, b2]
            for leaf in leaves + [x]:
                leaf.requires_grad_()
            mean, variance = torch.zeros({{Width}}), torch.zeros({{Width}})
            z = act[case["Activation"]](x @ w0 + b0)
            z = F.batch_norm(z, mean, variance, scale, shift, training=True, momentum=1.0)
            z = z + z @ w1 + b1
            out = z @ w2 + b2
            t = torch.tensor(case["Targets"]).reshape({{Rows}}, {{Outputs}})
            kind = case["Loss"]
            if kind == "cross_entropy":
                each = F.cross_entropy(out, t, reduction="none")
            elif kind == "mean_squared":
                each = F.mse_loss(out, t, reduction="none").sum(1)
            elif kind == "mean_absolute":
                each = F.l1_loss(out, t, reduction="none").sum(1)
            else:
                each = F.huber_loss(out, t, reduction="none", delta=0.7).sum(1)
            loss = (each * torch.tensor(case["Weights"])).sum()
            loss.backward()
            g = [leaf.grad.flatten().tolist() for leaf in leaves]
            answers.append({"Output": out.flatten().tolist(), "Loss": loss.item(), "InputGradient": x.grad.flatten().tolist(),
                            "Gradients": g[:4] + [mean.tolist(), variance.tolist()] + g[4:]})
        print(json.dumps(answers))
        """);

    private const string OptimizerScript =
        """
        import json, sys, torch
        q = json.load(open(sys.argv[1]))
        w = torch.tensor(q["start"], requires_grad=True)
        o = torch.optim.AdamW([w], 0.01, weight_decay=0.1) if q["kind"] == "Adamw" else torch.optim.SGD([w], 0.01, momentum=0.9, weight_decay=0.1)
        for slope in q["slopes"]:
            w.grad = torch.tensor(slope)
            o.step()
        print(json.dumps(w.tolist()))
        """;
}
