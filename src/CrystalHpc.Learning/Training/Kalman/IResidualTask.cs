using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Training;

/// <summary>What a Kalman filter trains: a network whose loss is a sum of squares of deviations, with the Jacobian of these.</summary>
public interface IResidualTask
{
    /// <summary>All parameters, in a fixed order.</summary>
    IReadOnlyList<Parameter<double>> Parameters { get; }

    /// <summary>
    /// Where blocks of parameters end that a decoupled filter treats as uncorrelated, in ascending order, the last at the end of all.
    /// </summary>
    IReadOnlyList<int> BlockEnds { get; }

    /// <summary>Sets the parameters to where a training starts; what is drawn follows from the seed alone.</summary>
    void Initialize(ulong seed);

    /// <summary>Number of deviations of a sample.</summary>
    int ResidualsOf(int sample);

    /// <summary>
    /// The deviations of a sample, actual less predicted, times the roots of their weights, and the slopes of the predictions times the
    /// same.
    /// </summary>
    /// <param name="sample">Number of the sample.</param>
    /// <param name="residuals">Receives the deviations.</param>
    /// <param name="jacobian">Receives a row for each deviation; zeros before, with a vector of room behind the last row.</param>
    /// <param name="stride">Length of a row: the number of parameters.</param>
    void Residuals(int sample, Span<double> residuals, Span<double> jacobian, int stride);

    /// <summary>The sum of the losses of samples.</summary>
    double Loss(ReadOnlySpan<int> samples);
}
