using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Commands;

/// <summary>An element, in one oxidation state or in any.</summary>
/// <param name="Element">The element.</param>
/// <param name="Charge">Its oxidation state; null: any.</param>
internal sealed partial record IonArgument(Element Element, int? Charge)
{
    /// <summary>Reads <c>Fe3+</c>, <c>Fe+3</c>, <c>Cl-</c> or <c>Fe</c>.</summary>
    public static IonArgument? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        Match match = Ion().Match(text);
        if (match.Success && Element.TryParse(match.Groups["element"].Value, out Element element))
        {
            string sign = match.Groups["sign"].Value, digits = match.Groups["digits"].Value;
            if (sign.Length == 0)
                return new IonArgument(element, null);
            int size = digits.Length == 0 ? 1 : int.Parse(digits, CultureInfo.InvariantCulture);
            return new IonArgument(element, sign == "-" ? -size : size);
        }

        result.AddError($"'{text}' is no ion: an element with or without its oxidation state, such as Fe3+, O2- or Fe");
        return null;
    }

    /// <summary>True when an entry of a table may be meant.</summary>
    public bool Fits(Element element, int? charge) => element == Element && (Charge is null || charge is null || charge == Charge);

    /// <inheritdoc/>
    public override string ToString() =>
        Charge is { } charge ? string.Create(CultureInfo.InvariantCulture, $"{Element.Symbol}{Math.Abs(charge)}{(charge < 0 ? '-' : '+')}")
            : Element.Symbol;

    [GeneratedRegex(@"^(?<element>[A-Z][a-z]?)(?:(?<digits>[0-9])?(?<sign>[+-])|(?<sign>[+-])(?<digits>[0-9]))?$")]
    private static partial Regex Ion();
}
