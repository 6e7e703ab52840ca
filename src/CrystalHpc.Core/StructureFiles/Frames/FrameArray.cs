using System.Globalization;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Values that each atom of a frame has: whole numbers, real numbers, logical values or words.</summary>
/// <param name="name">Name, such as <c>occupancy</c>.</param>
/// <param name="width">Values for each atom.</param>
public abstract class FrameArray(string name, int width)
{
    /// <summary>Name, such as <c>occupancy</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Values for each atom.</summary>
    public int Width { get; } = width;

    /// <summary>Type as extended XYZ writes it: <c>R</c> real, <c>I</c> whole number, <c>L</c> logical, <c>S</c> word.</summary>
    public abstract char TypeLetter { get; }

    /// <summary>Writes one value so that it reads as the same value again.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="index">Atom times <see cref="Width"/> plus the place in the row.</param>
    internal abstract void Write(TextWriter output, int index);
}

/// <summary>Values of one type that each atom of a frame has.</summary>
/// <typeparam name="T"><see cref="double"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="string"/>.</typeparam>
/// <param name="name">Name.</param>
/// <param name="width">Values for each atom.</param>
/// <param name="values">The values, atom by atom.</param>
public sealed class FrameArray<T>(string name, int width, T[] values) : FrameArray(name, width) where T : notnull
{
    /// <summary>The values, atom by atom.</summary>
    public T[] Values { get; } = values;

    /// <inheritdoc/>
    public override char TypeLetter => Values switch { double[] => 'R', long[] => 'I', bool[] => 'L', _ => 'S' };

    /// <inheritdoc/>
    internal override void Write(TextWriter output, int index)
    {
        switch (Values)
        {
            case double[] reals:
                NumberText.Write(output, reals[index]);
                break;
            case bool[] logicals:
                output.Write(logicals[index] ? 'T' : 'F');
                break;
            default:
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{Values[index]}"));
                break;
        }
    }
}
