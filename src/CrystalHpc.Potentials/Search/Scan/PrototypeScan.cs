using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Search.Prototypes;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Search.Scan;

/// <summary>All decorated structure types as a search that breeds nothing.</summary>
internal sealed class PrototypeScan : IStructureSource
{
    // Decorations nearer to one another than this would relax to the same.
    private static readonly MatchTolerance Alike = new(Length: 0.02, Site: 0.02, AngleDegrees: 0.5, ScalesVolume: true);

    private readonly List<Individual> _starts = [];

    /// <summary>
    /// Decorates structure types with the elements of a scan; those that come out the same are kept once, under the first name.
    /// </summary>
    public PrototypeScan(ScanOptions options, IEnumerable<Prototype> prototypes)
    {
        Element[] elements = options.Species;
        var bonds = new BondLengths(elements, options.BondAngstrom);
        var families = new StructureFamilies(Alike);
        foreach (Prototype prototype in prototypes
            .Where(type => type.Kinds.Length <= options.MostElements && type.Frame.AtomCount <= options.MostAtoms))
        {
            foreach (AtomFrame frame in Decoration.Of(prototype, elements, bonds))
            {
                if (frame.ToMatchable() is { } structure && families.Add(structure) == _starts.Count)
                    _starts.Add(new Individual(_starts.Count, prototype.Name, [], frame));
            }
        }
    }

    /// <summary>Number of structures.</summary>
    public int Count => _starts.Count;

    /// <inheritdoc/>
    public Individual Make(int number) => _starts[number];

    /// <inheritdoc/>
    public void Take(Individual structure)
    {
    }
}
