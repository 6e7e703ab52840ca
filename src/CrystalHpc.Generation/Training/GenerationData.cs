using CrystalHpc.Generation.Data;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Generation.Training;

/// <summary>What networks are trained on.</summary>
public sealed class GenerationData
{
    private const int Probe = 500, MostTimes = 10;

    /// <summary>
    /// Takes the training and validation parts of tables; crystals with elements that no training crystal has are left out.
    /// </summary>
    /// <param name="table">The tables.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="isConditioned">False: the condition of all crystals is unknown.</param>
    public GenerationData(GenerationTable table, VoxelGrid grid, bool isConditioned = true)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(grid);
        Grid = grid;
        GenerationSample[] known = [.. table.Samples.Where(sample => sample.Part != SplitPart.Test)];
        Species = SpeciesList.Of(known.Where(sample => sample.Part == SplitPart.Training));
        Samples = [.. known.Where(sample => sample.Cell.Elements.All(
            element => Species.PlaceOf(element.AtomicNumber) != SpeciesList.None))];
        Deciles = EnergyDeciles.Of(isConditioned ? Samples : []);
        Conditions = [.. Samples.Select(Deciles.ConditionOf)];
        Training = NumbersOf(SplitPart.Training);
        Validation = NumbersOf(SplitPart.Validation);
        MeanOccupied = Math.Max(1, Occupied());
    }

    /// <summary>The grid.</summary>
    public VoxelGrid Grid { get; }

    /// <summary>The crystals.</summary>
    public IReadOnlyList<GenerationSample> Samples { get; }

    /// <summary>The condition of each.</summary>
    public IReadOnlyList<int> Conditions { get; }

    /// <summary>The elements of the training crystals.</summary>
    public SpeciesList Species { get; }

    /// <summary>What the conditions mean.</summary>
    public EnergyDeciles Deciles { get; }

    /// <summary>Numbers of the training crystals.</summary>
    public int[] Training { get; }

    /// <summary>Numbers of the validation crystals.</summary>
    public int[] Validation { get; }

    /// <summary>Mean number of occupied voxels of evenly spread training crystals.</summary>
    public double MeanOccupied { get; }

    /// <summary>
    /// Numbers of the training crystals that an epoch shows: crystals of a rare kind come several times, ten at most, until their kind
    /// makes up a share of all training crystals.
    /// </summary>
    /// <param name="kindShare">The share that no kind falls short of; 0: each crystal once.</param>
    public int[] Epoch(double kindShare)
    {
        ILookup<CellClass, int> kinds = Training.ToLookup(i => Samples[i].Class);
        int Times(CellClass kind) => (int)Math.Clamp(Math.Ceiling(kindShare * Training.Length / kinds[kind].Count()), 1, MostTimes);
        Dictionary<CellClass, int> times = kinds.ToDictionary(kind => kind.Key, kind => Times(kind.Key));
        return [.. Training.SelectMany(i => Enumerable.Repeat(i, times[Samples[i].Class]))];
    }

    /// <summary>Evenly spread numbers of the validation crystals: what trainings follow their course on.</summary>
    public int[] SomeOfValidation(int most) =>
        [.. Enumerable.Range(0, Math.Min(most, Validation.Length)).Select(i
            => Validation[(int)((long)i * Validation.Length / Math.Min(most, Validation.Length))])];

    private int[] NumbersOf(SplitPart part) => [.. Samples.Index().Where(pair => pair.Item.Part == part).Select(pair => pair.Index)];

    private double Occupied()
    {
        var voxelizer = new Voxelizer(Grid);
        byte[] species = new byte[Grid.Voxels];
        int step = Math.Max(1, Training.Length / Probe);
        long sum = 0, count = 0;
        for (int i = 0; i < Training.Length; i += step)
        {
            voxelizer.FillSpecies(Samples[Training[i]].Cell, species);
            sum += species.Count(number => number > 0);
            count++;
        }

        return (double)sum / Math.Max(1, count);
    }
}
