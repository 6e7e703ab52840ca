using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Report;

/// <summary>A headless Chromium, driven through chromedriver by W3C WebDriver requests.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage",
    ];

    private readonly Process _driver;
    private readonly HttpClient _client;
    private readonly string _session;

    private Browser(string driver, string chromium, int width, int height)
    {
        _driver = Process.Start(new ProcessStartInfo(driver, ["--port=0"]) {
            RedirectStandardOutput = true, RedirectStandardError = true })!;
        _driver.ErrorDataReceived += (_, _) => { };
        _driver.BeginErrorReadLine();
        _client = new HttpClient(new HttpClientHandler { UseProxy = false }) {
            BaseAddress = new Uri($"http://127.0.0.1:{ReadPort()}"), Timeout = TimeSpan.FromSeconds(90) };
        try
        {
            JsonNode created = Send(HttpMethod.Post, "/session", new JsonObject {
                ["capabilities"] = new JsonObject { ["alwaysMatch"] = Capabilities(chromium, width, height) } });
            _session = $"/session/{created["sessionId"]}";
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Starts a browser with a window of this size, px; ignores the running test, saying why, where there is none.</summary>
    public static Browser StartOrIgnore(int width, int height)
    {
        string? driver = ChildProcess.Find("chromedriver"), chromium = ChildProcess.Find("chromium");
        if (driver is null || chromium is null)
            Assert.Ignore($"{(chromium is null ? "chromium" : "chromedriver (Debian: chromium-driver)")} is not installed");
        return new Browser(driver, chromium, width, height);
    }

    /// <summary>Opens a file.</summary>
    public void Open(string path) => Send(HttpMethod.Post, _session + "/url", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });

    /// <summary>Runs the body of a function in the page and returns its result.</summary>
    public JsonNode? Evaluate(string body)
        => Send(HttpMethod.Post, _session + "/execute/sync", new JsonObject { ["script"] = body, ["args"] = new JsonArray() });

    /// <summary>Clicks the middle of an element, as a person does: it must be in view and not covered.</summary>
    public void Click(string selector) => Send(HttpMethod.Post, $"{_session}/element/{Find(selector)}/click", []);

    /// <summary>Types into an element.</summary>
    public void Type(string selector, string text)
        => Send(HttpMethod.Post, $"{_session}/element/{Find(selector)}/value", new JsonObject { ["text"] = text });

    /// <summary>Presents the page as on a dark screen, or on a light one.</summary>
    public void SetDark(bool isDark) => Send(HttpMethod.Post, _session + "/goog/cdp/execute", new JsonObject
    {
        ["cmd"] = "Emulation.setEmulatedMedia",
        ["params"] = new JsonObject { ["features"] = new JsonArray(new JsonObject {
        ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) },
    });

    /// <summary>What the console of the page has said since the last call: errors and warnings of scripts, refused requests.</summary>
    public string[] ReadConsole() =>
        [.. Send(HttpMethod.Post, _session + "/se/log", new JsonObject { ["type"] = "browser" }).AsArray()
            .Select(entry => $"{entry!["level"]}: {entry["message"]}")];

    public void Dispose()
    {
        try
        {
            Send(HttpMethod.Delete, _session, null);
        }
        finally
        {
            Close();
        }
    }

    private static JsonObject Capabilities(string chromium, int width, int height) => new()
    {
        ["goog:chromeOptions"] = new JsonObject
        {
            ["binary"] = chromium,
            ["args"] = new JsonArray([.. Arguments.Select(argument => JsonValue.Create(argument))]),
            ["mobileEmulation"] = new JsonObject { ["deviceMetrics"] = new JsonObject {
            ["width"] = width, ["height"] = height, ["pixelRatio"] = 1, ["mobile"] = false, ["touch"] = false } },
        },
        ["goog:loggingPrefs"] = new JsonObject { ["browser"] = "ALL" },
    };

    private string Find(string selector)
    {
        JsonNode element = Send(HttpMethod.Post, _session + "/element",
            new JsonObject { ["using"] = "css selector", ["value"] = selector });
        return element.AsObject().Single().Value!.GetValue<string>();
    }

    private int ReadPort()
    {
        while (_driver.StandardOutput.ReadLine() is { } line)
        {
            if (Regex.Match(line, @"on port (\d+)\.") is { Success: true } match)
                return int.Parse(match.Groups[1].Value);
        }

        throw new InvalidOperationException("chromedriver did not start");
    }

    private JsonNode Send(HttpMethod method, string path, JsonObject? content)
    {
        // chromedriver takes bodies of known length only.
        using var request = new HttpRequestMessage(method, path);
        if (content is not null)
            request.Content = new StringContent(content.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = _client.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        JsonNode answer = JsonNode.Parse(reader.ReadToEnd())!;
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: {answer["value"]?["message"]}");
        return answer["value"] ?? new JsonObject();
    }

    private void Close()
    {
        _client.Dispose();
        if (!_driver.HasExited)
            _driver.Kill(entireProcessTree: true);
        _driver.WaitForExit();
        _driver.Dispose();
    }
}
