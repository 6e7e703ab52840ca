using System.CommandLine.Parsing;
using System.Globalization;

namespace CrystalHpc.BondValence.Commands;

/// <summary>A lattice direction [uvw].</summary>
internal sealed record CellDirection(int U, int V, int W)
{
    /// <summary>Reads <c>a</c>, <c>b</c>, <c>c</c> or three whole numbers such as <c>1,1,0</c>.</summary>
    public static CellDirection? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        switch (text)
        {
            case "a":
                return new CellDirection(1, 0, 0);
            case "b":
                return new CellDirection(0, 1, 0);
            case "c":
                return new CellDirection(0, 0, 1);
        }

        int[] numbers = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out int number) && number is > -100 and < 100 ? number : int.MinValue)];
        if (numbers.Length == 3 && !numbers.Contains(int.MinValue) && numbers.Any(number => number != 0))
            return new CellDirection(numbers[0], numbers[1], numbers[2]);
        result.AddError($"'{text}' is no direction: a, b, c, or three whole numbers such as 1,1,0");
        return null;
    }
}
