using System.CommandLine;
using System.Text.Json;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential predict</c>.</summary>
internal static class PredictCommand
{
    private static readonly JsonSerializerOptions OneLine = new(JobSummary.Json) { WriteIndented = false };

    public static Command Create(CommandContext context)
    {
        var command = new Command("predict", """
            Energies, forces and stress of structures, how sure they are, and which atoms lie outside what the potential was trained on.

            Examples:
              crystalhpc potential predict relaxed.vasp --model my-titania/model.safetensors
              crystalhpc potential predict frames.extxyz --model my-titania/model.safetensors --json
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Structure files, or folders of such: extended XYZ, XSF, input.data, POSCAR, CIF, packed (.gz) or not.",
                Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "For programs: one JSON object a line, with forces and stress." };
        var csv = new Option<string?>("--csv") { Description = "Write a table of energies instead: one line a structure.",
            HelpName = "FILE" };
        command.Add(inputs);
        command.Add(json);
        command.Add(csv);
        var model = new ModelOptions(command, hasLabels: false);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            (_, PotentialModel potential) = model.Read(parsed);
            FrameReaderOptions reader = model.Reader(parsed);
            var evaluator = new PotentialEvaluator(potential);
            IEnumerable<PotentialAnswer> answers = parsed.GetRequiredValue(inputs).SelectMany(FrameData.Files)
                .SelectMany(path => FrameData.Readings(path, reader)
                    .Select(entry => Answer(path, entry.Number, entry.Reading, evaluator, potential)));
            (int refused, int all) = (0, 0);
            IEnumerable<PotentialAnswer> Counted()
            {
                foreach (PotentialAnswer answer in answers)
                {
                    (refused, all) = (refused + (answer.Prediction is null ? 1 : 0), all + 1);
                    yield return answer;
                }
            }

            if (parsed.GetValue(csv) is { } path)
            {
                PotentialAnswerRow[] rows = [.. Counted().Select(PotentialAnswerRow.Of)];
                NamedOutput.Write(path, PotentialAnswerRow.Signature, stream => Csv.Write(stream, rows));
            }
            else
            {
                foreach (PotentialAnswer answer in Counted())
                {
                    if (parsed.GetValue(json))
                        Terminal.Out.WriteLine(answer.ToJson().ToJsonString(OneLine));
                    else
                        answer.Print(Terminal.Out);
                }
            }

            if (refused > 0)
                throw UserException.Unusable(FormattableString.Invariant($"{refused} of {all} structures refused"));
        }));
        return command;
    }

    private static PotentialAnswer Answer(string path, int number, FrameReading reading, PotentialEvaluator evaluator, PotentialModel model)
    {
        string name = number == 0 ? path : FormattableString.Invariant($"{path}#{number}");
        if (reading.Frame is null)
            return new PotentialAnswer(name, 0, null, reading.Findings.Last(finding => finding.Code.Severity == FindingSeverity.Error)
                .Message, model);
        PotentialPrediction? prediction = evaluator.Predict(reading.Frame, forces: true, out string? problem);
        return new PotentialAnswer(name, reading.Frame.AtomCount, prediction, problem, model);
    }
}
