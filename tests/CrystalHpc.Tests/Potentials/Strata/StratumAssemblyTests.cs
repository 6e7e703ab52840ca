using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Training.Strata;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Strata;

/// <summary>
/// Potentials of several elements from those of fewer: how many weights are left to train, and that nothing that was learned changes.
/// </summary>
public sealed class StratumAssemblyTests
{
    private static readonly PotentialOptions Maise = PotentialOptions.Default with { Functions = "maise", Hidden = [10, 10] };

    [TestCase("Cu", 431, 431), TestCase("Cu Ag", 1040, 1902), TestCase("Cu Pd", 1040, 1902), TestCase("Cu Pd Ag", 660, 5073)]
    public void A_stratum_frees_the_first_layer_weights_of_functions_about_all_its_elements(string symbols, int free, int all)
    {
        var job = new StratumJob(ElementGroup.Of(symbols.Split(' ').Select(Element.Of)), Maise, [], []);
        Assert.That((job.FreeCount, job.WeightCount), Is.EqualTo((free, all)));
        Assert.That(job.FreePlaces(), Has.Length.EqualTo(free).And.Unique.And.Ordered);
    }

    [Test]
    public void Energies_of_fewer_elements_keep_every_bit([Values("maise", "artrith_urban")] string functions)
    {
        const double Scale = 0.25;
        Dictionary<ElementGroup, PotentialModel> parts = Parts(functions);
        string[][] groups = [["Cu"], ["Pd"], ["Ag"], ["Cu", "Pd"], ["Ag", "Cu"], ["Pd", "Ag"], ["Cu", "Ag", "Pd"]];
        var whole = new PotentialEvaluator(StratumAssembly.Assemble(SetOf(functions, "Cu", "Pd", "Ag"), parts, Scale));
        foreach (string[] symbols in groups)
        {
            var alone = new PotentialEvaluator(parts[ElementGroup.Of(symbols.Select(Element.Of))]);
            for (ulong seed = 0; seed < 5; seed++)
            {
                AtomFrame frame = MadeFrames.Rattle(MadeFrames.FaceCentered(3.9, symbols), 0.2, seed);
                AtomFrame cluster = frame with { Cell = null, Periodicity = default };
                Assert.That(EnergyOf(whole, frame), Is.EqualTo(EnergyOf(alone, frame)), string.Join('-', symbols));
                Assert.That(EnergyOf(whole, cluster), Is.EqualTo(EnergyOf(alone, cluster)), string.Join('-', symbols));
            }
        }
    }

    // Each atom has the energy that it had if all others were of its own kind, and is warned about.
    [Test]
    public void A_pair_without_a_potential_is_two_elements_that_do_not_tell_each_other_apart()
    {
        Dictionary<ElementGroup, PotentialModel> parts = Parts("maise").Where(part => part.Key.Elements.Count == 1).ToDictionary();
        PotentialModel pair = StratumAssembly.Assemble(SetOf("maise", "Cu", "Ag"), Only(parts, "Cu", "Ag"), 1);
        Assert.That(pair.Scaling[0].Highest[..30], Is.All.GreaterThan(0));
        Assert.That(pair.Scaling[0].Highest[30..], Is.All.Zero);
        Assert.That(SumOverCopper(pair), Is.EqualTo(ExpectedSum(parts)).Within(1e-9));
    }

    // Each atom has the energy that it had if all others were of its own kind.
    [Test]
    public void New_neighbors_begin_as_known_ones()
    {
        Dictionary<ElementGroup, PotentialModel> parts = Parts("maise");
        PotentialModel start = StratumAssembly.Assemble(SetOf("maise", "Cu", "Ag"), Only(parts, "Cu", "Ag").Where(
            part => part.Key.Elements.Count == 1).ToDictionary(), 2);
        var job = new StratumJob(ElementGroup.Of(start.Elements), Maise with { CutoffAngstrom = 5 }, [], []);
        InputScaling[] scaling = [.. start.Scaling.Select((own, center) => own with
        {
            Factor = [.. own.Factor.Select((factor, f) => job.FreeColumns[center].Contains(f) ? 0.3 : factor)],
        })];
        var alloy = new PotentialModel(start.Set, start.Hidden, scaling, start.ReferenceElectronVolt, 2, 1);
        StartingColumns.Of(start, scaling, job.FreeColumns).CopyTo(alloy.Members[0].Values);
        Assert.That(SumOverCopper(alloy), Is.EqualTo(ExpectedSum(parts)).Within(1e-9));
    }

    [Test]
    public void A_pair_that_does_not_keep_the_weights_of_its_elements_is_refused()
    {
        Dictionary<ElementGroup, PotentialModel> parts = Only(Parts("maise"), "Cu", "Ag");
        PotentialModel pair = parts[ElementGroup.Of([Element.Of("Cu"), Element.Of("Ag")])];
        pair.Members[0].Values[^1] += 1e-9;
        Assert.That(() => StratumAssembly.Assemble(pair.Set, parts, 1),
            Throws.TypeOf<UserException>().With.Message.Contains("Cu-Ag does not keep the weights of that of Ag"));
    }

    // The energies of four alloys, one atom of copper at each place among silver: each atom of silver is at its place in three of them.
    private static double SumOverCopper(PotentialModel alloy)
        => Enumerable.Range(0, 4).Sum(atom => EnergyOf(new PotentialEvaluator(alloy), Cell(i => i == atom ? "Cu" : "Ag")));

    private static double ExpectedSum(Dictionary<ElementGroup, PotentialModel> parts) =>
        EnergyOf(new PotentialEvaluator(parts[ElementGroup.Of([Element.Of("Cu")])]), Cell(_ => "Cu"))
        + 3 * EnergyOf(new PotentialEvaluator(parts[ElementGroup.Of([Element.Of("Ag")])]), Cell(_ => "Ag"));

    private static AtomFrame Cell(Func<int, string> symbolOf)
    {
        AtomFrame frame = MadeFrames.Rattle(MadeFrames.FaceCentered(3.9, "Cu"), 0.2, 3);
        return frame with { Species = [.. Enumerable.Range(0, 4).Select(i => Element.Of(symbolOf(i)))] };
    }

    // Potentials with drawn weights, each upon those of fewer elements, in units that differ by powers of two.
    private static Dictionary<ElementGroup, PotentialModel> Parts(string functions)
    {
        Element[] all = [Element.Of("Cu"), Element.Of("Pd"), Element.Of("Ag")];
        var parts = new Dictionary<ElementGroup, PotentialModel>();
        foreach (ElementGroup group in Enumerable.Range(1, 7).Select(bits => ElementGroup.Of(all.Where((_, i) => (bits >> i & 1) != 0)))
            .Order())
        {
            var random = new CounterRandom(5, (ulong)parts.Count);
            var job = new StratumJob(group, Maise with { Functions = functions, CutoffAngstrom = 5 }, [], []);
            PotentialModel start = group.Elements.Count > 1
                ? StratumAssembly.Assemble(job.Set, parts.Where(part => part.Key.Elements.All(group.Elements.Contains)).ToDictionary(), 0.5)
                : new PotentialModel(job.Set, [10, 10], [InputScaling.FromZero([], new double[job.Set.FunctionsOf(0).Count])],
                    [-3.1 - parts.Count], 2, 1);
            double[] ranges = [.. Enumerable.Range(0, job.RangeCount).Select(i
                => i < (job.RangeCount - group.Elements.Count * group.Elements.Count) / 2 ? 0 : 5 + 3 * random.NextUniform())];
            double[] free = [.. Enumerable.Range(0, job.FreeCount).Select(_ => 0.2 * random.NextNormal())];
            Array.Clear(ranges, job.RangeCount - group.Elements.Count * group.Elements.Count, group.Elements.Count * group.Elements.Count);
            parts[group] = job.Finish(start, free, ranges);
        }

        return parts;
    }

    private static Dictionary<ElementGroup, PotentialModel> Only(Dictionary<ElementGroup, PotentialModel> parts, params string[] symbols) =>
        parts.Where(part => part.Key.Elements.All(element => symbols.Contains(element.Symbol))).ToDictionary();

    private static FunctionSet SetOf(string functions, params string[] symbols) =>
        NamedSets.Create(functions, [.. symbols.Select(Element.Of).Order()], 5);

    private static double EnergyOf(PotentialEvaluator evaluator, AtomFrame frame)
        => evaluator.Predict(frame, forces: false, out _)!.EnergyElectronVolt;
}
