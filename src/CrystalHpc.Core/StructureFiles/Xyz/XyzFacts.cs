using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Takes what the second line of an extended XYZ frame says: cell, periodicity, energy, stress, and what else it holds.</summary>
internal sealed class XyzFacts(FrameReaderOptions options)
{
    private static readonly string[] LabelWords = ["energy", "force", "stress", "virial"];

    private enum Key
    {
        Lattice,
        Properties,
        Periodicity,
        Energy,
        Stress,
        Virial,
        Other,
    }

    /// <summary>True for names that extended XYZ or the caller gives a meaning.</summary>
    public bool Knows(string key) => KeyOf(key) != Key.Other;

    /// <summary>Takes the items of a line into the draft.</summary>
    /// <returns>The columns of the rows; null when the frame is refused.</returns>
    public XyzColumns? Take(XyzHeader header, FrameDraft draft, int line)
    {
        if (header.Problem is { } problem)
        {
            draft.Refuse(StructureFileFindings.Header, line, $"{problem}");
            return null;
        }

        string?[] texts = new string?[(int)Key.Other];
        if (!Sort(header, texts, draft, line) || !TryTakeCell(texts[(int)Key.Lattice], texts[(int)Key.Periodicity], draft, line)
            || !TryTakeEnergy(texts[(int)Key.Energy], draft, line)
            || !XyzStress.TryRead(texts[(int)Key.Stress], texts[(int)Key.Virial], draft, line))
            return null;
        XyzColumns? columns = texts[(int)Key.Properties] is { } properties
            ? XyzColumns.Parse(properties, options.ForcesKey, draft, line) : XyzColumns.Plain;
        if (columns is not null)
            TellUnused(columns, draft, line);
        return columns;
    }

    private Key KeyOf(string key)
    {
        if (options.EnergyKey is null ? Is(key, "energy") : key == options.EnergyKey)
            return Key.Energy;
        if (options.StressKey is null ? Is(key, "stress") : key == options.StressKey)
            return Key.Stress;
        if (options.VirialKey is null ? Is(key, "virial") || Is(key, "virials") : key == options.VirialKey)
            return Key.Virial;
        return Is(key, "Lattice") ? Key.Lattice : Is(key, "Properties") ? Key.Properties : Is(key, "pbc") ? Key.Periodicity : Key.Other;
    }

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private bool Sort(XyzHeader header, string?[] texts, FrameDraft draft, int line)
    {
        draft.AddProperty("comment", header.Comment);
        for (int i = 0; i < header.Items.Count; i++)
        {
            XyzItem item = header.Items[i];
            Key key = item.IsWord ? Key.Other : KeyOf(item.Key);
            if (key != Key.Other)
            {
                if (texts[(int)key] is { } before && before != item.Text)
                    return draft.Refuse(StructureFileFindings.Duplicate, line, $"{item.Key} is given twice: {before} and {item.Text}");
                texts[(int)key] = item.Text;
            }
            else if (i > 0 && item.IsWord && KeyOf(header.Items[i - 1].Key) == Key.Energy && FrameUnits.EnergyOf(item.Key) is { } unit)
            {
                if (unit != draft.Units.EnergyElectronVolt)
                    return draft.Refuse(StructureFileFindings.Unit, line, $"the energy stands in {item.Key}, which is not the unit stated");
            }
            else if (!(item.IsWord && header.Comment.Length > 0) && !TryKeep(item, draft, line))
            {
                return false;
            }
        }

        return true;
    }

    // A name that our own writer uses cannot be kept when it does not mean that.
    private static bool TryKeep(XyzItem item, FrameDraft draft, int line)
    {
        foreach (FrameProperty property in draft.Properties)
        {
            if (property.Name == item.Key)
            {
                return property.Text == item.Text
                    || draft.Refuse(StructureFileFindings.Duplicate, line, $"{item.Key} is given twice: {property.Text} and {item.Text}");
            }
        }

        if (ExtendedXyzWriter.IsReserved(item.Key))
            draft.Note(StructureFileFindings.KeyUnused, line, $"{item.Key} is left out: another name was asked for");
        else
            draft.Properties.Add(new FrameProperty(item.Key, item.Text));
        return true;
    }

    private static bool TryTakeCell(string? lattice, string? periodicity, FrameDraft draft, int line)
    {
        if (lattice is not null)
        {
            double[]? v = XyzNumbers.Parse(lattice);
            if (v is null)
                return draft.Refuse(StructureFileFindings.Number, line, $"Lattice is not a list of numbers: {lattice}");
            if (v.Length != 9)
                return draft.Refuse(StructureFileFindings.Cell, line, $"Lattice has {v.Length} values, not nine");
            draft.Cell = new Basis(new(v[0], v[1], v[2]), new(v[3], v[4], v[5]), new(v[6], v[7], v[8]));
        }

        draft.Periodicity = draft.Cell is { } cell && !cell.IsZero() ? Periodicity.Crystal : Periodicity.Cluster;
        if (periodicity is null)
            return true;
        if (XyzNumbers.ParsePeriodicity(periodicity) is not { } given)
            return draft.Refuse(StructureFileFindings.Header, line, $"pbc is not three of T and F: {periodicity}");
        draft.Periodicity = given;
        return true;
    }

    private static bool TryTakeEnergy(string? text, FrameDraft draft, int line)
    {
        if (text is null)
            return true;
        if (XyzNumbers.Parse(text) is not [double energy])
            return draft.Refuse(StructureFileFindings.Number, line, $"energy is not a number: {text}");
        draft.Energy = energy;
        return true;
    }

    private void TellUnused(XyzColumns columns, FrameDraft draft, int line)
    {
        TellMissing(options.EnergyKey, draft.Energy is null, draft, line);
        TellMissing(options.ForcesKey, !columns.HasForces, draft, line);
        TellMissing(options.StressKey, draft.Stress is null, draft, line);
        TellMissing(options.VirialKey, draft.Stress is null, draft, line);
        IEnumerable<string> others = draft.Properties.Select(property => property.Name)
            .Concat(columns.All.Where(column => column.Role == XyzRole.Other).Select(column => column.Name));
        foreach (string name in others)
        {
            string? label = LabelWords.FirstOrDefault(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
            bool isKnown = label switch
            {
                "energy" => draft.Energy is not null,
                "force" => columns.HasForces,
                null => true,
                _ => draft.Stress is not null,
            };
            if (!isKnown)
                draft.Note(StructureFileFindings.KeyUnused, line, $"{name} is kept, but not used as {label}: its name was not asked for");
        }
    }

    private static void TellMissing(string? key, bool isMissing, FrameDraft draft, int line)
    {
        if (key is not null && isMissing)
            draft.Note(StructureFileFindings.KeyUnused, line, $"the frame has no {key}");
    }
}
