using System.Text;
using System.Xml;
using System.Xml.Linq;
using CrystalHpc.Core.Findings;
using CrystalHpc.Report.Charts;
using CrystalHpc.Report.Data;
using CrystalHpc.Report.Sections;

namespace CrystalHpc.Report;

/// <summary>The page: one file that needs nothing else. It is HTML and well-formed XML at once.</summary>
internal static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="stream">Where to; UTF-8.</param>
    /// <param name="data">What the run holds.</param>
    /// <param name="codes">Every finding code by name, for their meanings.</param>
    public static void Write(Stream stream, ReportData data, IReadOnlyDictionary<string, FindingCode> codes)
    {
        stream.Write("<!DOCTYPE html>\n"u8);
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            OmitXmlDeclaration = true,
            NewLineHandling = NewLineHandling.None,
            CloseOutput = false,
        };
        using (var writer = XmlWriter.Create(stream, settings))
            Page(data, codes).WriteTo(writer);
        stream.WriteByte((byte)'\n');
    }

    private static XElement Page(ReportData data, IReadOnlyDictionary<string, FindingCode> codes)
    {
        XElement?[] sections =
        [
            OverviewSection.Funnel(data),
            ElementSection.Of(data),
            PairSection.Of(data),
            ValenceSection.Of(data),
            EvaluationSection.Of(data),
            FitSection.Of(data),
            ParameterSection.Of(data),
            SiteSection.Worst(data),
            SiteSection.Reasons(data, codes),
            RunSection.Timings(data),
            RunSection.Configuration(data),
        ];
        XElement[] present = [.. sections.OfType<XElement>()];
        return Markup.Element(
            "html",
            Markup.Attribute("lang", "en"),
            Head(OverviewSection.CorpusName(data.Record)),
            "\n",
            Markup.Element(
                "body",
                OverviewSection.Header(data),
                Markup.Element("nav", Markup.Attribute("aria-label", "Sections"), present.Select(section =>
                    Markup.Element("a", Markup.Attribute("href", "#" + section.Attribute("id")!.Value), section.Element("h2")!.Value))),
                Markup.Element("main", present.SelectMany(section => new object[] { "\n", section })),
                "\n",
                Embedded("script", "report.js")));
    }

    private static XElement Head(string corpus) => Markup.Element(
        "head",
        Markup.Element("meta", Markup.Attribute("charset", "utf-8")),
        Markup.Element("meta", Markup.Attribute("name", "viewport"), Markup.Attribute("content", "width=device-width, initial-scale=1")),
        Markup.Element("meta", Markup.Attribute("name", "color-scheme"), Markup.Attribute("content", "light dark")),

        // Nothing is fetched: the browser is told not to try.
        Markup.Element(
            "meta", Markup.Attribute("http-equiv", "Content-Security-Policy"),
            Markup.Attribute("content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'")),
        Markup.Element("title", $"CrystalHpc report: {corpus}"),
        Embedded("style", "report.css"));

    // The comment signs hide the CDATA marks from CSS and JavaScript; the CDATA marks hide < and & from XML.
    private static XElement Embedded(string element, string resource)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream($"CrystalHpc.Report.{resource}")
            ?? throw new InvalidOperationException($"no embedded file {resource}");
        using var reader = new StreamReader(stream);
        return new XElement(element, new XText("/*"), new XCData("*/\n" + reader.ReadToEnd() + "/*"), new XText("*/"));
    }
}
