using System.Text;

namespace CrystalHpc.Fuzz;

/// <summary>Makes input N of a seed: a real file with one to five kinds of damage to its bytes.</summary>
internal sealed class ByteMutator(byte[][] files, int seed) : IMutator
{
    private const int MaximumBytes = 16_384;

    private static readonly byte[][] Words = [.. new[]
    {
        "'", "\"", "'''", "\"\"\"", ";", "\n;", "\n;\n", "\r", "\r\n", "\n", "\t", "\0", "\u001A", "\uFEFF", "#", "\n#", "_", " _x ",
            " loop_ ", "\nloop_\n",
        "\ndata_\n", "\ndata_y\n", "\nsave_\n", "\nsave_f\n", " global_ ", " stop_ ", "[", "]", "{", "}", "{'k':", "[[", "]]", " ? ", " . ",
        "$", "\\", "\\\n",
        "(", ")", "()", "(5)", "-", "+", "e", "E+", "Å", "\u009F", " x,y,z ", " 'x+1/2,-y,z' ", " '-x,-y,-z' ", " 1/0 ", " Na1+ ", " O2- ",
        " H ", " D ", " Xx ",
        "\n_cell_length_a 5\n", "\n_cell_angle_alpha 0\n", "\n_atom_site_occupancy\n", "\n_atom_site_fract_x\n",
        "\n_atom_type_oxidation_number\n",
        "\n_symmetry_equiv_pos_as_xyz\n", "\n_symmetry_space_group_name_H-M 'F d -3 m'\n", "\n_space_group_IT_number 227\n",
        "\n_chemical_formula_sum 'Na Cl'\n",
        "\n_cell_modulation_dimension 1\n", "\n_atom_site.fract_x 0.5\n", "\n_entry.id X\n",
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Numbers = [.. new[]
    {
        "0", "-0", "1", "-1", "0.5", "0.333", "90", "120", "180", "179.9999999", "1e-300", "1e300", "1e999", "-1e308", "1e-999", "NaN",
            "Infinity", "-Infinity",
        "999999999999999999999", "0.00000000000000000001", "2147483648", "1.(5)", "1(999999999999)", "1.5E(3)", ".", "..", "1e", "+.5",
        "1/3", "0x10", "1,5", "5 000",
        "1e7", "0.0001", "360", "0.9999999999999999",
    }.Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public byte[] Make(long index)
    {
        // Distinct streams for neighboring numbers; Random of a given seed is the same on every platform.
        Random random = new(unchecked((int)((index * 0x9E37_79B9) ^ (seed * 0x85EB_CA6BL) ^ (index >> 31))));
        List<byte> bytes = [.. Pick(random, files)];
        for (int count = 1 + Math.Min(random.Next(5), random.Next(5)); count > 0; count--)
            Damage(random, bytes);
        if (bytes.Count > MaximumBytes)
            bytes.RemoveRange(MaximumBytes, bytes.Count - MaximumBytes);
        return [.. bytes];
    }

    private void Damage(Random random, List<byte> bytes)
    {
        switch (random.Next(13))
        {
            case 0:
                for (int count = random.Next(1, 9); count > 0 && bytes.Count > 0; count--)
                    bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                for (int count = random.Next(1, 9); count > 0 && bytes.Count > 0; count--)
                    bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
                break;
            case 2:
                (int start, int length) = Range(random, bytes, bytes.Count);
                bytes.RemoveRange(start, length);
                break;
            case 3:
                int end = random.Next(bytes.Count + 1);
                bytes.RemoveRange(end, bytes.Count - end);
                break;
            case 4:
                byte[] other = Pick(random, files);
                (int from, int taken) = Range(random, other, other.Length);
                bytes.InsertRange(random.Next(bytes.Count + 1), other.AsSpan(from, taken).ToArray());
                break;
            case 5:
                Repeat(random, bytes);
                break;
            case 6 or 7:
                ReplaceNumbers(random, bytes);
                break;
            case 8 or 9:
                for (int count = random.Next(1, 5); count > 0; count--)
                    bytes.InsertRange(random.Next(bytes.Count + 1), Pick(random, Words));
                break;
            case 10:
                Nest(random, bytes);
                break;
            case 11:
                ExchangeLines(random, bytes);
                break;
            default:
                if (random.Next(3) == 0)
                    bytes.InsertRange(0, "#\\#CIF_2.0\n"u8.ToArray());
                else
                    RemoveWhiteSpace(random, bytes);
                break;
        }
    }

    private static void Repeat(Random random, List<byte> bytes)
    {
        (int start, int length) = Range(random, bytes, random.Next(2) == 0 ? 20 : 2000);
        byte[] part = [.. bytes.GetRange(start, length)];
        int times = length == 0 ? 0 : Math.Min(random.Next(1, 2000), MaximumBytes / 4 / length);
        bytes.InsertRange(start, Enumerable.Repeat(part, times).SelectMany(copy => copy));
    }

    // Numbers are where bad input becomes bad geometry.
    private static void ReplaceNumbers(Random random, List<byte> bytes)
    {
        for (int count = random.Next(1, 6); count > 0 && bytes.Count > 0; count--)
        {
            int start = random.Next(bytes.Count);
            while (start < bytes.Count && !IsDigit(bytes[start]))
                start++;
            int end = start;
            while (end < bytes.Count && (IsDigit(bytes[end]) || bytes[end] == '.'))
                end++;
            bytes.RemoveRange(start, end - start);
            bytes.InsertRange(start, Pick(random, Numbers));
        }
    }

    private static void Nest(Random random, List<byte> bytes)
    {
        byte[] opening = Pick(random, ["["u8.ToArray(), "{'k':"u8.ToArray(), "loop_ "u8.ToArray(), "loop_ _a "u8.ToArray(),
            "save_f "u8.ToArray(), "("u8.ToArray()]);
        byte[] closing = opening[0] == '[' ? "]"u8.ToArray() : opening[0] == '{' ? "}"u8.ToArray() : "save_ "u8.ToArray();
        int depth = random.Next(1, 3000);
        int place = random.Next(bytes.Count + 1);
        bytes.InsertRange(place, Enumerable.Repeat(closing, random.Next(4) == 0 ? random.Next(3000) : depth).SelectMany(copy => copy));
        bytes.InsertRange(place, Enumerable.Repeat(opening, depth).SelectMany(copy => copy));
    }

    private static void ExchangeLines(Random random, List<byte> bytes)
    {
        List<byte[]> lines = [];
        int start = 0;
        for (int i = 0; i < bytes.Count; i++)
        {
            if (bytes[i] != '\n' && i + 1 < bytes.Count)
                continue;
            lines.Add([.. bytes.GetRange(start, i + 1 - start)]);
            start = i + 1;
        }

        for (int count = random.Next(1, 9); count > 0 && lines.Count > 0; count--)
        {
            (int from, int to) = (random.Next(lines.Count), random.Next(lines.Count));
            (lines[from], lines[to]) = random.Next(3) == 0 ? (lines[from], lines[from]) : (lines[to], lines[from]);
        }

        bytes.Clear();
        bytes.AddRange(lines.SelectMany(line => line));
    }

    private static void RemoveWhiteSpace(Random random, List<byte> bytes)
    {
        for (int count = random.Next(1, 9); count > 0 && bytes.Count > 0; count--)
        {
            int place = bytes.FindIndex(random.Next(bytes.Count), value => value <= ' ');
            if (place >= 0)
                bytes[place] = random.Next(2) == 0 ? (byte)'\n' : (byte)'x';
        }
    }

    private static (int Start, int Length) Range(Random random, ICollection<byte> bytes, int longest)
    {
        int start = random.Next(bytes.Count + 1);
        return (start, random.Next(Math.Min(longest, bytes.Count - start) + 1));
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
