namespace CrystalHpc.Lattices.Data;

/// <summary>A conventional cell and the volume of an atom in it.</summary>
/// <param name="VolumePerAtom">Volume an atom, A^3.</param>
/// <param name="A">Length a, A.</param>
/// <param name="B">Length b, A.</param>
/// <param name="C">Length c, A.</param>
/// <param name="Alpha">Angle alpha, degrees.</param>
/// <param name="Beta">Angle beta, degrees.</param>
/// <param name="Gamma">Angle gamma, degrees.</param>
public sealed record ConventionalCell(double VolumePerAtom, double A, double B, double C, double Alpha, double Beta, double Gamma)
{
    /// <summary>
    /// Numbers that describe a cell to a network: ln of the volume an atom, of the lengths in units of its cube root, cosines of the
    /// angles.
    /// </summary>
    public const int Numbers = 7;

    private const double Degree = Math.PI / 180;

    /// <summary>Volume an atom (0), a (1), b (2) or c (3).</summary>
    public double Length(int number) => number switch { 0 => VolumePerAtom, 1 => A, 2 => B, _ => C };

    /// <summary>The cell of three lengths and three angles.</summary>
    public static ConventionalCell Of(ReadOnlySpan<double> lengthsAndAngles, double volumePerAtom) => new(
        volumePerAtom, lengthsAndAngles[0], lengthsAndAngles[1], lengthsAndAngles[2], lengthsAndAngles[3], lengthsAndAngles[4],
        lengthsAndAngles[5]);

    /// <summary>Volume of a cell of three lengths (A) and three angles (degrees), A^3.</summary>
    public static double VolumeOf(ReadOnlySpan<double> cell)
    {
        double x = Math.Cos(Degree * cell[3]), y = Math.Cos(Degree * cell[4]), z = Math.Cos(Degree * cell[5]);
        return cell[0] * cell[1] * cell[2] * Math.Sqrt(Math.Max(0, 1 - x * x - y * y - z * z + 2 * x * y * z));
    }

    /// <summary>Writes the numbers.</summary>
    public void Write(Span<float> numbers)
    {
        double edge = Math.Cbrt(VolumePerAtom);
        numbers[0] = (float)Math.Log(VolumePerAtom);
        (numbers[1], numbers[2], numbers[3]) = ((float)Math.Log(A / edge), (float)Math.Log(B / edge), (float)Math.Log(C / edge));
        (numbers[4], numbers[5], numbers[6]) = ((float)Math.Cos(Degree * Alpha), (float)Math.Cos(Degree * Beta),
            (float)Math.Cos(Degree * Gamma));
    }

    /// <summary>The cell of numbers, with what a Bravais lattice fixes: equal lengths, right angles, 120 degrees.</summary>
    public static ConventionalCell From(ReadOnlySpan<float> numbers, int bravais)
    {
        double volume = Math.Exp(numbers[0]), edge = Math.Cbrt(volume), a = edge * Math.Exp(numbers[1]), b = edge * Math.Exp(numbers[2]),
            c = edge * Math.Exp(numbers[3]);
        double Angle(float cosine) => Math.Acos(Math.Clamp(cosine, -0.95, 0.95)) / Degree;
        return LatticeClasses.Bravais[bravais][0] switch
        {
            'a' => new ConventionalCell(volume, a, b, c, Angle(numbers[4]), Angle(numbers[5]), Angle(numbers[6])),
            'm' => new ConventionalCell(volume, a, b, c, 90, Angle(numbers[5]), 90),
            'o' => new ConventionalCell(volume, a, b, c, 90, 90, 90),
            't' => new ConventionalCell(volume, a, a, c, 90, 90, 90),
            'h' => new ConventionalCell(volume, a, a, c, 90, 90, 120),
            _ => new ConventionalCell(volume, a, a, a, 90, 90, 90),
        };
    }
}
