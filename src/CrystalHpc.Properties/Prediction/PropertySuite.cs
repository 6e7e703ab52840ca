using CrystalHpc.Engine.Jobs;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Prediction;

/// <summary>
/// Models that answer together. Of the general models of structures that know crystals of as many elements, the one with the least error on
/// its validation rows predicts a quantity; each special model whose structure type the crystal has adds its own answer.
/// </summary>
/// <remarks>
/// Numbers of different models are never mixed. Models of formulas answer what no model of structures predicts, and where the formula alone
/// is known.
/// </remarks>
public sealed class PropertySuite
{
    private readonly IReadOnlyList<PropertyModel> _models;

    // They keep their networks from call to call.
    private readonly Dictionary<PropertyModel, PropertyPredictor> _predictors;

    /// <summary>Models that answer together.</summary>
    public PropertySuite(IReadOnlyList<PropertyModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        _models = models;
        _predictors = models.ToDictionary(model => model, model => new PropertyPredictor(model));
        Graphs = models.FirstOrDefault(model => model.Input == PropertyInput.Structure)?.Shape.Graphs ?? GraphOptions.Default;
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<PropertyModel> Models => _models;

    /// <summary>What the models want to know of a structure.</summary>
    public GraphOptions Graphs { get; }

    /// <summary>Models that want graphs of one kind.</summary>
    /// <exception cref="UserException">A file is no model, or they want graphs of several kinds.</exception>
    public static PropertySuite Read(IReadOnlyList<string> files)
    {
        var suite = new PropertySuite([.. files.Select(PropertyModel.Read)]);
        return suite._models.All(model => model.Input == PropertyInput.Formula || model.Shape.Graphs.IsLike(suite.Graphs))
            ? suite : throw UserException.Unusable("models that answer together must have the same neighbors and angles");
    }

    /// <summary>The answers about crystals, in their order: all quantities that some model predicts, in the order of
    /// <see cref="PropertyTarget.All"/>.</summary>
    public IReadOnlyList<SuiteAnswer>[] Predict(IReadOnlyList<Crystal> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        (PropertyTarget Target, PropertyModel Model)[][] chosen = [.. crystals.Select(crystal => Choose(crystal).ToArray())];
        var predictions = new Dictionary<(PropertyModel Model, int Crystal), PropertyPrediction>();
        foreach (PropertyModel model in _models)
        {
            int[] own = [.. Enumerable.Range(0, crystals.Count).Where(i => chosen[i].Any(choice => choice.Model == model))];
            PropertyPrediction[] found = _predictors[model].Predict([.. own.Select(i => crystals[i].GraphOf(model.Input)!)]);
            for (int i = 0; i < own.Length; i++)
                predictions[(model, own[i])] = found[i];
        }

        return [.. chosen.Select((choices, i) => AnswersOf(crystals[i], [.. choices.Select(choice => new SuiteAnswer(
            choice.Target, choice.Model, predictions[(choice.Model, i)], null,
            IsSpecial: _models.Count > 1 && choice.Model.Type is not null))]))];
    }

    private IEnumerable<(PropertyTarget Target, PropertyModel Model)> Choose(Crystal crystal)
    {
        foreach (PropertyTarget target in PropertyTarget.All)
        {
            PropertyModel[] able = [.. _models.Where(model => model.IndexOf(target.Name) >= 0 && crystal.GraphOf(model.Input) is not null)];
            PropertyModel[] structures = [.. able.Where(model => model.Input == PropertyInput.Structure)];
            if (GeneralOf(target, crystal, structures) is { } general)
                yield return (target, general);
            else if (structures.Length == 0 && GeneralOf(target, crystal, able) is { } ofFormulas)
                yield return (target, ofFormulas);

            // A model that was chosen by people answers whatever it is asked, with a warning.
            foreach (PropertyModel special in structures.Where(
                model => model.Type is { } type && (_models.Count == 1 || type.Holds(crystal.Graph!))))
                yield return (target, special);
        }
    }

    private static PropertyModel? GeneralOf(PropertyTarget target, Crystal crystal, PropertyModel[] able)
    {
        int elements = (crystal.Graph ?? crystal.Formula!).Contents.Distinct().Count();
        return able.Where(model => model.Type is null)
            .OrderBy(model => model.MostElements >= elements ? 0 : elements - model.MostElements)
            .ThenBy(model => model.Metrics.GetValueOrDefault($"{target.Name}.mae", double.PositiveInfinity))
            .ThenBy(model => model.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private List<SuiteAnswer> AnswersOf(Crystal crystal, SuiteAnswer[] found)
    {
        var answers = new List<SuiteAnswer>();
        bool isMetal = found.FirstOrDefault(answer => answer.Target.Name == PropertyTarget.Gap)?.Value <= 0;
        foreach (PropertyTarget target in PropertyTarget.All)
        {
            SuiteAnswer[] own = [.. found.Where(answer => answer.Target == target)];
            answers.AddRange(own.Select(answer => isMetal && target.IsOfInsulators
                ? answer with { Reason = "the predicted gap is 0" } : answer));
            if (own.Length == 0 && _models.Where(model => model.IndexOf(target.Name) >= 0).ToArray() is { Length: > 0 } others)
                answers.Add(NoneOf(target, crystal, others));
        }

        return answers;
    }

    private static SuiteAnswer NoneOf(PropertyTarget target, Crystal crystal, PropertyModel[] others) => crystal.Graph is null
        ? new SuiteAnswer(target, null, null, "needs a structure") { NeedsStructure = true }
        : new SuiteAnswer(
            target, null, null, $"only for crystals of the type of {string.Join(", ", others.Select(model => model.Name))}");
}
