using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Model;

/// <summary>
/// Whatever gives atoms an energy: a neural potential, an analytic one, another program. One instance serves one caller at a time.
/// </summary>
public interface IEnergyModel
{
    /// <summary>Its name, for people.</summary>
    string Name { get; }

    /// <summary>True when it knows an element.</summary>
    bool Knows(Element element);

    /// <summary>Energy, forces and stress of a structure.</summary>
    /// <param name="frame">The structure.</param>
    /// <param name="problem">Why there is no answer; null when there is one.</param>
    AtomicEnergy? Compute(AtomFrame frame, out string? problem);
}
