using System.Security.Cryptography;
using System.Text;

namespace CrystalHpc.Learning.Formulas;

/// <summary>Parts of a table.</summary>
public enum SplitPart
{
    /// <summary>For the report alone.</summary>
    Test,

    /// <summary>Chooses settings and calibrates.</summary>
    Validation,

    /// <summary>Trains.</summary>
    Training,
}

/// <summary>The split of all tables: by the key of a group, never by row, so that polymorphs of a formula stay together.</summary>
public static class FormulaSplit
{
    /// <summary>SHA-1 of "eval:" and the key as one big-endian number, modulo 10: 0 is test, 1 validation, the rest training.</summary>
    /// <param name="key">Reduced formula as pymatgen writes it, or the name of another kind of group.</param>
    public static SplitPart PartOf(string key)
    {
        int digit = DigitOf(key);
        return digit switch { 0 => SplitPart.Test, 1 => SplitPart.Validation, _ => SplitPart.Training };
    }

    /// <summary>The number that decides, 0 to 9.</summary>
    internal static int DigitOf(string key)
    {
#pragma warning disable CA5350 // A published split is kept; nothing is protected by it.
        byte[] hash = SHA1.HashData(Encoding.UTF8.GetBytes("eval:" + key));
#pragma warning restore CA5350
        int remainder = 0;
        foreach (byte part in hash)
            remainder = (remainder * 256 + part) % 10;
        return remainder;
    }
}
