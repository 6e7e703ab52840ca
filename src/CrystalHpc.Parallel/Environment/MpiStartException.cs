namespace CrystalHpc.Parallel;

/// <summary>MPI was asked for and cannot be used: no library, or one that does not belong to the launcher.</summary>
/// <param name="message">What is wrong and what to do about it.</param>
public sealed class MpiStartException(string message) : Exception(message);
