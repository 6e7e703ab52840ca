using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>The completion scripts in their shells.</summary>
public sealed class CompletionTests
{
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Put_the_command_on_a_search_path()
    {
        _folder = new TemporaryFolder();
        _folder.WriteProgram("crystalhpc", $"exec dotnet '{CrystalHpcCommand.Program}' \"$@\"");
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase("crystalhpc ex", "extract", ExpectedResult = "extract")]
    [TestCase("crystalhpc fit --th", "--threads", ExpectedResult = "--threads")]
    [TestCase("crystalhpc completion z", "zsh", ExpectedResult = "zsh")]
    public string Bash_completes_verbs_options_and_values(string line, string _)
    {
        string script = $$"""
            source <(crystalhpc completion bash)
            complete -p crystalhpc >/dev/null
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _crystalhpc
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        return Run("bash", script).Output.Trim();
    }

    [Test]
    public void Bash_offers_all_verbs_after_a_space()
    {
        const string Script = """
            source <(crystalhpc completion bash)
            COMP_LINE='crystalhpc ' COMP_POINT=11 COMP_WORDS=(crystalhpc '') COMP_CWORD=1
            _crystalhpc
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        Assert.That(Run("bash", Script).Output.Split('\n'), Does.Contain("run").And.Contain("inspect").And.Contain("info"));
    }

    [TestCase("crystalhpc ex", "extract")]
    [TestCase("crystalhpc inspect --def", "--definitions")]
    public void Fish_completes_verbs_and_options(string line, string expected)
    {
        string script = $"crystalhpc completion fish | source; complete -C '{line}'";
        Assert.That(Run("fish", script).Output.Split('\n'), Does.Contain(expected));
    }

    [TestCase("crystalhpc ex", "extract")]
    [TestCase("crystalhpc inspect --def", "--definitions")]
    public void Zsh_completes_verbs_and_options(string line, string expected)
    {
        // Outside its line editor zsh has no completion: the two builtins that the function calls stand in.
        string script = $$"""
            compdef() { : }
            compadd() { shift; print -l -- "$@" }
            _files() { : }
            source <(crystalhpc completion zsh)
            BUFFER='{{line}}' words=({{line}}) PREFIX="${words[-1]}"
            _crystalhpc
            """;
        Assert.That(Run("zsh", script).Output.Split('\n'), Does.Contain(expected));
    }

    private ChildResult Run(string shell, string script)
    {
        string path = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        ChildResult result = ChildProcess.Run(LaunchedProgram.RequireTool(shell), ["-c", script], ("PATH", path), ("HOME", _folder.Path));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result;
    }
}
