using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CrystalHpc.BondValence.Synthesis;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.BondValence.Commands;

/// <summary>The option that says how much dirt of which kind a synthetic corpus gets.</summary>
internal static class DirtList
{
    private static readonly DirtKind[] Kinds = [.. Enum.GetValues<DirtKind>().Where(kind => kind != DirtKind.None)];

    /// <summary><c>--dirt 10</c> for ten percent of all kinds alike, or <c>--dirt disorder=5,truncated=0.5</c>.</summary>
    public static Option<double[]> Option() => new("--dirt")
    {
        Description = $"Percent of files with dirt, shared by all kinds, or KIND=PERCENT separated by commas; kinds: "
            + $"{string.Join(", ", Kinds.Select(NameOf))}.",
        HelpName = "LIST",
        CustomParser = Parse,
        DefaultValueFactory = _ => new double[Kinds.Length + 1],
    };

    /// <summary>Name of a kind, such as <c>short-distances</c>.</summary>
    public static string NameOf(DirtKind kind) => SnakeCase.Of(kind).Replace('_', '-');

    private static double[] Parse(ArgumentResult result)
    {
        double[] shares = new double[Kinds.Length + 1];
        string list = result.Tokens[0].Value;
        if (TryPercent(list, out double all))
        {
            foreach (DirtKind kind in Kinds)
                shares[(int)kind] = all / Kinds.Length;
            return shares;
        }

        foreach (string part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=');
            int index = Array.FindIndex(Kinds, kind => NameOf(kind) == sides[0]);
            if (index < 0 || sides.Length != 2 || !TryPercent(sides[1], out double share))
                result.AddError($"'{part}' is not KIND=PERCENT; kinds: {string.Join(", ", Kinds.Select(NameOf))}");
            else
                shares[(int)Kinds[index]] = share;
        }

        if (shares.Sum() > 1)
            result.AddError("--dirt is more than 100 % together");
        return shares;
    }

    private static bool TryPercent(string text, out double share)
    {
        bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent);
        share = percent / 100;
        return isNumber && percent <= 100;
    }
}
