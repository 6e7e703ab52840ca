using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Data;

/// <summary>
/// Keys by which structures are split. The i-th structure, from 0, of the only structure file in a folder has <c>FOLDER:i</c>, any other
/// <c>FOLDER/FILE:i</c>. Structures of a file with equal composition and energy per atom (to 1e-5 eV) share the key of the first, so that
/// near copies stay together.
/// </summary>
internal static class FrameKeys
{
    private const double SameEnergyElectronVolt = 1e-5;

    /// <summary>Gives the structures of a file their keys.</summary>
    public static List<LabelledFrame> Assign(string path, List<LabelledFrame> frames)
    {
        string full = Path.GetFullPath(path), folder = Path.GetFileName(Path.GetDirectoryName(full)!);
        bool isOnly = Directory.EnumerateFiles(Path.GetDirectoryName(full)!)
            .Count(file => StructureFile.FormatOfFile(file) is not null) <= 1;
        if (isOnly)
            return [.. frames.Select(frame => frame with { Key = FormattableString.Invariant($"{folder}:{frame.Number}") })];
        var keyed = new List<LabelledFrame>();
        var firsts = new Dictionary<string, List<(double Energy, int Number)>>();
        foreach (LabelledFrame frame in frames)
        {
            if (!firsts.TryGetValue(frame.Composition, out List<(double Energy, int Number)>? known))
                firsts[frame.Composition] = known = [];
            int same = known.FindIndex(entry => Math.Abs(entry.Energy - frame.EnergyPerAtom) <= SameEnergyElectronVolt);
            if (same < 0)
                known.Add((frame.EnergyPerAtom, frame.Number));
            keyed.Add(frame with { Key =
                FormattableString.Invariant($"{folder}/{Path.GetFileName(full)}:{(same < 0 ? frame.Number : known[same].Number)}") });
        }

        return keyed;
    }
}
