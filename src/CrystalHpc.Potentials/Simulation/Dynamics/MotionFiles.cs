using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Potentials.Simulation.Dynamics;

/// <summary>
/// The files of a motion: a table and a trajectory that grow, and a state beside them. What was written after the last state is cut off
/// when the motion goes on, so that a motion that was killed leaves the same bytes as one that was not.
/// </summary>
internal sealed class MotionFiles : IDisposable
{
    private readonly SealedState _state;
    private readonly FileStream _table, _trajectory;

    private MotionFiles(SealedState state, FileStream table, FileStream trajectory)
        => (_state, _table, _trajectory) = (state, table, trajectory);

    /// <summary>Opens the files of a folder; null where it holds another motion.</summary>
    /// <param name="folder">The folder, which is ours.</param>
    /// <param name="belongsTo">All that decides the motion.</param>
    /// <param name="state">The state that the motion stopped in, see <see cref="DynamicsState.Load"/>; empty where it begins.</param>
    public static MotionFiles? Open(string folder, string belongsTo, out byte[] state)
    {
        string path = Path.Combine(folder, "motion.state");
        var saved = new SealedState(path, belongsTo);
        state = saved.Read(out bool isDamaged);
        if (state.Length == 0 && !isDamaged && File.Exists(path))
            return null;
        (long table, long trajectory) = state.Length > 0 ? (BitConverter.ToInt64(state), BitConverter.ToInt64(state, sizeof(long))) : (0,
            0);
        state = state.Length > 0 ? state[(2 * sizeof(long))..] : state;
        return new MotionFiles(saved, OpenAt(Path.Combine(folder, "dynamics.csv"), table),
            OpenAt(Path.Combine(folder, "trajectory.extxyz"), trajectory));
    }

    /// <summary>Adds a moment.</summary>
    public void Add(DynamicsRow row, AtomFrame frame)
    {
        using var text = new MemoryStream();
        Csv.Write(text, [row]);
        byte[] lines = text.ToArray();

        // The heading stands there once.
        int first = _table.Length == 0 ? 0 : Array.IndexOf(lines, (byte)'\n') + 1;
        _table.Write(lines.AsSpan(first));
        using var writer = new StreamWriter(_trajectory, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        StructureFile.CreateWriter(writer, StructureFormat.ExtendedXyz, null).Write(frame, new List<Finding>());
    }

    /// <summary>Saves a state: the motion goes on from here.</summary>
    public void Save(DynamicsState state)
    {
        _table.Flush(flushToDisk: true);
        _trajectory.Flush(flushToDisk: true);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(_table.Length);
        writer.Write(_trajectory.Length);
        state.Save(writer);
        writer.Flush();
        _state.Write(bytes.ToArray());
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _table.Dispose();
        _trajectory.Dispose();
    }

    private static FileStream OpenAt(string path, long length)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(length);
        file.Seek(0, SeekOrigin.End);
        return file;
    }
}
