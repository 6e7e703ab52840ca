using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Prediction;

namespace CrystalHpc.Tests.Properties;

/// <summary>Which model answers what about which crystal.</summary>
public sealed class SuiteTests
{
    private static readonly CrystalGraph Perovskite = SmallCrystals.GraphOf(SmallCrystals.All[2]);

    [Test]
    public void A_type_holds_crystals_of_other_sizes_elements_and_cells_and_no_others()
    {
        CrystalType type = CrystalType.Of([Perovskite, SmallCrystals.GraphOf(CubicPerovskite("Ba", "Zr", "S", 5.1))])!;
        Assert.That(type.Amounts, Is.EquivalentTo(new[] { "3-1-1" }));
        Assert.That(type.Holds(SmallCrystals.GraphOf(CubicPerovskite("K", "Mg", "F", 4))), Is.True);
        Assert.That(type.Holds(SmallCrystals.GraphOf(Doubled(CubicPerovskite("K", "Mg", "F", 4), 4))), Is.True);
        Assert.That(type.Holds(SmallCrystals.GraphOf(SmallCrystals.All[1])), Is.False, "CsCl");
        Assert.That(type.Holds(SmallCrystals.GraphOf(SmallCrystals.All[3])), Is.False, "a sheared cell");
        Assert.That(type.Holds(SmallCrystals.GraphOf(SmallCrystals.Of(SmallCrystals.Cubic(6), ("K", 0, 0, 0), ("Mg", 0.5, 0.5, 0),
            ("F", 0.2, 0.2, 0.2), ("F", 0.7, 0.2, 0.6), ("F", 0.1, 0.7, 0.6)))), Is.False, "the same amounts in other places");
    }

    [Test]
    public void Crystals_of_several_types_have_none() =>
        Assert.That(CrystalType.Of([.. SmallCrystals.All.Select(SmallCrystals.GraphOf)]), Is.Null);

    [Test]
    public void A_general_model_answers_and_a_special_one_beside_it_where_the_type_is_its_own()
    {
        PropertyModel special = Model("cells", ["formation_energy"], type: CrystalType.Of([Perovskite]));
        PropertySuite suite = new([Model("general", ["formation_energy"]), special]);
        IReadOnlyList<SuiteAnswer>[] answers = suite.Predict([Crystal.Of("a", Perovskite), Salt]);
        Assert.That(NamesOf(answers[0]), Is.EqualTo(new[] { "formation_energy general", "formation_energy cells" }));
        Assert.That(answers[0][1].IsSpecial, Is.True);
        Assert.That(NamesOf(answers[1]), Is.EqualTo(new[] { "formation_energy general" }));
    }

    [Test]
    public void A_model_asked_alone_answers_for_another_type_with_a_warning()
    {
        PropertyModel special = Model("cells", ["energy"], type: CrystalType.Of([Perovskite]));
        SuiteAnswer answer = new PropertySuite([special]).Predict([Salt])[0].Single();
        Assert.That(answer.Value, Is.Not.Null);
        Assert.That(answer.IsInDomain, Is.False);
        Assert.That(answer.Warnings, Has.Some.Contains("structure type"));
    }

    [Test]
    public void What_only_special_models_predict_stays_empty_for_others_with_the_reason()
    {
        PropertyModel special = Model("alloys", ["energy"], type: CrystalType.Of([Perovskite]));
        SuiteAnswer answer = new PropertySuite([Model("general", ["gap"]), special]).Predict([Salt])[0]
            .Single(one => one.Target.Name == "energy");
        Assert.That(answer.Value, Is.Null);
        Assert.That(answer.Reason, Does.Contain("alloys"));
    }

    [Test]
    public void Models_that_know_as_many_elements_come_first_then_those_of_the_least_error()
    {
        PropertySuite suite = new(
        [
            Model("few", ["gap"], elements: 2, error: 0.1), Model("coarse", ["gap"], elements: 4, error: 0.3),
            Model("fine", ["gap"], elements: 5, error: 0.2),
        ]);
        Assert.That(NamesOf(suite.Predict([Salt])[0]), Is.EqualTo(new[] { "gap few" }));
        Assert.That(NamesOf(suite.Predict([Crystal.Of("a", Perovskite)])[0]), Is.EqualTo(new[] { "gap fine" }));
    }

    [Test]
    public void Formulas_are_answered_by_models_of_formulas_and_structures_only_where_nothing_else_can()
    {
        PropertyModel formula = Model("formulas", ["gap", "measured_gap"], input: PropertyInput.Formula);
        PropertySuite suite = new([formula, Model("general", ["gap", "n"])]);
        Assert.That(NamesOf(suite.Predict([Salt])[0]), Is.EqualTo(new[] { "gap general", "measured_gap formulas", "n general" }));
        IReadOnlyList<SuiteAnswer> ofFormula = suite.Predict([Crystal.Of("KCl", "KCl", out _)!])[0];
        Assert.That(ofFormula.Single(answer => answer.Target.Name == "gap").Model, Is.SameAs(formula));
        Assert.That(ofFormula.Single(answer => answer.NeedsStructure).Target.Name, Is.EqualTo("n"));
    }

    [TestCase(-5.0, true)]
    [TestCase(5.0, false)]
    public void A_refractive_index_is_given_only_where_the_predicted_gap_is_not_0(double gap, bool isEmpty)
    {
        SuiteAnswer index = new PropertySuite([Model("one", ["gap", "n"], mean: gap)]).Predict([Salt])[0]
            .Single(one => one.Target.Name == "n");
        Assert.That(index.Value is null, Is.EqualTo(isEmpty));
        Assert.That(index.Reason, isEmpty ? Does.Contain("gap is 0") : Is.Null);
    }

    [TestCase(2f, 0.0)]
    [TestCase(-2f, 5.0)]
    public void The_gap_of_a_probable_metal_is_0(float odds, double gap)
    {
        PropertyModel model = Model("one", ["gap", "metal"], mean: 5);
        model.Members[0].Parameters.Single(parameter => parameter.Name == "output.bias").Values[1] = odds;
        PropertyPrediction prediction = new PropertyPredictor(model).Predict([Salt.Graph!])[0];
        Assert.That(prediction.Values[1], Is.EqualTo(1 / (1 + Math.Exp(-odds))).Within(1e-6));
        Assert.That(prediction.Values[0], Is.EqualTo(gap));
    }

    [Test]
    public void A_training_that_starts_from_a_model_takes_atoms_and_convolutions_of_one_network_and_not_the_head()
    {
        PropertyModel start = Model("start", ["gap"]);
        foreach (Parameter<float> parameter in start.Members[0].Parameters)
            parameter.Values.Fill(7);
        var buffer = new ParameterBuffer<float>(start.CreateNetwork().Parameters);
        start.Start(3, buffer.Parameters);
        Assert.That(
            buffer.Parameters.Where(parameter => parameter.Values.ToArray().All(value => value == 7)).Select(parameter => parameter.Name),
            Is.EqualTo(buffer.Parameters.Select(parameter => parameter.Name).Where(
                name => name.StartsWith("elements.", StringComparison.Ordinal)
                || name.StartsWith("convolution.", StringComparison.Ordinal))));
        Assert.That(buffer.Parameters.Where(parameter => parameter.Values.ToArray().All(value => value == 0)), Is.Not.Empty, "the head");
    }

    private static Crystal Salt => Crystal.Of("salt", SmallCrystals.GraphOf(SmallCrystals.All[0]));

    private static string[] NamesOf(IEnumerable<SuiteAnswer> answers) =>
        [.. answers.Select(answer => $"{answer.Target.Name} {answer.Model!.Name}")];

    private static CrystalStructure CubicPerovskite(string a, string b, string x, double edge) => SmallCrystals.Of(
        SmallCrystals.Cubic(edge), (a, 0, 0, 0), (b, 0.5, 0.5, 0.5), (x, 0.5, 0.5, 0), (x, 0.5, 0, 0.5), (x, 0, 0.5, 0.5));

    private static CrystalStructure Doubled(CrystalStructure crystal, double edge) => SmallCrystals.Of(
        new Basis(new(2 * edge, 0, 0), new(0, edge, 0), new(0, 0, edge)),
        [.. SmallCrystals.AtomsOf(crystal).SelectMany(atom => new[]
        {
            (atom.Element, atom.X / 2, atom.Y, atom.Z), (atom.Element, atom.X / 2 + 0.5, atom.Y, atom.Z),
        })]);

    private static PropertyModel Model(
        string name, string[] targets, int elements = 9, double error = 0.1, double mean = 1, PropertyInput input = PropertyInput.Structure,
        CrystalType? type = null)
    {
        LearnedTarget[] learned =
            [.. targets.Select(target => new LearnedTarget(
                new TargetColumn(PropertyTarget.Find(target)!, target, "eV"), mean, 0.1, 0.1, 1))];
        NetworkShape shape = new(1, 16, 8, targets.Length) { Features = PropertyModel.FeaturesOf(input) };
        return new PropertyModel(shape, 1, learned, Enumerable.Range(0, 97).Select(element => (byte)element).ToHashSet())
        {
            Name = name, Input = input, MostElements = elements, Type = type,
            Metrics = targets.ToDictionary(target => $"{target}.mae", _ => error),
        };
    }
}
