using System.Diagnostics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Search;

/// <summary>
/// An evolutionary search over the ranks of a job. Structure n is bred from the population as it stood after structure n - W, whichever rank relaxes it and whenever
/// it ends: no rank waits for the slowest of a generation, and the search is the same on any number of ranks. Rank 0 breeds, and relaxes as well.
/// </summary>
internal sealed class EvolutionarySearch
{
    private static readonly TimeSpan BetweenServings = TimeSpan.FromMilliseconds(1);

    private readonly Job _job;
    private readonly SearchOptions _options;
    private readonly IEnergyModel _model;
    private readonly RelaxationOptions _relaxation;
    private readonly Breeder _breeder;
    private readonly RelaxationCrew _crew;
    private readonly Dictionary<int, Individual> _bred = [], _relaxed = [];

    /// <summary>Prepares a search.</summary>
    public EvolutionarySearch(Job job, SearchOptions options, IEnergyModel model)
    {
        (_job, _options, _model) = (job, options, model);
        var bonds = new BondLengths([.. options.Species!.Distinct()], options.BondAngstrom);
        (_breeder, Population) = (new Breeder(options, bonds), new Population(options.Population, bonds));
        _crew = new RelaxationCrew(job, bred => Relax(bred, null));
        _relaxation = new RelaxationOptions
        {
            LargestForceElectronVoltPerAngstrom = options.LargestForceElectronVoltPerAngstrom, MostSteps = options.MostSteps,
            PressureElectronVoltPerCubicAngstrom = options.PressureGigapascal / Units.GigapascalPerElectronVoltPerCubicAngstrom,
        };
    }

    /// <summary>The structures that are bred from.</summary>
    public Population Population { get; }

    /// <summary>Searches. A collective call.</summary>
    /// <param name="past">Structures of before; rank 0 alone has them.</param>
    /// <param name="onStructure">Told each new structure in order, on rank 0; false ends the search.</param>
    public void Run(IReadOnlyList<Individual> past, Func<Individual, bool> onStructure)
    {
        if (_job.IsRoot)
            Lead(past, onStructure);
        else
            _crew.Follow();
    }

    private void Lead(IReadOnlyList<Individual> past, Func<Individual, bool> onStructure)
    {
        for (int number = 0; number < Math.Min(_options.Window, _options.Structures); number++)
            _bred[number] = _breeder.Make(number, Population);
        foreach (Individual structure in past)
            Take(structure);
        long served = 0;
        (int next, int known, bool goesOn) = (past.Count, past.Count, true);
        while (goesOn && known < _options.Structures)
        {
            Serve();
            if (_bred.TryGetValue(next, out Individual? own))
            {
                next++;
                _relaxed[own.Number] = Relax(own, ServeAtTimes);
            }
            else if (!_relaxed.ContainsKey(known) && _crew.Take(wait: true) is { } relaxed)
            {
                _relaxed[relaxed.Number] = relaxed;
            }

            for (; goesOn && _relaxed.Remove(known, out Individual? structure); known++)
            {
                Take(structure);
                goesOn = onStructure(structure);
            }
        }

        _crew.Dismiss();

        void Serve()
        {
            while (_crew.Take(wait: false) is { } relaxed)
                _relaxed[relaxed.Number] = relaxed;
            for (; _crew.CanTake && _bred.TryGetValue(next, out Individual? task); next++)
                _crew.Give(task);
        }

        // Asking for messages costs as much as a step of a small particle.
        void ServeAtTimes()
        {
            if (Stopwatch.GetElapsedTime(served) < BetweenServings)
                return;
            Serve();
            served = Stopwatch.GetTimestamp();
        }
    }

    private void Take(Individual structure)
    {
        Population.Add(structure);
        _bred.Remove(structure.Number);
        int child = structure.Number + _options.Window;
        if (child < _options.Structures)
            _bred[child] = _breeder.Make(child, Population);
    }

    private Individual Relax(Individual bred, Action? onStep)
    {
        RelaxedStructure? found = StructureRelaxation.Relax(_model, bred.Frame, _relaxation, out string? problem, onStep is null ? null : _ => onStep());
        if (found is null || !double.IsFinite(found.Energy.EnergyElectronVolt))
            return bred with { Problem = problem ?? "its energy is not finite" };
        AtomFrame frame = found.Frame with { ForcesElectronVoltPerAngstrom = null, StressElectronVoltPerCubicAngstrom = null };
        double volume = frame.Cell is { } cell ? Math.Abs(cell.Volume) : 0;
        return bred with { Frame = frame, Enthalpy = found.Energy.EnergyElectronVolt + _relaxation.PressureElectronVoltPerCubicAngstrom * volume };
    }
}
