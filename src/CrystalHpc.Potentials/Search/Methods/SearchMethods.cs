using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search.Evolution;
using CrystalHpc.Potentials.Search.Starts;

namespace CrystalHpc.Potentials.Search.Methods;

/// <summary>Puts a search together as its options say.</summary>
internal static class SearchMethods
{
    /// <summary>A search and what decides its structures.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">The search.</param>
    /// <param name="model">What gives energies.</param>
    /// <param name="files">The structures of its files; needed on rank 0.</param>
    public static (StructureSearch Search, ISearchMethod Method) Create(Job job, SearchOptions options, IEnergyModel model,
        IReadOnlyList<AtomFrame> files)
    {
        var bonds = new BondLengths([.. options.Species!.Distinct()], options.BondAngstrom);
        var starts = new StructureStarts(options, bonds, files);
        ISearchMethod method = options.Way switch
        {
            SearchWay.Evolution => new EvolutionarySearch(options, starts, bonds),
            SearchWay.BasinHopping => new BasinHopping(options, starts, bonds),
            _ => new StartsAlone(options, starts),
        };
        var annealing = new Annealing(model, options, bonds);
        var relaxer = new Relaxer(model, Relaxer.OptionsOf(options), options.Way == SearchWay.MonteCarlo ? annealing.Run : null);
        return (new StructureSearch(job, method, relaxer, options.Structures, options.Window), method);
    }
}
