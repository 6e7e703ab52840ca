using System.Text.Json;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>Pieces of work that do not wait for one another, such as trainings, side by side on teams of ranks.</summary>
public static class TeamWork
{
    /// <summary>Does pieces of work; what they yield is the same on any number of ranks. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="pieces">Number of pieces, one at least.</param>
    /// <param name="work">Does a piece over the ranks of a team; all of them return the same.</param>
    /// <returns>What each piece yields, on all ranks.</returns>
    public static T[] Run<T>(Job job, int pieces, Func<int, Job, T> work)
    {
        using var team = new Team(job, pieces);
        var results = new byte[pieces][];
        job.World.Together(() =>
        {
            foreach (int piece in team.Pieces)
                results[piece] = JsonSerializer.SerializeToUtf8Bytes(work(piece, team.Job));
        });

        // From the first rank of the team that has done it.
        return [.. results.Select((own, piece) => JsonSerializer.Deserialize<T>(job.World.BroadcastBytes(own ?? [], piece % team.Count))!)];
    }
}
