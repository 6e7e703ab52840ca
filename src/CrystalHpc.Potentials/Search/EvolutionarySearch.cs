using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;
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
    private const int TaskTag = 71, ResultTag = 72;

    private readonly Job _job;
    private readonly SearchOptions _options;
    private readonly IEnergyModel _model;
    private readonly RelaxationOptions _relaxation;
    private readonly Breeder _breeder;
    private readonly Dictionary<int, Individual> _bred = [], _relaxed = [];

    /// <summary>Prepares a search.</summary>
    public EvolutionarySearch(Job job, SearchOptions options, IEnergyModel model)
    {
        (_job, _options, _model) = (job, options, model);
        var bonds = new BondLengths([.. options.Species!.Distinct()], options.BondAngstrom);
        (_breeder, Population) = (new Breeder(options, bonds), new Population(options.Population, bonds));
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
            Follow();
    }

    private void Lead(IReadOnlyList<Individual> past, Func<Individual, bool> onStructure)
    {
        for (int number = 0; number < Math.Min(_options.Window, _options.Structures); number++)
            _bred[number] = _breeder.Make(number, Population);
        foreach (Individual structure in past)
            Take(structure);
        (int next, int known, bool goesOn) = (past.Count, past.Count, true);
        var idle = new Queue<int>();
        while (goesOn && known < _options.Structures)
        {
            while (_job.World.ImmediateProbe(ICommunicator.AnySource, ResultTag) is { } waiting)
                Receive(waiting, idle);
            for (; idle.Count > 0 && _bred.TryGetValue(next, out Individual? task); next++)
                _job.World.Send<byte>(SearchLog.Write(task), idle.Dequeue(), TaskTag);
            if (_bred.TryGetValue(next, out Individual? own))
            {
                next++;
                _relaxed[own.Number] = Relax(own);
            }
            else if (!_relaxed.ContainsKey(known))
            {
                Receive(_job.World.Probe(ICommunicator.AnySource, ResultTag), idle);
            }

            for (; goesOn && _relaxed.Remove(known, out Individual? structure); known++)
            {
                Take(structure);
                goesOn = onStructure(structure);
            }
        }

        Dismiss(idle);
    }

    private void Take(Individual structure)
    {
        Population.Add(structure);
        _bred.Remove(structure.Number);
        int child = structure.Number + _options.Window;
        if (child < _options.Structures)
            _bred[child] = _breeder.Make(child, Population);
    }

    // An empty message is that of a rank that comes for its first task.
    private void Receive(MessageStatus waiting, Queue<int> idle)
    {
        byte[] bytes = new byte[waiting.Count<byte>()];
        _job.World.Receive<byte>(bytes, waiting.Source, ResultTag);
        idle.Enqueue(waiting.Source);
        if (bytes.Length == 0)
            return;
        Individual structure = SearchLog.Read(bytes);
        _relaxed[structure.Number] = structure;
    }

    private void Dismiss(Queue<int> idle)
    {
        while (idle.Count < _job.World.Size - 1)
            Receive(_job.World.Probe(ICommunicator.AnySource, ResultTag), idle);
        foreach (int rank in idle)
            _job.World.Send<byte>([], rank, TaskTag);
    }

    private void Follow()
    {
        _job.World.Send<byte>([], 0, ResultTag);
        while (true)
        {
            byte[] bytes = new byte[_job.World.Probe(0, TaskTag).Count<byte>()];
            _job.World.Receive<byte>(bytes, 0, TaskTag);
            if (bytes.Length == 0)
                return;
            _job.World.Send<byte>(SearchLog.Write(Relax(SearchLog.Read(bytes))), 0, ResultTag);
        }
    }

    private Individual Relax(Individual bred)
    {
        RelaxedStructure? found = StructureRelaxation.Relax(_model, bred.Frame, _relaxation, out string? problem);
        if (found is null || !double.IsFinite(found.Energy.EnergyElectronVolt))
            return bred with { Problem = problem ?? "its energy is not finite" };
        AtomFrame frame = found.Frame with { ForcesElectronVoltPerAngstrom = null, StressElectronVoltPerCubicAngstrom = null };
        double volume = frame.Cell is { } cell ? Math.Abs(cell.Volume) : 0;
        return bred with { Frame = frame, Enthalpy = found.Energy.EnergyElectronVolt + _relaxation.PressureElectronVoltPerCubicAngstrom * volume };
    }
}
