using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>One block of <c>input.data</c> while it is read.</summary>
internal sealed class N2p2Block(FrameDraft draft)
{
    private readonly SpeciesText _species = new(draft, numbersAreElements: false);
    private readonly List<double> _lattice = [];
    private readonly List<double> _charges = [];
    private readonly List<double> _energies = [];
    private readonly List<string> _comments = [];
    private double? _charge;

    /// <summary>The frame.</summary>
    public FrameDraft Draft { get; } = draft;

    public bool AddComment(ReadOnlySpan<char> text)
    {
        _comments.Add(text.ToString());
        return true;
    }

    public bool TryAddLattice(FieldCursor fields, int line)
    {
        for (int k = 0; k < 3; k++)
        {
            if (!TryTake(ref fields, "lattice", line, out double value))
                return false;
            _lattice.Add(value);
        }

        return TryEnd(fields, "lattice", line);
    }

    public bool TryAddAtom(FieldCursor fields, int line)
    {
        if (!TryTake(ref fields, "x", line, out double x) || !TryTake(ref fields, "y", line, out double y)
            || !TryTake(ref fields, "z", line, out double z))
            return false;
        fields.TryNext(out ReadOnlySpan<char> symbol);
        if (!_species.TryAdd(symbol, line) || !TryTake(ref fields, "charge", line, out double charge)
            || !TryTake(ref fields, "energy", line, out double energy))
            return false;
        Draft.AddPosition(x, y, z);
        _charges.Add(charge);
        _energies.Add(energy * Draft.Units.EnergyElectronVolt);
        for (int k = 0; k < 3; k++)
        {
            if (!TryTake(ref fields, "force", line, out double force))
                return false;
            Draft.Forces.Add(force);
        }

        return true;
    }

    public bool TryAddEnergy(FieldCursor fields, int line)
    {
        if (!TryTake(ref fields, "energy", line, out double energy) || !TryEnd(fields, "energy", line))
            return false;
        if (Draft.Energy is { } before && before != energy)
            return Draft.Refuse(StructureFileFindings.Duplicate, line, $"two energies: {before} and {energy}");
        Draft.Energy = energy;
        return true;
    }

    public bool TryAddCharge(FieldCursor fields, int line)
    {
        if (!TryTake(ref fields, "charge", line, out double charge) || !TryEnd(fields, "charge", line))
            return false;
        if (_charge is { } before && before != charge)
            return Draft.Refuse(StructureFileFindings.Duplicate, line, $"two charges: {before} and {charge}");
        _charge = charge;
        return true;
    }

    /// <summary>Takes the block into the frame once it has ended.</summary>
    public void Complete(int line)
    {
        if (_lattice.Count is not (0 or 9))
        {
            Draft.Refuse(StructureFileFindings.Cell, line, $"{_lattice.Count / 3} lattice lines: three or none are needed");
            return;
        }

        if (_lattice is [var ax, var ay, var az, var bx, var by, var bz, var cx, var cy, var cz])
        {
            Draft.Cell = new Basis(new(ax, ay, az), new(bx, by, bz), new(cx, cy, cz));
            Draft.Periodicity = Periodicity.Crystal;
        }

        _species.TryComplete(line);
        Draft.AddProperty("comment", string.Join(" | ", _comments.Where(comment => comment.Length > 0)));
        if (_charge is { } charge)
            Draft.AddProperty("total_charge", FormattableString.Invariant($"{charge:R}"));
        // Most files fill these columns with zeros.
        Keep("charges", _charges);
        Keep("energies", _energies);
    }

    private void Keep(string name, List<double> values)
    {
        if (values.Any(value => value != 0))
            Draft.Arrays.Add(new FrameArray<double>(name, 1, [.. values]));
    }

    private bool TryTake(ref FieldCursor fields, string name, int line, out double value)
    {
        if (!fields.TryNext(out ReadOnlySpan<char> field))
        {
            value = 0;
            return Draft.Refuse(StructureFileFindings.Columns, line, $"{name} is missing");
        }

        return NumberText.TryParseFinite(field, out value)
            || Draft.Refuse(StructureFileFindings.Number, line, $"{name} '{FrameText.Beginning(field)}' is not a finite number");
    }

    private bool TryEnd(FieldCursor fields, string name, int line) =>
        fields.CountRest() == 0 || Draft.Refuse(StructureFileFindings.Columns, line,
            $"the {name} line has {fields.CountRest()} values too many");
}
