namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>How phonons are computed.</summary>
internal sealed record PhononOptions
{
    /// <summary>False: atoms and cell stay as they are.</summary>
    public bool Relaxes { get; init; } = true;

    /// <summary>Cells along each axis; null: as many as <see cref="LengthAngstrom"/> demands.</summary>
    public int[]? Counts { get; init; }

    /// <summary>No edge of the supercell is shorter, A.</summary>
    public double LengthAngstrom { get; init; } = 10;

    /// <summary>How far atoms are moved, A.</summary>
    public double DisplacementAngstrom { get; init; } = 0.01;

    /// <summary>Highest temperature, K.</summary>
    public double MostKelvin { get; init; } = 1000;
}
