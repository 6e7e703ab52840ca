using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Properties.Commands;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Prediction;

namespace CrystalHpc.Properties.Judgments;

/// <summary>
/// The properties of crystals by the models that answer together: a column for each quantity of a general model, and one for each of a
/// special model beside it, in plain units, with intervals of 90 %.
/// </summary>
internal sealed class StructureProperties : IStructureJudge
{
    private readonly PropertySuite _suite;
    private readonly (PropertyTarget Target, PropertyModel? Special)[] _quantities;

    /// <summary>A judge by these models.</summary>
    public StructureProperties(PropertySuite suite)
    {
        _suite = suite;
        _quantities = [.. PropertyTarget.All.SelectMany(target =>
        {
            PropertyModel[] able = [.. suite.Models.Where(model => model.IndexOf(target.Name) >= 0)];
            return able.Where(model => model.Type is null).Take(1).Select(_ => (target, (PropertyModel?)null))
                .Concat(able.Where(model => model.Type is not null).Select(model => (target, (PropertyModel?)model)));
        })];
        Columns = [.. _quantities.Select(quantity => ColumnOf(quantity.Target, quantity.Special)), new(
            "outside_training", "quantities whose models have seen no crystal like it: their intervals may be too narrow")];
    }

    /// <inheritdoc/>
    public string Name => "properties";

    /// <inheritdoc/>
    public IReadOnlyList<JudgedColumn> Columns { get; }

    /// <summary>A judge by the models that ship; null where none do.</summary>
    public static StructureProperties? OfShipped() =>
        ShippedModels.All() is { Count: > 0 } files ? new StructureProperties(PropertySuite.Read(files)) : null;

    /// <inheritdoc/>
    public IReadOnlyList<StructureJudgment> Judge(IReadOnlyList<CrystalStructure> structures)
    {
        var problems = new string?[structures.Count];
        var crystals = new List<Crystal>();
        for (int i = 0; i < problems.Length; i++)
        {
            if (GraphBuilder.TryCreate(structures[i], _suite.Graphs, out Finding? problem) is { } graph)
                crystals.Add(Crystal.Of("", graph));
            else
                problems[i] = problem!.Value.Message;
        }

        IReadOnlyList<SuiteAnswer>[] answers = _suite.Predict(crystals);
        int next = 0;
        return [.. problems.Select(problem => problem is null ? Of(answers[next++])
            : new StructureJudgment([.. new object?[Columns.Count]]) { DropReason = $"no graph: {problem}" })];
    }

    private StructureJudgment Of(IReadOnlyList<SuiteAnswer> answers)
    {
        object?[] values = [.. _quantities.Select(quantity => answers.FirstOrDefault(answer =>
            answer.Target == quantity.Target && (quantity.Special is null ? !answer.IsSpecial : answer.IsSpecial
                && answer.Model == quantity.Special)))
            .Select(ValueOf)];
        SuiteAnswer[] outside = [.. answers.Where(answer => answer is { Reason: null, IsInDomain: false })];
        string[] names = [.. outside.Select(answer => answer.Target.Title.ToLowerInvariant()).Distinct()];
        return new StructureJudgment([.. values, names.Length == 0 ? null : string.Join(", ", names)])
        {
            Warnings = [.. outside.DistinctBy(answer => answer.Model).SelectMany(answer => answer.Warnings.Select(warning =>
                $"{answer.Model!.Name}: {warning}"))],
        };
    }

    private static object? ValueOf(SuiteAnswer? answer)
    {
        if (answer?.Value is not { } value)
            return null;
        PropertyTarget target = answer.Target;
        return answer.Interval is { } interval
            ? new Estimate(Rounded(target.Plain(value)), Rounded(target.Plain(interval.Low)), Rounded(target.Plain(interval.High)))
                : Rounded(value);
    }

    private static double Rounded(double value) => Math.Round(value, 5);

    private JudgedColumn ColumnOf(PropertyTarget target, PropertyModel? special)
    {
        PropertyModel model = special ?? _suite.Models.First(able => able.Type is null && able.IndexOf(target.Name) >= 0);
        string unit = target.IsQuestion ? "probability" : model.Targets[model.IndexOf(target.Name)].Column.Unit switch
        {
            "1/cm" => "per_cm", var learned when learned.Split(' ')[^1] is not "1" and var plain => plain.Replace('/', '_'), _ => "",
        };
        string[] words = [.. target.Title.ToLowerInvariant().Split(' '), unit, special?.Name ?? ""];
        return new JudgedColumn(
            string.Join('_', words.Where(word => word.Length > 0)),
            $"{target.Title}{(unit.Length > 0 ? $", {unit.Replace('_', '/')}" : "")}, as property predict has "
            + $"it{(special is null ? "" : $", by the model {special.Name}")}",
            HasInterval: !target.IsQuestion);
    }
}
