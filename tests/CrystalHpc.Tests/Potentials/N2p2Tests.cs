using System.Text.Json;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.N2p2;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Tests.Potentials;

/// <summary>Potentials of n2p2 give the energies and forces of n2p2.</summary>
public sealed class N2p2Tests
{
    // The constants by which the structures were converted for n2p2.
    private static readonly FrameUnits Units = new(0.529177, 27.211386, 27.211386 / (0.529177 * 0.529177 * 0.529177));

    [Test]
    public void Published_potentials_give_the_energies_and_forces_of_n2p2([Values("Cu", "Ni", "Li", "Mo", "Si", "Ge")] string element)
    {
        string folder = TestPaths.SharedOrIgnore("datasets/mlearn-nnp-models");
        PotentialModel model = N2p2Folder.Read(Path.Combine(folder, element), Units);
        AtomFrame[] frames = SharedFrames.Read($"datasets/mlearn-pes/{element}.extxyz.gz");
        int compared = Compare(
            model, frames, SharedFrames.Lines("gold/n2p2/published-models.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement)
                .Where(row => row.GetProperty("element").GetString() == element), "energy_hartree", "forces_hartree_per_bohr", Units);
        Assert.That(compared, Is.EqualTo(frames.Length));
    }

    // What n2p2 makes of the same structures, meV an atom and meV/A, with the digits that are known.
    [Test, Explicit("forces of 1,402 structures take half a minute")]
    [TestCase("Cu", 2.133, 51.24, 0.005), TestCase("Ni", 2.382, 56.17, 0.005), TestCase("Li", 1.235, 60.92, 0.005)]
    [TestCase("Mo", 6.121, 198.3, 0.05), TestCase("Si", 10.915, 168.9, 0.05), TestCase("Ge", 9.691, 1206, 0.5)]
    public void Published_potentials_are_as_far_from_all_computed_energies_and_forces_as_with_n2p2(
        string element, double energy, double force, double digit)
    {
        string folder = TestPaths.SharedOrIgnore("datasets/mlearn-nnp-models");
        PotentialModel model = N2p2Folder.Read(Path.Combine(folder, element), Units);
        var evaluator = new PotentialEvaluator(model);
        var energies = new List<double>();
        var forces = new List<double>();
        foreach (AtomFrame frame in SharedFrames.Read($"datasets/mlearn-pes/{element}.extxyz.gz"))
        {
            double found = evaluator.Predict(frame, forces: false, out _)!.EnergyElectronVolt;
            energies.Add((found - frame.EnergyElectronVolt!.Value) / frame.AtomCount);
            forces.AddRange(ForcesWithoutOwnImages(model, frame).Zip(frame.ForcesElectronVoltPerAngstrom!, (a, b) => a - b));
        }

        Assert.Multiple(() =>
        {
            Assert.That(1000 * Math.Sqrt(energies.Average(error => error * error)), Is.EqualTo(energy).Within(0.0006));
            Assert.That(1000 * Math.Sqrt(forces.Average(error => error * error)), Is.EqualTo(force).Within(digit));
        });
    }

    [Test]
    public void A_model_with_two_elements_and_normalized_data_gives_the_energies_and_forces_of_n2p2()
    {
        PotentialModel model = N2p2Folder.Read(TestPaths.SharedOrIgnore("gold/n2p2/titania-model"), null);
        AtomFrame[] frames = SharedFrames.Read("datasets/tio2-aenet-1000/tio2.extxyz.gz");
        int compared = Compare(
            model, frames, SharedFrames.Lines("gold/n2p2/titania-test.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement),
                "energy", "forces",
            FrameUnits.ElectronVoltAngstrom);
        Assert.That(compared, Is.EqualTo(80));
    }

    private static int Compare(PotentialModel model, AtomFrame[] frames, IEnumerable<JsonElement> rows, string energyKey,
        string forcesKey, FrameUnits units)
    {
        var evaluator = new PotentialEvaluator(model);
        int compared = 0;
        JsonElement[] all = [.. rows];
        for (int i = 0; i < all.Length; i++)
        {
            bool hasForces = all[i].TryGetProperty(forcesKey, out JsonElement forces);
            AtomFrame frame = frames[all[i].GetProperty("frame").GetInt32()];
            PotentialPrediction found = evaluator.Predict(frame, forces: false, out _)!;
            double energy = all[i].GetProperty(energyKey).GetDouble() * units.EnergyElectronVolt;
            Assert.That(found.EnergyElectronVolt, Is.EqualTo(energy).Within(PotentialTolerances.EnergyPerAtom * frame.AtomCount),
                $"frame {i}");
            compared++;
            if (!hasForces)
                continue;
            double[] expected = [.. forces.EnumerateArray()
                .SelectMany(row => row.EnumerateArray().Select(value => value.GetDouble() * units.ForceElectronVoltPerAngstrom))];
            Assert.That(ForcesWithoutOwnImages(model, frame), Is.EqualTo(expected).Within(PotentialTolerances.Forces), $"frame {i}");
        }

        return compared;
    }

    // n2p2 leaves out what an atom feels through its own images, so that in cells smaller than the cutoff its forces are not the slopes of
    // its energies; ours are (PredictionTests). Here the images go to a slot of their own, which nobody reads.
    private static double[] ForcesWithoutOwnImages(PotentialModel model, AtomFrame frame)
    {
        var kernel = new DescriptorKernel(model.Set);
        PotentialNetwork network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        var forces = new double[3 * frame.AtomCount];
        foreach (AtomNeighborhood near in AtomSurroundings.TryCreate(frame, model.Set, out _)!.Neighborhoods())
        {
            int images = near.SlotCount, read = near.SlotCount;
            for (int element = 0; element < model.Elements.Count; element++)
            {
                foreach (ref int slot in near.Slot.AsSpan(near.Start[element], near.Count[element]))
                    slot = slot == 0 ? images : slot;
            }

            near.SlotCount++;
            kernel.Evaluate(near, derivatives: true);
            int[] places = kernel.Plan.Places;
            InputScaling scaling = model.Scaling[near.CenterElement];
            var inputs = new double[places.Length];
            scaling.Apply([.. places.Select(place => kernel.Values[place])], inputs);
            ElementNetwork own = network.Elements[near.CenterElement];
            own.Forward(inputs, 1);
            own.Differentiate();
            for (int slot = 0; slot < read; slot++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    for (int f = 0; f < places.Length; f++)
                    {
                        double slope = kernel.DerivativesOf(slot)[axis * kernel.Plan.Width + places[f]] * scaling.Factor[f] * own.Slopes[f];
                        forces[3 * near.Atoms[slot] + axis] -= model.EnergyScaleElectronVolt * slope;
                    }
                }
            }
        }

        return forces;
    }
}
