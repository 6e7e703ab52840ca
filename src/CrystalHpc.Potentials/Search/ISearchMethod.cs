namespace CrystalHpc.Potentials.Search;

/// <summary>
/// Decides what the structures of a search are. Structure n is asked for once the structures up to n - W have been told, in their order:
/// what it is follows from them and its number alone.
/// </summary>
internal interface IStructureSource
{
    /// <summary>Makes a structure.</summary>
    Individual Make(int number);

    /// <summary>Is told a structure that was relaxed, or that could not be.</summary>
    void Take(Individual structure);
}

/// <summary>A source that keeps what is worth it.</summary>
internal interface ISearchMethod : IStructureSource
{
    /// <summary>What it has found worth keeping, the best first.</summary>
    IEnumerable<Individual> Best { get; }
}
