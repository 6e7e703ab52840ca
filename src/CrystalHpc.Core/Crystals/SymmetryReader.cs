using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>Reads the symmetry operations of a data block and makes sure that they are a group that fits the cell.</summary>
internal static class SymmetryReader
{
    // The largest group modulo its conventional lattice has 192 operations; odd settings multiply the cell a few times.
    private const int MaximumOperations = 1024;
    private const double MetricTolerance = 0.01;

    /// <summary>The operations, each once, the identity among them; null, with a finding, when there are none to rely on.</summary>
    public static SymmetryOperation[]? Read(CifBlock block, StructureMetadata metadata, ICollection<Finding> findings)
    {
        if (block.TryGet(CifNames.Modulation, out CifValue modulation)
            && !(modulation.TryGetNumber(out CifNumber number) && number.Value == 0))
        {
            findings.Add(new Finding(CrystalFindings.StructureModulated, modulation.Line, 0, "a modulation wave is given"));
            return null;
        }

        if (!TryGetOperations(block, out CifColumn column))
        {
            if (IsTriclinicP1(metadata))
                return [SymmetryOperation.Identity];
            findings.Add(new Finding(CrystalFindings.SymmetryMissing, $"no operations; space group '{metadata.SpaceGroup}'"));
            return null;
        }

        if (column.Count > MaximumOperations)
        {
            findings.Add(new Finding(CrystalFindings.SymmetryTooMany, column[0].Line, 0, $"{column.Count} operations"));
            return null;
        }

        var operations = new List<SymmetryOperation>(column.Count);
        var keys = new Dictionary<OperationKey, int>(column.Count);
        for (int row = 0; row < column.Count; row++)
        {
            CifValue value = column[row];
            if (!SymmetryTriplet.TryParse(value.Bytes, out SymmetryOperation operation))
            {
                findings.Add(new Finding(CrystalFindings.SymmetryUnreadable, value.Line, value.Column, $"'{Shortened(value.Text)}'"));
                return null;
            }

            if (keys.TryAdd(OperationKey.Of(operation), operations.Count))
                operations.Add(operation);
            else
                findings.Add(new Finding(CrystalFindings.SymmetryDuplicate, value.Line, value.Column, $"'{value.Text}'"));
        }

        if (keys.TryAdd(OperationKey.Of(SymmetryOperation.Identity), operations.Count))
        {
            findings.Add(new Finding(CrystalFindings.SymmetryIdentityMissing, column[0].Line, 0, $"{operations.Count} other operations"));
            operations.Add(SymmetryOperation.Identity);
        }

        return IsGroup(operations, keys, column[0].Line, findings) ? [.. operations] : null;
    }

    /// <summary>True when every operation maps the metric tensor G of the cell onto itself, Wᵀ G W = G, within 1 %.</summary>
    public static bool PreservesMetric(UnitCell cell, SymmetryOperation[] operations, ICollection<Finding> findings)
    {
        Cartesian[] axes = [cell.AxisA, cell.AxisB, cell.AxisC];
        foreach (SymmetryOperation w in operations)
        {
            Cartesian[] images =
            [
                w.W11 * axes[0] + w.W21 * axes[1] + w.W31 * axes[2],
                w.W12 * axes[0] + w.W22 * axes[1] + w.W32 * axes[2],
                w.W13 * axes[0] + w.W23 * axes[1] + w.W33 * axes[2],
            ];
            for (int i = 0; i < 3; i++)
            {
                for (int j = i; j < 3; j++)
                {
                    double change = Cartesian.Dot(images[i], images[j]) - Cartesian.Dot(axes[i], axes[j]);
                    if (Math.Abs(change) > MetricTolerance * axes[i].Length * axes[j].Length)
                    {
                        findings.Add(new Finding(CrystalFindings.SymmetryCellMismatch, $"'{SymmetryTriplet.Format(w)}' does not fit the cell"));
                        return false;
                    }
                }
            }
        }

        return true;
    }

    // Generators are collected until their products reach every operation; the set is a group when no product leaves it.
    private static bool IsGroup(
        List<SymmetryOperation> operations, Dictionary<OperationKey, int> indices, int line, ICollection<Finding> findings)
    {
        var reached = new bool[operations.Count];
        var order = new List<int>(operations.Count);
        var generators = new List<int>();
        for (int candidate = 0; candidate < operations.Count; candidate++)
        {
            if (reached[candidate])
                continue;
            reached[candidate] = true;
            order.Add(candidate);
            generators.Add(candidate);
            for (int i = 0; i < order.Count; i++)
            {
                foreach (int generator in generators)
                {
                    SymmetryOperation product = SymmetryOperation.Compose(operations[generator], operations[order[i]]);
                    if (!OperationKey.Of(product).TryFindIn(indices, out int index))
                    {
                        findings.Add(new Finding(CrystalFindings.SymmetryNotAGroup, line, 0,
                            $"'{SymmetryTriplet.Format(operations[generator])}' after "
                            + $"'{SymmetryTriplet.Format(operations[order[i]])}' is not listed"));
                        return false;
                    }

                    if (reached[index])
                        continue;
                    reached[index] = true;
                    order.Add(index);
                }
            }
        }

        return true;
    }

    private static bool TryGetOperations(CifBlock block, out CifColumn column)
    {
        foreach (string name in CifNames.Operations)
        {
            if (block.TryGetColumn(name, out column) && column.Count > 0 && !column[0].IsMissing)
                return true;
        }

        column = default;
        return false;
    }

    private static bool IsTriclinicP1(StructureMetadata metadata)
    {
        string symbol = metadata.SpaceGroup.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return symbol is "P1" or "p1" || (symbol.Length == 0 && metadata.SpaceGroupNumber == 1);
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60];

    /// <summary>An operation for comparison: the matrix packed, the translation in steps of 1/1440, neighbors of which also match.</summary>
    private readonly record struct OperationKey(long Matrix, int T1, int T2, int T3)
    {
        private const int Steps = 1440;

        public static OperationKey Of(SymmetryOperation w)
        {
            long matrix = 0;
            ReadOnlySpan<int> entries = [w.W11, w.W12, w.W13, w.W21, w.W22, w.W23, w.W31, w.W32, w.W33];
            foreach (int entry in entries)
                matrix = matrix * 64 + entry + 32;
            return new OperationKey(matrix, Step(w.T1), Step(w.T2), Step(w.T3));
        }

        public bool TryFindIn(Dictionary<OperationKey, int> indices, out int index)
        {
            if (indices.TryGetValue(this, out index))
                return true;
            for (int neighbor = 0; neighbor < 27; neighbor++)
            {
                var key = new OperationKey(
                    Matrix, Moved(T1, neighbor % 3 - 1), Moved(T2, neighbor / 3 % 3 - 1), Moved(T3, neighbor / 9 - 1));
                if (indices.TryGetValue(key, out index))
                    return true;
            }

            return false;
        }

        private static int Step(double translation) => Moved((int)Math.Round(translation * Steps), 0);

        private static int Moved(int step, int by) => (step + by + Steps) % Steps;
    }
}
