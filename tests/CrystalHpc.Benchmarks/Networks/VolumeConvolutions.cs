using System.Runtime.InteropServices;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// Convolutions of volumes of the shapes that the generator's networks have, against torch. One thread, processor time; the values are
/// compared, too.
/// </summary>
internal static class VolumeConvolutions
{
    private const int Batch = 10;

    private static readonly (int Inputs, int Outputs, int Size)[] Shapes =
        [(4, 8, 16), (8, 16, 16), (48, 16, 16), (16, 16, 16), (16, 32, 8), (96, 32, 8), (32, 64, 4), (64, 64, 4)];

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        List<ContestResult> results = [];
        string folder = Directory.CreateTempSubdirectory("convolutions-").FullName;
        using PythonPeer? torch = PythonPeer.TryStart(args, "convolution_peer.py", folder);
        foreach ((int inputs, int outputs, int size) in Shapes)
        {
            string title = $"{inputs} to {outputs} channels at {size}^3";
            if (!Arguments.Wants(args, $"{title}, forward") && !Arguments.Wants(args, $"{title}, backward"))
                continue;
            Volume<float> x = Draw(inputs, size, 1), g = Draw(outputs, size, 2);
            var layer = new VolumeConvolution<float>(inputs, outputs, VolumePadding.Periodic);
            _ = new ParameterBuffer<float>(layer.Parameters);
            layer.Initialize(new CounterRandom(3, 0));
            Write(folder, "x", x);
            Write(folder, "g", g);
            Write(folder, "w", layer.Parameters[0].Values);
            Write(folder, "y", layer.Forward(x, ForwardPass.Prediction));
            Write(folder, "gx", layer.Backward(g));
            Write(folder, "gw", layer.Parameters[0].Gradient);
            double operations = 54.0 * Batch * inputs * outputs * size * size * size;
            int repeats = Math.Max(1, (int)(3e9 / operations));
            string shape = FormattableString.Invariant($"{Batch} {inputs} {outputs} {size}");
            foreach ((string kind, double share, Action pass) in ((string, double, Action)[])
                [("forward", 1, () => layer.Forward(x, ForwardPass.Prediction)), ("backward", 2, () => layer.Backward(g))])
            {
                var contest = new Contest($"{title}, {kind}", share * operations / 1e9, "GFlop");
                contest.Add("CrystalHpc", Timing.Processor(pass, repeats));
                double worst = 0;
                if (torch is not null)
                {
                    contest.AddPeer("torch", () =>
                    {
                        double[] answer = torch.Ask($"{kind} {shape}");
                        worst = answer[1];
                        return answer[0];
                    });
                }

                results.AddRange(contest.Measure(args, 9));
                if (worst > 1e-5)
                    throw new InvalidOperationException($"the convolutions differ by {worst}");
            }
        }

        Directory.Delete(folder, recursive: true);
        ContestResult.PrintTable("convolutions", results);
        return results;
    }

    private static Volume<float> Draw(int channels, int size, ulong item)
    {
        var random = new CounterRandom(1, item);
        var volume = new Volume<float>(Batch, channels, size);
        float[] values = new float[volume.Voxels];
        for (int i = 0; i < Batch * channels; i++)
        {
            foreach (ref float value in values.AsSpan())
                value = (float)random.NextNormal();
            volume.SetChannel(i / channels, i % channels, values);
        }

        return volume;
    }

    private static void Write(string folder, string name, Volume<float> volume)
    {
        float[] values = new float[volume.Samples * volume.Channels * volume.Voxels];
        for (int i = 0; i < volume.Samples * volume.Channels; i++)
            volume.GetChannel(i / volume.Channels, i % volume.Channels, values.AsSpan(i * volume.Voxels, volume.Voxels));
        Write(folder, name, values);
    }

    private static void Write(string folder, string name, ReadOnlySpan<float> values) =>
        File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values).ToArray());
}
