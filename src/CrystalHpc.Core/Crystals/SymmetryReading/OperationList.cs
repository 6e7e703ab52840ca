using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>The symmetry operations that a data block lists, as far as they can be read.</summary>
/// <param name="Operations">The readable operations, each once.</param>
/// <param name="Problem">What keeps them from being a group to rely on; null when nothing does.</param>
internal sealed record OperationList(IReadOnlyList<SymmetryOperation> Operations, Finding? Problem)
{
    // The largest group modulo its conventional lattice has 192 operations; odd settings multiply the cell a few times.
    private const int MaximumOperations = 1024;

    /// <summary>
    /// Reads the list; null when the block has none. Of magnetic operations, time reversal is left out: it moves no atom.
    /// </summary>
    /// <param name="block">The data block.</param>
    /// <param name="asWritten">True to take any three combinations of x, y, z for an operation, and any set of them for a group.</param>
    /// <param name="findings">Receives what was repaired; the problem, if any, is left to the caller.</param>
    public static OperationList? Read(CifBlock block, bool asWritten, ICollection<Finding> findings)
    {
        if (TryGetColumn(block, CifNames.Operations, out CifColumn column))
        {
            OperationList list = ReadColumn(column, asWritten, findings);
            if (list.Problem?.Code == CrystalFindings.SymmetryUnreadable
                && UnquotedOperations.Read(block, column) is { Count: <= MaximumOperations } lines)
            {
                findings.Add(new Finding(CrystalFindings.SymmetryUnquoted, column[0].Line, column[0].Column, $"{lines.Count} lines"));
                list = new OperationList([.. lines.DistinctBy(OperationKey.Of)], null);
            }

            return Checked(list, column[0].Line, asWritten, findings);
        }

        if (!TryGetColumn(block, CifNames.MagneticOperations, out column))
            return null;
        OperationList magnetic = ReadColumn(column, asWritten, findings);
        if (magnetic.Problem is null && TryGetColumn(block, CifNames.MagneticCenterings, out CifColumn centerings))
        {
            OperationList translations = ReadColumn(centerings, asWritten, findings);
            magnetic = new OperationList(
                [.. translations.Operations.SelectMany(_ => magnetic.Operations, SymmetryOperation.Compose).DistinctBy(OperationKey.Of)],
                translations.Problem);
        }

        return Checked(magnetic, column[0].Line, asWritten, findings);
    }

    private static OperationList ReadColumn(CifColumn column, bool asWritten, ICollection<Finding> findings)
    {
        if (column.Count > MaximumOperations)
            return new OperationList([], new Finding(CrystalFindings.SymmetryTooMany, column[0].Line, 0, $"{column.Count} operations"));
        var operations = new List<SymmetryOperation>(column.Count);
        var known = new HashSet<OperationKey>(column.Count);
        Finding? problem = null;
        for (int row = 0; row < column.Count; row++)
        {
            CifValue value = column[row];
            ReadOnlySpan<byte> text = WithoutTimeReversal(value.Bytes);
            if (!(SymmetryTriplet.TryParse(text, out SymmetryOperation operation)
                || (asWritten && SymmetryTriplet.TryParseAnyMatrix(text, out operation))))
                problem ??= new Finding(CrystalFindings.SymmetryUnreadable, value.Line, value.Column, $"'{Shortened(value.Text)}'");
            else if (known.Add(OperationKey.Of(operation)))
                operations.Add(operation);
            else
                findings.Add(new Finding(CrystalFindings.SymmetryDuplicate, value.Line, value.Column, $"'{value.Text}'"));
        }

        return new OperationList(operations, problem);
    }

    // Adds the identity where it is missing and makes sure that the operations are a group.
    private static OperationList Checked(OperationList list, int line, bool asWritten, ICollection<Finding> findings)
    {
        if (list.Problem is not null)
            return list;
        List<SymmetryOperation> operations = [.. list.Operations];
        var keys = new Dictionary<OperationKey, int>(operations.Count);
        foreach (SymmetryOperation operation in operations)
            keys.TryAdd(OperationKey.Of(operation), keys.Count);
        if (!asWritten && keys.TryAdd(OperationKey.Of(SymmetryOperation.Identity), operations.Count))
        {
            findings.Add(new Finding(CrystalFindings.SymmetryIdentityMissing, line, 0, $"{operations.Count} other operations"));
            operations.Add(SymmetryOperation.Identity);
        }

        string? missing = MissingProduct(operations, keys);
        if (asWritten && missing is not null)
        {
            findings.Add(new Finding(CrystalFindings.SymmetryAsWritten, line, 0, $"no group: {missing}"));
            return new OperationList(operations, null);
        }

        return new OperationList(
            operations, missing is null ? null : new Finding(CrystalFindings.SymmetryNotAGroup, line, 0, missing));
    }

    // A fourth part +1 or -1 says whether time is reversed.
    private static ReadOnlySpan<byte> WithoutTimeReversal(ReadOnlySpan<byte> text) =>
        text.Count((byte)',') == 3 && text[(text.LastIndexOf((byte)',') + 1)..].Trim(" '\""u8)
            is [(byte)'+' or (byte)'-', (byte)'1'] or [(byte)'1']
            ? text[..text.LastIndexOf((byte)',')]
            : text;

    // Generators are collected until their products reach every operation; the set is a group when no product leaves it.
    private static string? MissingProduct(List<SymmetryOperation> operations, Dictionary<OperationKey, int> indices)
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
                        return $"'{SymmetryTriplet.Format(operations[generator])}' after "
                            + $"'{SymmetryTriplet.Format(operations[order[i]])}' is not listed";
                    }


                    if (reached[index])
                        continue;
                    reached[index] = true;
                    order.Add(index);
                }
            }
        }

        return null;
    }

    private static bool TryGetColumn(CifBlock block, string[] names, out CifColumn column)
    {
        foreach (string name in names)
        {
            if (block.TryGetColumn(name, out column) && column.Count > 0 && !column[0].IsMissing)
                return true;
        }

        column = default;
        return false;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60];

    /// <summary>
    /// An operation for comparison: the matrix packed, the translation in steps of 1/1440, neighbors of which also match.
    /// </summary>
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
