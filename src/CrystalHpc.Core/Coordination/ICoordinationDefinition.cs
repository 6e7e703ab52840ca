using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// One answer to the question which atoms around an atom are its neighbors. None is the true one: they are chosen in the
/// configuration as equals. An implementation keeps working space between calls: one instance a thread.
/// </summary>
/// <remarks>
/// Atoms that share one place (mixed sites) are no neighbors of one another; a shared place around an atom counts once, as its first
/// atom. Atoms that symmetry makes equally far are accepted or left out together.
/// </remarks>
public interface ICoordinationDefinition
{
    /// <summary>The neighbors of one atom.</summary>
    /// <param name="structure">The crystal; consecutive calls for the same one are fastest.</param>
    /// <param name="atom">Index of the atom in the cell.</param>
    /// <param name="findings">Receives what was noticed, when given.</param>
    /// <returns>The shell, perhaps empty.</returns>
    CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null);
}

/// <summary>Settings of one definition, which know how to make it.</summary>
public interface ICoordinationOptions
{
    /// <summary>
    /// True: only atoms whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero.
    /// </summary>
    bool OppositeChargesOnly { get; init; }

    /// <summary>A worker with these settings.</summary>
    ICoordinationDefinition Create();
}
