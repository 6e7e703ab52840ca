using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Judgment;

namespace CrystalHpc.Tests.Generation;

/// <summary>Decoded cells beside true ones, by known answers.</summary>
public sealed class CellComparisonTests
{
    private static readonly CubicCell Truth = Cells.Perovskite;

    [Test]
    public void The_same_cell_in_another_order_is_complete()
    {
        CubicCell reversed = Truth with { Elements = [.. Truth.Elements.Reverse()], Positions = [.. Truth.Positions.Reverse()] };
        Assert.That(CellComparison.Of(Truth, reversed, 0.25), Is.EqualTo(new CellComparison(CellFault.None, 0, 0, 0)));
    }

    [Test]
    public void A_site_moved_across_a_face_is_off_by_the_nearest_image()
    {
        CubicCell moved = Truth with { Positions = [new Fractional(0.99, 0, 0), .. Truth.Positions.Skip(1)] };
        CellComparison comparison = CellComparison.Of(Truth, moved, 0.25);
        Assert.That(comparison.LargestDistance, Is.EqualTo(0.03905).Within(1e-9));
        Assert.That(comparison.MeanDistance, Is.EqualTo(0.03905 / 5).Within(1e-9));
        Assert.That(comparison.Fault, Is.EqualTo(CellFault.None));
        Assert.That(CellComparison.Of(Truth, moved, 0.05).Fault, Is.EqualTo(CellFault.Distance));
    }

    [Test]
    public void Missing_extra_and_wrong_sites_have_names()
    {
        CubicCell fewer = Truth with { Elements = Truth.Elements[1..], Positions = Truth.Positions[1..] };
        CubicCell wrong = Truth with { Elements = [Element.Of("Ba"), .. Truth.Elements[1..]] };
        Assert.That(CellComparison.Of(Truth, fewer, 0.25), Is.EqualTo(new CellComparison(CellFault.Missing, 0, 0, -1)));
        Assert.That(CellComparison.Of(fewer, Truth, 0.25), Is.EqualTo(new CellComparison(CellFault.Extra, 0, 0, 1)));
        Assert.That(CellComparison.Of(Truth, wrong, 0.25).Fault, Is.EqualTo(CellFault.Species));
        Assert.That(CellComparison.Of(Truth, null, 0.25) is { Fault: CellFault.NoCell, Sites: -5 });
    }
}
