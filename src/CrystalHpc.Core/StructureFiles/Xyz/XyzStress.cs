using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Stress of a frame of extended XYZ, from a stress, a virial, or both when they agree.</summary>
internal static class XyzStress
{
    // Shares of the largest component: codes write tensors that are symmetric, and virials that match, to a few digits.
    private const double RelativeTolerance = 0.01;
    private const double AbsoluteTolerance = 1e-5;

    // eV/Å³: 800 GPa, above what is computed for solids but under shock; and 16,000 GPa, which only a wrong unit gives.
    private const double SuspiciousStress = 5;
    private const double ImpossibleStress = 100;

    /// <summary>Reads what there is into the draft; false when it is refused.</summary>
    /// <param name="stress">Six numbers (xx yy zz yz xz xy) or nine; null when not given.</param>
    /// <param name="virial">The same of the virial; null when not given.</param>
    /// <param name="draft">The frame, whose cell is known.</param>
    /// <param name="line">Line of the values.</param>
    public static bool TryRead(string? stress, string? virial, FrameDraft draft, int line)
    {
        double[]? given = null, fromVirial = null;
        if (stress is not null && (given = Tensor(stress, "stress", draft, line)) is null)
            return false;
        if (virial is not null && (fromVirial = Tensor(virial, "virial", draft, line)) is null)
            return false;
        Scale(given, draft.Units.StressElectronVoltPerCubicAngstrom);
        if (fromVirial is not null)
        {
            if (draft.Cell is not { } cell || !cell.SpansVolume())
                return draft.Refuse(StructureFileFindings.Stress, line, $"a virial without a cell gives no stress");
            Scale(fromVirial, -draft.Units.EnergyElectronVolt / Math.Abs(cell.Scaled(draft.Units.LengthAngstrom).Volume));
        }

        if (given is not null && fromVirial is not null && !Agree(given, fromVirial))
        {
            Scale(fromVirial, -1);
            return draft.Refuse(StructureFileFindings.Stress, line,
                $"stress and virial disagree{(Agree(given, fromVirial) ? ": one has the opposite sign" : "")}");
        }

        draft.Stress = given ?? fromVirial;
        return draft.Stress is null || CheckSize(Largest(draft.Stress), draft, line);
    }

    private static double[]? Tensor(string text, string name, FrameDraft draft, int line)
    {
        switch (XyzNumbers.Parse(text))
        {
            case null:
                draft.Refuse(StructureFileFindings.Number, line, $"{name} is not a list of numbers: {text}");
                return null;
            case { Length: 6 } voigt:
                return voigt;
            case { Length: 9 } full when IsSymmetric(full):
                return [full[0], full[4], full[8], Mean(full[5], full[7]), Mean(full[2], full[6]), Mean(full[1], full[3])];
            case { Length: 9 }:
                draft.Refuse(StructureFileFindings.Stress, line, $"{name} is not symmetric: {text}");
                return null;
            case var values:
                draft.Refuse(StructureFileFindings.Stress, line, $"{name} has {values.Length} values, not six or nine");
                return null;
        }
    }

    // Exact for equal numbers.
    private static double Mean(double left, double right) => left == right ? left : 0.5 * (left + right);

    private static bool IsSymmetric(double[] full)
    {
        double tolerance = RelativeTolerance * Largest(full) + AbsoluteTolerance;
        return Math.Abs(full[1] - full[3]) <= tolerance && Math.Abs(full[2] - full[6]) <= tolerance
            && Math.Abs(full[5] - full[7]) <= tolerance;
    }

    private static bool Agree(double[] left, double[] right)
    {
        double tolerance = RelativeTolerance * Math.Max(Largest(left), Largest(right)) + AbsoluteTolerance;
        return left.Zip(right).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
    }

    private static bool CheckSize(double largest, FrameDraft draft, int line)
    {
        if (largest > ImpossibleStress)
            return draft.Refuse(StructureFileFindings.Stress, line,
                $"a stress of {largest:g4} eV/Å³ is too large: in another unit, such as bar?");
        if (largest > SuspiciousStress)
            draft.Note(StructureFileFindings.StressLarge, line,
                $"a stress of {largest:g4} eV/Å³ is very large: in another unit, such as GPa?");
        return true;
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);

    private static void Scale(double[]? values, double factor)
    {
        for (int i = 0; i < values?.Length; i++)
            values[i] *= factor;
    }
}
