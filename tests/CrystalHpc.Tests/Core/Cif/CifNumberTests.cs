using System.Globalization;
using System.Text;
using CrystalHpc.Core.Cif;
using FsCheck;
using FsCheck.Fluent;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Numbers with standard uncertainties, and that every one is correctly rounded.</summary>
public sealed class CifNumberTests
{
    [TestCase("1.234(5)", 1.234, 0.005, 3)]
    [TestCase("1.234", 1.234, double.NaN, 3)]
    [TestCase(".5", 0.5, double.NaN, 1)]
    [TestCase("-.5(2)", -0.5, 0.2, 1)]
    [TestCase("5.", 5, double.NaN, 0)]
    [TestCase("5.(1)", 5, 1, 0)]
    [TestCase("+7", 7, double.NaN, 0)]
    [TestCase("120(2)", 120, 2, 0)]
    [TestCase("12.34(125)", 12.34, 1.25, 2)]
    [TestCase("1e-3", 0.001, double.NaN, 0)]
    [TestCase("1.5E3(2)", 1500, 200, 1)]
    [TestCase("1.50e+2(2)", 150, 2, 2)]
    [TestCase("1.5()", 1.5, double.NaN, 1)]
    [TestCase("-0.0", -0.0, double.NaN, 1)]
    [TestCase("0.3333333333333333333333", 1.0 / 3, double.NaN, 22)]
    [TestCase("9007199254740993", 9007199254740992.0, double.NaN, 0)]
    [TestCase("123456789012345678901234567890", 123456789012345678901234567890.0, double.NaN, 0)]
    [TestCase("4.9e-324", double.Epsilon, double.NaN, 1)]
    [TestCase("1e-999999999999", 0, double.NaN, 0)]
    [TestCase("0e999999999999", 0, double.NaN, 0)]
    public void Numbers_are_read(string text, double value, double uncertainty, int decimals)
    {
        Assert.That(TryRead(text, out CifNumber number), Is.True);
        Assert.That(number, Is.EqualTo(new CifNumber(value, uncertainty, decimals)));
        Assert.That(double.IsNegative(number.Value), Is.EqualTo(text.StartsWith('-')));
    }

    [TestCase("")]
    [TestCase("?")]
    [TestCase(".")]
    [TestCase("-")]
    [TestCase("+.")]
    [TestCase("e5")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("1.2.3")]
    [TestCase("1.2(3")]
    [TestCase("1.2(3)4")]
    [TestCase("1.2(a)")]
    [TestCase("1.2(-3)")]
    [TestCase("(3)")]
    [TestCase("1,5")]
    [TestCase("0x10")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("1e400")]
    [TestCase(" 1")]
    [TestCase("1 2")]
    public void Anything_else_is_not_a_number(string text) => Assert.That(TryRead(text, out _), Is.False);

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Decimals_are_rounded_as_the_runtime_rounds_them()
    {
        Gen<string> decimals =
            from digits in Gen.Choose(1, 21)
            from text in Gen.ArrayOf(Gen.Choose('0', '9').Select(digit => (char)digit), digits)
            from point in Gen.Choose(0, digits)
            from exponent in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Choose(-30, 30).Select(value => $"e{value}")))
            from sign in Gen.Elements("", "-", "+")
            select $"{sign}{new string(text)[..point]}.{new string(text)[point..]}{exponent}";
        return Prop.ForAll(decimals.ToArbitrary(), text =>
            TryRead(text, out CifNumber number)
            && number.Value.Equals(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Round_trip_text_of_a_double_gives_it_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value =>
            TryRead(value.Get.ToString("R", CultureInfo.InvariantCulture), out CifNumber number) && number.Value.Equals(value.Get));

    private static bool TryRead(string text, out CifNumber number) => CifNumberParser.TryParse(Encoding.UTF8.GetBytes(text), out number);
}
