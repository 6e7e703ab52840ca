using System.Diagnostics;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Potentials.Search;

/// <summary>
/// Makes and relaxes structures over the ranks of a job. Structure n follows from the structures up to n - W, whichever rank relaxes it and
/// whenever it ends: no rank waits for the slowest
/// of a generation, and the search is the same on any number of ranks. Rank 0 makes structures, and relaxes as well.
/// </summary>
internal sealed class StructureSearch
{
    private static readonly TimeSpan BetweenServings = TimeSpan.FromMilliseconds(1);

    private readonly Job _job;
    private readonly IStructureSource _method;
    private readonly Relaxer _relaxer;
    private readonly RelaxationCrew _crew;
    private readonly (int Structures, int Window) _size;
    private readonly Dictionary<int, Individual> _made = [], _relaxed = [];

    /// <summary>Prepares a search.</summary>
    /// <param name="job">The job.</param>
    /// <param name="method">What the structures are; asked on rank 0.</param>
    /// <param name="relaxer">Relaxes them, on each rank.</param>
    /// <param name="structures">Their number.</param>
    /// <param name="window">A structure follows from those so many before.</param>
    public StructureSearch(Job job, IStructureSource method, Relaxer relaxer, int structures, int window)
    {
        (_job, _method, _relaxer, _size) = (job, method, relaxer, (structures, window));
        _crew = new RelaxationCrew(job, structure => relaxer.Relax(structure));
    }

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
        for (int number = 0; number < Math.Min(_size.Window, _size.Structures); number++)
            _made[number] = _method.Make(number);
        foreach (Individual structure in past)
            Take(structure);
        long served = 0;
        (int next, int known, bool goesOn) = (past.Count, past.Count, true);
        while (goesOn && known < _size.Structures)
        {
            Serve();
            if (_made.TryGetValue(next, out Individual? own))
            {
                next++;
                _relaxed[own.Number] = _relaxer.Relax(own, ServeAtTimes);
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
            for (; _crew.CanTake && _made.TryGetValue(next, out Individual? task); next++)
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
        _method.Take(structure);
        _made.Remove(structure.Number);
        int child = structure.Number + _size.Window;
        if (child < _size.Structures)
            _made[child] = _method.Make(child);
    }
}
