using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Tries whether x' = W x + w carries the atoms of an index into themselves, each to one of its own group. Translations are tried on the
/// rarest group, group 0: an operation must carry one atom of it to another.
/// </summary>
internal sealed class MappingSearch(AtomIndex index)
{
    private int[] _image = [];
    private int[] _taken = [];
    private int _round;

    /// <summary>Where the last operation that was found puts each place of the index.</summary>
    public ReadOnlySpan<int> Image => _image.AsSpan(0, index.Count);

    /// <summary>
    /// Finds the translation that makes W an operation by carrying one atom to another; in <paramref name="w"/> it is the mean over all
    /// atoms.
    /// </summary>
    /// <param name="rotation">The matrix W.</param>
    /// <param name="reference">The place of the atom that is carried.</param>
    /// <param name="target">The place of the atom to which it is carried.</param>
    /// <param name="w">The translation when there is one.</param>
    public bool TryFind(IntMatrix rotation, int reference, int target, out Fractional w)
    {
        Fractional from = rotation * index[reference];
        w = index[target] - from;
        if (!MapsAll(rotation, w))
            return false;
        w += MeanDeviation(rotation, w);
        return true;
    }

    private bool MapsAll(IntMatrix m, Fractional w)
    {
        if (_image.Length < index.Count)
            (_image, _taken, _round) = (new int[index.Count + index.Count / 4], new int[index.Count + index.Count / 4], 0);
        _round++;
        double m11 = m.M11, m12 = m.M12, m13 = m.M13, m21 = m.M21, m22 = m.M22, m23 = m.M23, m31 = m.M31, m32 = m.M32, m33 = m.M33;
        for (int group = 0; group < index.Groups; group++)
        {
            int end = index.StartOf(group + 1);
            for (int place = index.StartOf(group); place < end; place++)
            {
                (double x, double y, double z) = index[place];
                int image = index.Find(
                    group, m11 * x + m12 * y + m13 * z + w.X, m21 * x + m22 * y + m23 * z + w.Y, m31 * x + m32 * y + m33 * z + w.Z);
                // Two atoms on one: they are closer than the tolerance.
                if (image < 0 || _taken[image] == _round)
                    return false;
                _taken[image] = _round;
                _image[place] = image;
            }
        }

        return true;
    }

    private Fractional MeanDeviation(IntMatrix rotation, Fractional w)
    {
        (double x, double y, double z) = (0, 0, 0);
        for (int place = 0; place < index.Count; place++)
        {
            Fractional deviation = (index[_image[place]] - (rotation * index[place] + w)).Nearest();
            (x, y, z) = (x + deviation.X, y + deviation.Y, z + deviation.Z);
        }

        return new Fractional(x / index.Count, y / index.Count, z / index.Count);
    }
}
