using System.Globalization;

namespace CrystalHpc.Engine.Stages;

/// <summary>The first of many messages, and how many more there were.</summary>
/// <param name="before">What each begins with.</param>
/// <param name="more">What the number of the others is followed by.</param>
internal sealed class FirstLines(string before, string more)
{
    private const int Shown = 20;

    private readonly List<string> _lines = [];
    private int _count;

    /// <summary>Adds a message.</summary>
    public void Add(string line)
    {
        if (++_count <= Shown)
            _lines.Add(line);
    }

    /// <summary>Tells them.</summary>
    public void Tell(Action<string> tell)
    {
        foreach (string line in _lines)
            tell(before + line);
        if (_count > Shown)
            tell(string.Create(CultureInfo.InvariantCulture, $"{before}{_count - Shown} {more}"));
    }
}
