using CrystalHpc.Engine.Runs;

namespace CrystalHpc.BondValence;

/// <summary>Where bond valence keeps its results in a run directory.</summary>
internal static class ResultFolders
{
    extension(RunDirectory run)
    {
        /// <summary>Results of the fit.</summary>
        public string Fit => run.Results("fit");

        /// <summary>Results of the evaluation.</summary>
        public string Evaluation => run.Results("evaluation");
    }
}
