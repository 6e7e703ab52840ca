using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Values of a frame that an output format may have no place for.</summary>
[Flags]
internal enum FrameParts
{
    None = 0,
    Cell = 1,
    Periodicity = 2,
    Energy = 4,
    Forces = 8,
    Stress = 16,
}

/// <summary>Tells which values of a frame an output format has no place for.</summary>
internal static class LeftOut
{
    private const double FullOccupancy = 0.999;

    /// <summary>True, with a finding, when the frame has sites that are partly occupied: without occupancies they would be atoms.</summary>
    public static bool HasPartialOccupancy(AtomFrame frame, ICollection<Finding> findings)
    {
        if (frame.Array<double>("occupancy") is not { } occupancy || occupancy.Values.All(value => value >= FullOccupancy))
            return false;
        findings.Add(new Finding(StructureFileFindings.NotWritten, "sites are partly occupied, and the format knows whole atoms only"));
        return true;
    }

    /// <summary>Reports the values that the frame has and the format lacks, with its other arrays and properties but those named.</summary>
    public static void Report(AtomFrame frame, FrameParts lacking, ICollection<Finding> findings, params ReadOnlySpan<string> written)
    {
        var names = new List<string>();
        Add(names, "the cell", lacking.HasFlag(FrameParts.Cell) && frame.Cell is not null);
        Add(names, $"the periodicity {frame.Periodicity}", lacking.HasFlag(FrameParts.Periodicity)
            && frame.Periodicity != Periodicity.Crystal);
        Add(names, "the energy", lacking.HasFlag(FrameParts.Energy) && frame.EnergyElectronVolt is not null);
        Add(names, "forces", lacking.HasFlag(FrameParts.Forces) && frame.ForcesElectronVoltPerAngstrom is not null);
        Add(names, "the stress", lacking.HasFlag(FrameParts.Stress) && frame.StressElectronVoltPerCubicAngstrom is not null);
        foreach (string name in frame.Arrays.Select(array => array.Name).Concat(frame.Properties.Select(property => property.Name)))
            Add(names, name, !written.Contains(name));
        if (names.Count > 0)
            findings.Add(new Finding(StructureFileFindings.ValueNotWritten, $"the format has no place for {string.Join(", ", names)}"));
    }

    private static void Add(List<string> names, string name, bool isLeftOut)
    {
        if (isLeftOut)
            names.Add(name);
    }
}
