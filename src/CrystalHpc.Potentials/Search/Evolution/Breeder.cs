using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Search.Operators;
using CrystalHpc.Potentials.Search.Starts;

namespace CrystalHpc.Potentials.Search.Evolution;

/// <summary>
/// Makes the structures of a search: the first at random, the others from the population. What it makes follows from seed, number and
/// population alone.
/// </summary>
/// <param name="options">The search.</param>
/// <param name="starts">Structures without parents.</param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class Breeder(SearchOptions options, StructureStarts starts, BondLengths bonds)
{
    // Shares of the operators; new random structures go on coming.
    private const double Splice = 0.55, Surface = 0.2, Swap = 0.1, Fresh = 0.03;

    private readonly Element[] _elements = [.. options.Species!.Distinct()];

    /// <summary>Makes a structure.</summary>
    public Individual Make(int number, Population population)
    {
        var random = new SearchRandom((ulong)options.Seed, number);
        Individual? mother = number < options.Population ? null : population.Draw(random);
        double choice = random.Between(0, 1);
        if (mother is null || choice < Fresh)
            return starts.Make(number, random);
        bool isCrystal = options.Kind == SearchKind.Crystal, isAlloy = _elements.Length > 1;
        choice -= Fresh;
        if (choice < Splice)
        {
            Individual father = population.Draw(random)!;
            return new Individual(number, "splice", [mother.Number, father.Number],
                CutAndSplice.Make(mother.Frame, father.Frame, random, options.FreeComposition));
        }

        choice -= Splice;
        (string name, AtomFrame child) = choice switch
        {
            < Surface when isCrystal => ("strain", Mutations.Strain(mother.Frame, random)),
            < Surface => ("surface", Mutations.MoveOnSurface(mother.Frame, bonds, random)),
            < Surface + Swap when isAlloy && options.FreeComposition && random.Below(2) == 0 =>
                ("transmutation", Mutations.Transmute(mother.Frame, _elements, random)),
            < Surface + Swap when isAlloy => ("exchange", Mutations.Exchange(mother.Frame, random)),
            _ => ("rattle", Mutations.Rattle(mother.Frame, bonds, random)),
        };
        return new Individual(number, name, [mother.Number], child);
    }
}
