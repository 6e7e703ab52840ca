using System.Globalization;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>Runs code as under the settings of other languages.</summary>
internal static class Cultures
{
    /// <summary>
    /// de-DE and tr-TR where the runtime has them; in invariant mode cultures of those names with a decimal comma and another minus sign,
    /// which is what could do harm to numbers.
    /// </summary>
    public static void UnderEach(Action body)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string name in (string[])["de-DE", "tr-TR"])
            {
                CultureInfo.CurrentCulture = Make(name);
                body();
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo Make(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.NumberFormat.NegativeSign = "\u2212";
            return culture;
        }
    }
}
