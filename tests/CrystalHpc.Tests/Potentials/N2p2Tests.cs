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
                .Where(row => row.GetProperty("element").GetString() == element), "energy_hartree", "forces_hartree_per_bohr", Units,
                    frames.Length / 8);
        Assert.That(compared, Is.GreaterThan(20));
    }

    [Test]
    public void A_model_with_two_elements_and_normalized_data_gives_the_energies_and_forces_of_n2p2()
    {
        PotentialModel model = N2p2Folder.Read(TestPaths.SharedOrIgnore("gold/n2p2/titania-model"), null);
        AtomFrame[] frames = SharedFrames.Read("datasets/tio2-aenet-1000/tio2.extxyz.gz");
        int compared = Compare(
            model, frames, SharedFrames.Lines("gold/n2p2/titania-test.jsonl.gz").Select(line => JsonDocument.Parse(line).RootElement),
                "energy", "forces",
            FrameUnits.ElectronVoltAngstrom, 80);
        Assert.That(compared, Is.EqualTo(80));
    }

    // All frames with forces, and every so many-th of the others.
    private static int Compare(PotentialModel model, AtomFrame[] frames, IEnumerable<JsonElement> rows, string energyKey,
        string forcesKey, FrameUnits units, int most)
    {
        var evaluator = new PotentialEvaluator(model);
        int compared = 0;
        JsonElement[] all = [.. rows];
        for (int i = 0; i < all.Length; i++)
        {
            bool hasForces = all[i].TryGetProperty(forcesKey, out JsonElement forces);
            if (!hasForces && i % Math.Max(1, all.Length / most) != 0)
                continue;
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
