using System.Text;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Steps that all ranks take together: when one fails for a reason the user can fix, all of them stop, in good order, for that reason.
/// </summary>
public static class Collective
{
    /// <summary>
    /// Every rank does its part. When some throw <see cref="UserException"/>, all ranks throw that of the lowest of them.
    /// </summary>
    public static void Together(this ICommunicator world, Action part)
    {
        UserException? failure = null;
        try
        {
            part();
        }
        catch (UserException mine)
        {
            failure = mine;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            failure = UserException.Unusable(fault.Message.ReplaceLineEndings(" "));
        }

        // What went wrong counts for more than that some rank was stopped.
        int none = 2 * world.Size;
        int failed = world.Allreduce(failure is null ? none : failure.Code == ExitCode.Stopped ? world.Size + world.Rank : world.Rank,
            ReduceOperation.Min);
        if (failed == none)
            return;
        failed %= world.Size;
        int code = (int)(failure?.Code ?? ExitCode.Fault);
        world.Broadcast(new Span<int>(ref code), failed);
        string message = Encoding.UTF8.GetString(world.BroadcastBytes(Encoding.UTF8.GetBytes(failure?.Message ?? ""), failed));
        throw new UserException((ExitCode)code, message);
    }

    /// <summary>Rank 0 does something and all ranks get the bytes it returns.</summary>
    public static byte[] OnRankZero(this ICommunicator world, Func<byte[]> work)
    {
        byte[] result = [];
        world.Together(() => result = world.Rank == 0 ? work() : []);
        return world.BroadcastBytes(result, 0);
    }

    /// <summary>Rank 0 does something while the others wait.</summary>
    public static void OnRankZero(this ICommunicator world, Action work) => world.Together(() =>
    {
        if (world.Rank == 0)
            work();
    });
}
