using System.Xml;
using System.Xml.Linq;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Report;

/// <summary>The report of the sample corpus, made once for all tests that ask for it.</summary>
[SetUpFixture]
public sealed class SampleReport
{
    private static TemporaryFolder? _folder;
    private static readonly Lazy<string> LazyRun = new(() => Make(_folder = new TemporaryFolder(), "sample", "1"));

    /// <summary>The run directory.</summary>
    public static string Run => LazyRun.Value;

    /// <summary>The page.</summary>
    public static string Page => Path.Combine(Run, "report.html");

    /// <summary>Runs the quickstart with so many threads; returns the run directory.</summary>
    internal static string Make(TemporaryFolder folder, string name, string threads)
    {
        ChildResult result = CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", folder[name],
            "--threads", threads);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return folder[name];
    }

    /// <summary>Parses a page as XML, which all of it is but its first line.</summary>
    internal static XElement Parse(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();
}
