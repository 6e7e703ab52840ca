using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Lattices.Study;

/// <summary>One plain network for the six numbers of a conventional cell, whatever its lattice: what scales and losses do to it.</summary>
internal static class RawCellStudy
{
    private const int Numbers = 6;

    public static IEnumerable<StudyRow> Run(StudyData data, PlainTraining plain)
    {
        KnownCell[] cells = data.Cells;
        int[] training = In(SplitPart.Training), validation = In(SplitPart.Validation), test = In(SplitPart.Test);
        if (training.Length == 0 || validation.Length == 0 || test.Length == 0)
            yield break;
        float[] features = data.FeaturesOf([.. cells.Select(cell => cell.Composition)]);
        float[] raw = [.. cells.SelectMany(cell => (float[])[(float)cell.Cell.A, (float)cell.Cell.B, (float)cell.Cell.C,
            (float)cell.Cell.Alpha, (float)cell.Cell.Beta, (float)cell.Cell.Gamma])];
        float[] means = new float[Numbers], deviations = new float[Numbers];
        for (int k = 0; k < Numbers; k++)
        {
            means[k] = (float)training.Average(row => (double)raw[row * Numbers + k]);
            deviations[k] = (float)Math.Sqrt(training.Average(row => Math.Pow(raw[row * Numbers + k] - means[k], 2)));
        }

        float[] scaled = [.. raw.Select((value, i) => (value - means[i % Numbers]) / deviations[i % Numbers])];
        foreach (RegressionLossKind kind in (RegressionLossKind[])[RegressionLossKind.MeanSquared, RegressionLossKind.MeanAbsolute])
        {
            string loss = kind == RegressionLossKind.MeanSquared ? "MSE" : "MAE";
            Func<int[], float[]> plainly = plain.Train(PlainShape.Base, features, data.Scaling.Count, raw, Numbers, training,
                new RegressionLoss(kind));
            foreach (StudyRow row in Rows($"{loss}, raw outputs", plainly))
                yield return row;
            Func<int[], float[]> answer = plain.Train(PlainShape.Base, features, data.Scaling.Count, scaled, Numbers, training,
                new RegressionLoss(kind));
            foreach (StudyRow row in Rows($"{loss}, scaled outputs", rows
                => [.. answer(rows).Select((value, i) => value * deviations[i % Numbers] + means[i % Numbers])]))
                yield return row;
        }

        foreach (StudyRow row in Rows("mean of the training cells", rows => [.. rows.SelectMany(_ => means)]))
            yield return row;
        float[] lows = [.. Enumerable.Range(0, Numbers).Select(k => training.Min(row => raw[row * Numbers + k]))],
            highs = [.. Enumerable.Range(0, Numbers).Select(k => training.Max(row => raw[row * Numbers + k]))];
        foreach (StudyRow row in Rows("random guess within bounds", rows => [.. rows.SelectMany(number => Guess(number, lows, highs))]))
            yield return row;

        int[] In(SplitPart part) => [.. Enumerable.Range(0, cells.Length).Where(row => FormulaSplit.PartOf(cells[row].Key) == part)];

        IEnumerable<StudyRow> Rows(string name, Func<int[], float[]> answer)
        {
            float[] onValidation = answer(validation), onTest = answer(test);
            yield return Row("a, b, c", 0, false);
            yield return Row("a, b, c", 0, true);
            yield return Row("alpha, beta, gamma", 3, false);

            StudyRow Row(string target, int first, bool isRelative) => new(
                "cells", name, target, isRelative ? "mape" : "mae", training.Length, Deviation(validation, onValidation, first, isRelative),
                Deviation(test, onTest, first, isRelative));
        }

        double Deviation(int[] rows, float[] answers, int first, bool isRelative)
            => Math.Round(Enumerable.Range(0, rows.Length * 3).Average(i =>
        {
            double actual = raw[rows[i / 3] * Numbers + first + i % 3],
                deviation = Math.Abs(answers[i / 3 * Numbers + first + i % 3] - actual);
            return isRelative ? 100 * deviation / actual : deviation;
        }), 3);
    }

    private static float[] Guess(int row, float[] lows, float[] highs)
    {
        var random = new CounterRandom(1, (ulong)row, 3);
        return [.. lows.Zip(highs, (low, high) => (float)random.NextUniform(low, high))];
    }
}
