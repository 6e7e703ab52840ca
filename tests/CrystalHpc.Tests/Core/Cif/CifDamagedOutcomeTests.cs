using System.Diagnostics;
using System.Text;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Odd and damaged files through the whole way of the data.</summary>
[NonParallelizable]
public sealed class CifDamagedOutcomeTests
{
    private const long MaximumGrowth = 500_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Test]
    public void Every_damaged_file_has_an_outcome_for_each_structure_in_time_and_memory()
    {
        IEnumerable<string> all = Directory.EnumerateFiles(TestPaths.SharedOrIgnore("corpus/dirty"));
        string[] paths = [.. all.Where(path => Path.GetFileName(path) != "EXPECT.csv").Order(StringComparer.Ordinal)];
        StructurePipeline pipeline = Pipeline();
        long heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        long peakBefore = PeakMemory();
        foreach (string path in paths)
        {
            string name = Path.GetFileName(path);
            byte[] bytes = File.ReadAllBytes(path);
            Stopwatch watch = Stopwatch.StartNew();
            IReadOnlyList<StructureOutcome> outcomes = pipeline.Process(name, bytes);
            Assert.That(watch.Elapsed, Is.LessThan(Limit), name);
            Assert.That(outcomes, Is.Not.Empty, name);
            Assert.That(outcomes.Select(outcome => outcome.StructureId), Is.Unique, name);
            Assert.That(outcomes.Where(outcome => outcome.IsAccepted && outcome.Structure is null), Is.Empty, name);
            Assert.That(outcomes.Where(outcome => outcome.Structure is null && outcome.Reasons.Count < 2), Is.Empty, name);
        }

        Assert.That(paths, Has.Length.EqualTo(1036));
        Assert.That(PeakMemory() - peakBefore, Is.LessThan(MaximumGrowth));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - heapBefore, Is.LessThan(MaximumGrowth / 10));
    }

    private static long PeakMemory()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    [TestCase("_atom_site_moment.label Na1", "cif-kind-magnetic")]
    [TestCase("_cell_modulation_dimension 1", "cif-kind-modulated")]
    public void A_structure_whose_sites_would_mislead_is_rejected_with_its_kind(string line, string code)
    {
        string text = $"""
            data_x
            _symmetry_space_group_name_H-M 'P 1'
            _cell_length_a 5
            _cell_length_b 5
            _cell_length_c 5
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            {line}
            loop_ _symmetry_equiv_pos_as_xyz x,y,z
            loop_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
            Na1 0 0 0
            """;
        StructureOutcome outcome = Pipeline().Process("file", Encoding.UTF8.GetBytes(text)).Single();
        Assert.That(outcome.Structure, Is.Null);
        Assert.That(outcome.Reasons.Select(reason => reason.Name), Is.EqualTo(new[] { "reject-unreadable", code }));
        Assert.That(outcome.Findings.Select(finding => finding.Code.Name), Does.Contain(code));
    }

    // Found by the fuzz program: squares of such lengths overflow, and the search for neighbors did not end.
    [TestCase("1e300")]
    [TestCase("10001")]
    [CancelAfter(20_000)]
    public void A_cell_of_absurd_length_is_refused(string length)
    {
        string text = $"""
            data_x
            _cell_length_a 5.582
            _cell_length_b 5.582
            _cell_length_c {length}
            _cell_angle_alpha 90
            _cell_angle_beta 1
            _cell_angle_gamma 90
            loop_ _symmetry_equiv_pos_as_xyz x,y,z 1/2+x,-y,z 1/2-x,y,1/2+z -x,-y,1/2+z
            loop_ _atom_site_label _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
            Co -0.01 0.006 0.011
            As 0.38 0.381 0.383
            S -0.38 0.38 -0.382
            """;
        StructureOutcome outcome = Pipeline().Process("file", Encoding.UTF8.GetBytes(text)).Single();
        Assert.That(outcome.Reasons.Select(reason => reason.Name), Is.EqualTo(new[] { "reject-unreadable", "cell-invalid" }));
    }

    private static StructurePipeline Pipeline() => DefaultPipeline.Create();
}
