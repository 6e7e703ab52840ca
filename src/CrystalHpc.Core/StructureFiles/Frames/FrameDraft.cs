using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// A frame while it is read, in the units of the file, until it is complete or refused. Only the first reason for refusal is kept.
/// </summary>
internal sealed class FrameDraft
{
    private readonly int _line;
    private readonly FrameUnits _units;
    private readonly List<Finding> _findings = [];
    private Finding? _refusal;

    /// <summary>A frame that begins at a line.</summary>
    public FrameDraft(int line, FrameUnits? units = null) => (_line, _units) = (line, units ?? FrameUnits.ElectronVoltAngstrom);

    public FrameUnits Units => _units;

    public List<Element> Species { get; } = [];

    public List<double> Positions { get; } = [];

    public List<double> Forces { get; } = [];

    public Basis? Cell { get; set; }

    public Periodicity Periodicity { get; set; }

    public double? Energy { get; set; }

    /// <summary>Stress, eV/Å³: the one value that is converted when it is read, since a virial needs the volume.</summary>
    public double[]? Stress { get; set; }

    public List<FrameArray> Arrays { get; } = [];

    public List<FrameProperty> Properties { get; } = [];

    public bool IsRefused => _refusal is not null;

    /// <summary>Refuses the frame; always false, for <c>return draft.Refuse(...)</c>.</summary>
    public bool Refuse(FindingCode code, int line, FormattableString message)
    {
        _refusal ??= new Finding(code, line, 0, message.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    public void Note(FindingCode code, int line, FormattableString message) =>
        _findings.Add(new Finding(code, line, 0, message.ToString(CultureInfo.InvariantCulture)));

    public void Note(IEnumerable<Finding> findings) => _findings.AddRange(findings);

    public void AddPosition(double x, double y, double z)
    {
        Positions.Add(x);
        Positions.Add(y);
        Positions.Add(z);
    }

    public void AddProperty(string name, string text)
    {
        if (text.Length > 0)
            Properties.Add(new FrameProperty(name, text));
    }

    /// <summary>Checks what every frame must have, and gives the frame or the reason why there is none.</summary>
    public FrameReading Complete()
    {
        if (!IsRefused && Species.Count == 0)
            Refuse(StructureFileFindings.Count, _line, $"the frame has no atoms");
        AtomFrame? frame = !IsRefused && CheckCell() ? Build() : null;
        if (frame is not null && !frame.Arrays.Any(array => array.Name == "occupancy") && CoincidingAtoms.Find(frame)
            is var (first, second))
        {
            Refuse(StructureFileFindings.AtomsCoincide, _line, $"atoms {first + 1} and {second + 1} lie at the same place");
            frame = null;
        }

        if (_refusal is { } reason)
            _findings.Add(reason);
        return new FrameReading(frame, _line, _findings);
    }

    private bool CheckCell()
    {
        if (Cell is { } cell && cell.IsZero() && !Periodicity.Any)
            Cell = null;
        if (Cell is { } vectors && !vectors.SpansVolume())
            return Refuse(StructureFileFindings.Cell, _line, $"the cell vectors span no volume");
        if (Cell is null && Periodicity.Any)
            return Refuse(StructureFileFindings.Cell, _line, $"the frame is periodic ({Periodicity}) and has no cell");
        return true;
    }

    private AtomFrame Build() => new()
    {
        Species = [.. Species],
        PositionsAngstrom = Scaled(Positions, _units.LengthAngstrom),
        Cell = Cell?.Scaled(_units.LengthAngstrom),
        Periodicity = Periodicity,
        EnergyElectronVolt = Energy * _units.EnergyElectronVolt,
        ForcesElectronVoltPerAngstrom = Forces.Count > 0 ? Scaled(Forces, _units.ForceElectronVoltPerAngstrom) : null,
        StressElectronVoltPerCubicAngstrom = Stress,
        Arrays = Arrays,
        Properties = Properties,
    };

    private static double[] Scaled(List<double> values, double factor)
    {
        double[] scaled = [.. values];
        if (factor != 1)
        {
            for (int i = 0; i < scaled.Length; i++)
                scaled[i] *= factor;
        }

        return scaled;
    }
}
