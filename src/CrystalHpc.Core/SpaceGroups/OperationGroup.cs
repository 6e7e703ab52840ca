namespace CrystalHpc.Core.SpaceGroups;

/// <summary>Generates groups of symmetry operations, modulo the lattice of the cell.</summary>
public static class OperationGroup
{
    // The largest group of a conventional cell has 192 operations; changed cells may hold a few times as many.
    private const int MaximumOrder = 1024;

    /// <summary>All products of the generators, the identity first; null when they are too many or leave the grid of 1/24.</summary>
    public static SymmetryOperation[]? Generate(IEnumerable<SymmetryOperation> generators)
    {
        var operations = new List<SymmetryOperation> { SymmetryOperation.Identity };
        _ = OperationCode.TryEncode(SymmetryOperation.Identity, out ulong identity);
        var known = new HashSet<ulong> { identity };
        var exact = new List<SymmetryOperation>();
        foreach (SymmetryOperation generator in generators)
        {
            if (!OperationCode.TrySnap(generator, out SymmetryOperation snapped, out _))
                return null;
            exact.Add(snapped);
        }

        for (int i = 0; i < operations.Count; i++)
        {
            foreach (SymmetryOperation generator in exact)
            {
                if (!OperationCode.TrySnap(SymmetryOperation.Compose(generator, operations[i]), out SymmetryOperation product,
                    out ulong code))
                    return null;
                if (!known.Add(code))
                    continue;
                if (operations.Count == MaximumOrder)
                    return null;
                operations.Add(product);
            }
        }

        return [.. operations];
    }
}
