using System.Text;
using System.Xml;
using System.Xml.Linq;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Report;

/// <summary>The page: one file that needs nothing else. It is HTML and well-formed XML at once.</summary>
public static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="stream">Where to; UTF-8.</param>
    /// <param name="run">What any run has.</param>
    /// <param name="parts">What the systems show.</param>
    /// <param name="codes">Every finding code by name, for their meanings.</param>
    /// <param name="stages">Names under which stages report, in order.</param>
    public static void Write(
        Stream stream, RunOverview run, IReadOnlyList<ReportPart> parts, IReadOnlyDictionary<string, FindingCode> codes,
        IReadOnlyList<string> stages) =>
        Write(
            stream, run.CorpusName, OverviewSection.Header(run, parts),
            [
                OverviewSection.Funnel(run, parts),
                .. parts.SelectMany(part => part.Sections),
                ReasonSection.Of(run, codes),
                RunSection.Timings(run, stages),
                RunSection.Configuration(run),
            ]);

    /// <summary>Writes a page of any sections.</summary>
    /// <param name="stream">Where to; UTF-8.</param>
    /// <param name="subject">What the page is about, for its title.</param>
    /// <param name="header">Its head.</param>
    /// <param name="sections">Its sections, see <see cref="Layout.Section"/>.</param>
    public static void Write(Stream stream, string subject, XElement header, IReadOnlyList<XElement> sections)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write("<!DOCTYPE html>\n"u8);
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            OmitXmlDeclaration = true,
            NewLineHandling = NewLineHandling.None,
            CloseOutput = false,
        };
        using (var writer = XmlWriter.Create(stream, settings))
            Page(subject, header, sections).WriteTo(writer);
        stream.WriteByte((byte)'\n');
    }

    private static XElement Page(string subject, XElement header, IReadOnlyList<XElement> sections) => Markup.Element(
        "html",
        Markup.Attribute("lang", "en"),
        Head(subject),
        "\n",
        Markup.Element(
            "body",
            header,
            Markup.Element("nav", Markup.Attribute("aria-label", "Sections"), sections.Select(section =>
                Markup.Element("a", Markup.Attribute("href", "#" + section.Attribute("id")!.Value), section.Element("h2")!.Value))),
            Markup.Element("main", sections.SelectMany(section => new object[] { "\n", section })),
            "\n",
            Embedded("script", "report.js")));

    private static XElement Head(string subject) => Markup.Element(
        "head",
        Markup.Element("meta", Markup.Attribute("charset", "utf-8")),
        Markup.Element("meta", Markup.Attribute("name", "viewport"), Markup.Attribute("content", "width=device-width, initial-scale=1")),
        Markup.Element("meta", Markup.Attribute("name", "color-scheme"), Markup.Attribute("content", "light dark")),

        // Nothing is fetched: the browser is told not to try.
        Markup.Element(
            "meta", Markup.Attribute("http-equiv", "Content-Security-Policy"),
            Markup.Attribute("content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'")),
        Markup.Element("title", $"CrystalHpc report: {subject}"),
        Embedded("style", "report.css"));

    // The comment signs hide the CDATA marks from CSS and JavaScript; the CDATA marks hide < and & from XML.
    private static XElement Embedded(string element, string resource)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream($"CrystalHpc.Engine.Report.{resource}")
            ?? throw new InvalidOperationException($"no embedded file {resource}");
        using var reader = new StreamReader(stream);
        return new XElement(element, new XText("/*"), new XCData("*/\n" + reader.ReadToEnd() + "/*"), new XText("*/"));
    }
}
