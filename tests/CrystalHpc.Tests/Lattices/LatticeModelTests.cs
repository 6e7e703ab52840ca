using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Lattices.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Learning.Formulas;

namespace CrystalHpc.Tests.Lattices;

/// <summary>Models: the same on any number of ranks, the same from their file, and what they say.</summary>
public sealed class LatticeModelTests
{
    private static readonly TrainingOptions Options = TrainingOptions.Default with { Epochs = 3, Batch = 8, Shard = 2, Rate = 1e-3 };

    [Test]
    public void Training_gives_the_same_bytes_on_one_two_and_four_ranks_and_with_threads()
    {
        float[] one = Train(1, 1);
        Assert.That(Train(2, 1), Is.EqualTo(one));
        Assert.That(Train(4, 1), Is.EqualTo(one));
        Assert.That(Train(1, 3), Is.EqualTo(one));
    }

    [Test]
    public void A_model_says_the_same_after_it_was_written_and_read()
    {
        using var folder = new TemporaryFolder();
        LatticeModel model = Create().With([1.1, 1.2, 1.3], -0.5, null);
        string path = folder["model.safetensors"];
        new ModelFile(path, model.Metadata([], "digest", new Dictionary<string, double>()), model.Tensors()).Write();
        LatticeModel read = LatticeModel.Read(path);
        Composition[] formulas = [FormulaFeaturesTests.CompositionOf("SrZrO3"), FormulaFeaturesTests.CompositionOf("LiF"),
            FormulaFeaturesTests.CompositionOf("Cu3Au")];
        LatticePrediction[] before = new LatticePredictor(model).Predict(formulas), after = new LatticePredictor(read).Predict(formulas);
        for (int i = 0; i < formulas.Length; i++)
        {
            Assert.That(after[i].Groups, Is.EqualTo(before[i].Groups));
            Assert.That(after[i].Bravais, Is.EqualTo(before[i].Bravais));
            Assert.That(after[i].Systems.Sum(), Is.EqualTo(1).Within(1e-9));
            Assert.That(after[i].Warnings, Is.EqualTo(before[i].Warnings));
        }

        Assert.That(after[2].Warnings, Has.Some.Contains("Cu"), "no known compound holds copper or gold");
    }

    [Test]
    public void What_is_said_of_a_formula_does_not_depend_on_the_others()
    {
        var predictor = new LatticePredictor(Create());
        Composition[] formulas = [.. new[] { "SrZrO3", "LiF", "GeO2" }.Select(FormulaFeaturesTests.CompositionOf)];
        LatticePrediction[] together = predictor.Predict(formulas);
        for (int i = 0; i < formulas.Length; i++)
            Assert.That(predictor.Predict([formulas[i]])[0].Groups, Is.EqualTo(together[i].Groups));
    }

    [Test]
    public void A_known_formula_is_named_and_not_used()
    {
        LatticeModel model = Create();
        LatticePrediction prediction = new LatticePredictor(model).Predict([FormulaFeaturesTests.CompositionOf("Ti2Sr2O6")])[0];
        Assert.That(model.Known.Compositions[prediction.KnownAs].Text, Is.EqualTo("O3SrTi"));
        Assert.That(prediction.Neighbors.Select(neighbor => neighbor.Formula), Does.Not.Contain(prediction.KnownAs));
    }

    [Test]
    public void A_model_of_another_system_is_refused()
    {
        using var folder = new TemporaryFolder();
        LatticeModel model = Create();
        string path = folder["model.safetensors"];
        new ModelFile(path, model.Metadata([], "digest", new Dictionary<string, double>()) with { System = "property" }, model.Tensors())
            .Write();
        Assert.That(() => LatticeModel.Read(path), Throws.TypeOf<UserException>().With.Message.Contains("property"));
    }

    private static LatticeModel Create()
    {
        KnownFormulas known = SmallMemory.Create();
        var model = new LatticeModel(known, FeatureScaling.Of(known.Compositions), 8, 2);
        foreach (global::CrystalHpc.Learning.Layers.ParameterBuffer<float> member in model.Members)
            Train(1, 1).CopyTo(member.Values);
        return model;
    }

    private static float[] Train(int ranks, int threads)
    {
        KnownFormulas known = SmallMemory.Create();
        float[] trained = [];
        ThreadCommunicator.Run(ranks, world =>
        {
            var trainer = new Trainer<float>(
                () => SmallMemory.CreateTask<float>(known), Enumerable.Range(0, known.Compositions.Count).ToArray(), default, Options,
                world, threads);
            trainer.Run();
            if (world.Rank == 0)
                trained = trainer.Parameters.Values.ToArray();
        });
        return trained;
    }
}
