using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Tests.Crystals;

/// <summary>Rounded thirds become thirds.</summary>
public sealed class CoordinateCompletionTests
{
    [TestCase(0.333, 3, 1.0 / 3)]
    [TestCase(0.6667, 4, 2.0 / 3)]
    [TestCase(0.666, 3, 2.0 / 3)]
    [TestCase(-0.33333, 5, -1.0 / 3)]
    [TestCase(0.33, 2, 1.0 / 3)]
    [TestCase(0.17, 2, 1.0 / 6)]
    [TestCase(0.0833, 4, 1.0 / 12)]
    [TestCase(0.29167, 5, 7.0 / 24)]
    [TestCase(1.3333, 4, 4.0 / 3)]
    public void Rounded_and_cut_fractions_are_completed(double value, int decimals, double expected)
    {
        Assert.That(CoordinateCompletion.TryComplete(new CifNumber(value, double.NaN, decimals), out double completed), Is.True);
        Assert.That(completed, Is.EqualTo(expected));
    }

    [TestCase(0.334, 3)]
    [TestCase(0.3334, 4)]
    [TestCase(0.3, 1)]
    [TestCase(0.66, 2)]
    [TestCase(0.08, 2)]
    [TestCase(0.292, 3)]
    [TestCase(0.125, 3)]
    [TestCase(0.3333333, 7)]
    public void Other_coordinates_stay_as_they_are(double value, int decimals)
    {
        Assert.That(CoordinateCompletion.TryComplete(new CifNumber(value, double.NaN, decimals), out double completed), Is.False);
        Assert.That(completed, Is.EqualTo(value));
    }
}
