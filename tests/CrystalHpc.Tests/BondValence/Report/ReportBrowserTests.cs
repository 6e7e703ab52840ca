using System.Text.Json.Nodes;

namespace CrystalHpc.Tests.BondValence.Report;

/// <summary>The page in a browser: it opens without an error, and its tables can be sorted and filtered.</summary>
[Category("Browser")]
public sealed class ReportBrowserTests
{
    private Browser _browser = null!;

    [OneTimeSetUp]
    public void Start() => _browser = Browser.StartOrIgnore(1100, 900);

    [OneTimeTearDown]
    public void Stop() => _browser?.Dispose();

    [SetUp]
    public void Open()
    {
        _browser.SetDark(false);
        _browser.Open(SampleReport.Page);
    }

    [Test]
    public void It_opens_without_an_error_and_its_script_ran_to_the_end()
    {
        Assert.That(_browser.ReadConsole(), Is.Empty);
        Assert.That((string?)_browser.Evaluate("return document.documentElement.dataset.ready"), Is.EqualTo("true"));
        Assert.That((int)_browser.Evaluate("return performance.getEntriesByType('resource').length")!, Is.Zero, "nothing was fetched");
    }

    [Test]
    public void Every_chart_is_drawn_with_an_extent()
    {
        JsonArray charts = _browser.Evaluate("""
            for (const details of document.querySelectorAll("details")) details.open = true;
            return [...document.querySelectorAll("figure svg[role]")].map(svg => {
              const box = svg.getBoundingClientRect();
              return { id: svg.id, width: box.width, height: box.height, marks: svg.querySelectorAll("rect, path, circle").length };
            })
            """)!.AsArray();
        Assert.That(charts, Has.Count.GreaterThan(15));
        foreach (JsonNode? chart in charts)
        {
            Assert.That((double)chart!["width"]!, Is.GreaterThan(250), $"{chart["id"]}");
            Assert.That((double)chart["height"]!, Is.GreaterThan(50), $"{chart["id"]}");
            Assert.That((int)chart["marks"]!, Is.Positive, $"{chart["id"]}");
        }
    }

    [Test]
    public void Clicking_a_heading_sorts_by_number_one_way_and_the_other()
    {
        const string Heading = "#table-parameters th:nth-child(3) button";
        _browser.Click(Heading);
        double[] falling = Numbers("#table-parameters", 3);
        Assert.That(falling, Is.Ordered.Descending);
        Assert.That(Sort("#table-parameters", 3), Is.EqualTo("descending"));
        _browser.Click(Heading);
        double[] rising = Numbers("#table-parameters", 3);
        Assert.That(rising, Is.Ordered.Ascending);
        Assert.That(Sort("#table-parameters", 3), Is.EqualTo("ascending"));
        Assert.That(rising, Has.Length.EqualTo(falling.Length).And.Length.GreaterThan(10));
    }

    [Test]
    public void Negative_numbers_and_empty_cells_are_sorted_as_people_expect()
    {
        _browser.Click("#table-sites th:nth-child(7) button");
        double[] deviations = Numbers("#table-sites", 7);
        Assert.That(deviations, Is.Ordered.Descending);
        Assert.That(deviations[^1], Is.Negative);
        _browser.Click("#table-parameters th:nth-child(10) button");
        string[] rmsd = Texts("#table-parameters", 10);
        Assert.That(rmsd.SkipWhile(text => text.Length > 0), Is.All.Empty, "empty cells come last");
    }

    [Test]
    public void Cations_are_sorted_by_atomic_number()
    {
        _browser.Click("#table-parameters th:nth-child(1) button");
        string[] cations = Texts("#table-parameters", 1);
        Assert.That(cations[0], Is.EqualTo("H⁺"));
        Assert.That(Array.IndexOf(cations, "Si⁴⁺"), Is.InRange(Array.IndexOf(cations, "Mg²⁺"), Array.IndexOf(cations, "Ca²⁺")));
    }

    [Test]
    public void Typing_filters_rows_and_says_how_many_are_left()
    {
        _browser.Type("input[data-for=table-parameters]", "si4+ o2-");
        Assert.That(Texts("#table-parameters", 1), Is.EqualTo(new[] { "Si⁴⁺" }));
        Assert.That((string?)_browser.Evaluate("return document.getElementById('table-parameters-count').textContent"),
            Does.StartWith("1 of "));
    }

    [Test]
    public void An_element_of_the_periodic_table_lists_its_parameters()
    {
        _browser.Click("#chart-coverage a[data-query='cation=Ca']");
        Assert.That(Texts("#table-parameters", 1), Is.Not.Empty.And.All.EqualTo("Ca²⁺"));
    }

    [Test]
    public void The_keyboard_reaches_headings_filters_and_elements()
    {
        _browser.Evaluate("document.querySelector('#table-reasons th:nth-child(3) button').focus()");
        Assert.That((string?)_browser.Evaluate("return document.activeElement.tagName"), Is.EqualTo("BUTTON"));
        _browser.Type("#table-reasons th:nth-child(3) button", "\uE007");
        Assert.That(Numbers("#table-reasons", 3), Is.Ordered.Descending);
        Assert.That(Sort("#table-reasons", 3), Is.EqualTo("descending"));
        Assert.That((int)_browser.Evaluate(
            "return [...document.querySelectorAll('#chart-coverage a, .scroller, summary, input')].filter(x => x.tabIndex < 0).length")!,
            Is.Zero);
    }

    [Test]
    public void Text_stands_out_from_what_is_behind_it([Values] bool isDark)
    {
        _browser.SetDark(isDark);
        JsonArray faint = _browser.Evaluate("""
            const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            const luminance = text => { const [r, g, b] = text.match(/[\d.]+/g).map(Number).map(channel); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
            const paper = getComputedStyle(document.body).backgroundColor;
            const pairs = [];
            for (const cell of document.querySelectorAll(".elements a, .elements g.none"))
              for (const text of cell.querySelectorAll("text"))
                pairs.push([cell.textContent, getComputedStyle(text).fill, getComputedStyle(cell.querySelector("rect")).fill]);
            for (const text of document.querySelectorAll("svg:not(.elements) .axis text, svg .value, svg .row text"))
              pairs.push([text.textContent, getComputedStyle(text).fill, paper]);
            for (const element of document.querySelectorAll("p, h1, h2, h3, td, th, figcaption, a:not([data-cation]), summary, dd, dt, output"))
              pairs.push([element.textContent, getComputedStyle(element).color, paper]);
            return [pairs.length, ...pairs.filter(([, a, b]) => contrast(a, b) < 4.5).map(([text, a, b]) => `${text}: ${contrast(a, b).toFixed(2)}`)];
            """)!.AsArray();
        Assert.That((int)faint[0]!, Is.GreaterThan(500));
        Assert.That(faint.Skip(1).Select(text => (string?)text), Is.Empty, "contrast below 4.5 (WCAG 2, level AA)");
    }

    [Test]
    public void On_a_phone_the_page_does_not_scroll_sideways()
    {
        using Browser phone = Browser.StartOrIgnore(390, 844);
        phone.Open(SampleReport.Page);
        Assert.That((int)phone.Evaluate("return innerWidth")!, Is.EqualTo(390));
        Assert.That((int)phone.Evaluate("return document.documentElement.scrollWidth")!, Is.LessThanOrEqualTo(390));
        Assert.That(phone.ReadConsole(), Is.Empty);

        // The periodic table is there as a whole, with symbols that can be read.
        double[] table = [.. phone.Evaluate("""
            const box = document.querySelector("#chart-coverage").getBoundingClientRect();
            const symbol = document.querySelector("#chart-coverage .symbol").getBoundingClientRect();
            return [box.left, box.right, symbol.height];
            """)!.AsArray().Select(number => (double)number!)];
        Assert.That(table[0], Is.GreaterThanOrEqualTo(0));
        Assert.That(table[1], Is.LessThanOrEqualTo(390));
        Assert.That(table[2], Is.GreaterThan(8));
    }

    private string? Sort(string table, int column)
        => (string?)_browser.Evaluate($"return document.querySelector('{table} th:nth-child({column})').getAttribute('aria-sort')");

    private double[] Numbers(string table, int column)
        => [.. Texts(table, column).Select(text => double.Parse(WithoutError(text).Replace(",", "").Replace('−', '-').Replace(" %", "")))];

    private static string WithoutError(string text)
        => text.Contains('(', StringComparison.Ordinal) ? text[..text.IndexOf('(', StringComparison.Ordinal)] : text;

    private string[] Texts(string table, int column) =>
        [.. _browser.Evaluate(
            $"return [...document.querySelectorAll('{table} tbody tr:not([hidden]) td:nth-child({column})')].map(cell => "
            + $"cell.textContent)")!.AsArray().Select(text => (string)text!)];
}
