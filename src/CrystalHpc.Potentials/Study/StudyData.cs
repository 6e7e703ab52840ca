using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Potentials.Data;

namespace CrystalHpc.Potentials.Study;

/// <summary>The structures of a configuration by the number of their atoms; the most frequent number is what the study trains on.</summary>
internal sealed class StudyData
{
    // Sizes of one class differ by no more than this factor: cells with and without vacancies.
    private const double SameSize = 1.1;

    /// <summary>Reads and tells the structures.</summary>
    public StudyData(Job job, PotentialOptions options)
    {
        FrameData data = FrameData.Read(options.Data, options.ReaderOptions);
        DataSummary.Tell(job, data);
        Frames = data.Frames;
        Size = Frames.CountBy(frame => frame.Frame.AtomCount).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key)
            .First().Key;
        Cells = [.. Frames.Where(frame => frame.Frame.AtomCount == Size)];
        if (Enum.GetValues<SplitPart>().Any(part => In(Cells, part).Length == 0))
            throw UserException.Unusable(FormattableString.Invariant(
                $"the structures of {Size} atoms are too few: a part of the split is empty"));
    }

    /// <summary>All structures.</summary>
    public IReadOnlyList<LabelledFrame> Frames { get; }

    /// <summary>The most frequent number of atoms.</summary>
    public int Size { get; }

    /// <summary>The structures of that size.</summary>
    public LabelledFrame[] Cells { get; }

    /// <summary>Those of a part of the split.</summary>
    public static LabelledFrame[] In(IEnumerable<LabelledFrame> frames, SplitPart part) => [.. frames.Where(frame => frame.Part == part)];

    /// <summary>
    /// Classes of sizes with their names: the most frequent number of atoms for itself, the others where they are close to one another.
    /// </summary>
    public IEnumerable<(string Name, HashSet<int> Sizes)> SizeClasses()
    {
        int[] sizes = [.. Frames.Select(frame => frame.Frame.AtomCount).Distinct().Order()];
        for (int first = 0, end; first < sizes.Length; first = end)
        {
            end = first + 1;
            while (end < sizes.Length && sizes[first] != Size && sizes[end] != Size && sizes[end] <= SameSize * sizes[first])
                end++;
            yield return (sizes[first] == sizes[end - 1] ? FormattableString.Invariant($"{sizes[first]}")
                : FormattableString.Invariant($"{sizes[first]}-{sizes[end - 1]}"), [.. sizes[first..end]]);
        }
    }
}
