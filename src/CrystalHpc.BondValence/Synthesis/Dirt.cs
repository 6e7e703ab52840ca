using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>Spoils files as real databases have them spoiled.</summary>
internal static class Dirt
{
    private static readonly HashSet<string> NeverCations = [.. "He O F Ne Ar Kr Xe Rn".Split(' ')];

    /// <summary>Changes a sound file; truncation and missing long bonds are made elsewhere.</summary>
    public static void Apply(DirtKind kind, Draft draft, MadeCrystal crystal, CounterRandom random)
    {
        switch (kind)
        {
            case DirtKind.WrongElement:
                ChangeElement(draft, crystal, random);
                break;
            case DirtKind.WrongState:
                ChangeStates(draft, crystal);
                break;
            case DirtKind.ShortDistances:
                double length = MeanBondAngstrom(crystal);
                draft.Scale((length - random.NextUniform(0.3, 1.0)) / length);
                break;
            case DirtKind.Disorder:
                SplitSite(draft, random);
                break;
            case DirtKind.MissingHydrogen:
                HideHydrogen(draft, crystal, isInFormula: random.NextUniform() < 0.5);
                break;
            case DirtKind.BadSymmetry:
                SpoilOperations(draft.Operations, random);
                break;
            case DirtKind.Theoretical:
                draft.Scale(random.NextUniform(1.01, 1.02));
                draft.Metadata = draft.Metadata with { IsTheoretical = true, RFactor = null, TemperatureKelvin = null };
                break;
            case DirtKind.HighPressure:
                draft.Scale(random.NextUniform(0.95, 0.98));
                draft.Metadata = draft.Metadata with { PressureKilopascal = ValueRange.Exactly(Math.Round(random.NextUniform(2e6, 2e7))) };
                break;
            case DirtKind.Duplicate:
                if (random.NextUniform() < 0.5)
                    draft.Metadata = draft.Metadata with { DatabaseFlags = ["cod-duplicate"] };
                break;
            case DirtKind.ZeroStates:
                SetCharges(draft, (_, _) => 0);
                break;
        }
    }

    // The next element of the table, which has about the same size and scattering; its states are those of the true one.
    private static void ChangeElement(Draft draft, MadeCrystal crystal, CounterRandom random)
    {
        Element right = random.Pick(crystal.Compound.Cations).Element;
        var next = new Element((byte)(right.AtomicNumber + 1));
        Element wrong = NeverCations.Contains(next.Symbol) ? new Element((byte)(right.AtomicNumber - 1)) : next;
        for (int site = 0; site < draft.Sites.Count; site++)
        {
            AtomSite atom = draft.Sites[site];
            if (atom.Element != right)
                continue;
            draft.Sites[site] = atom with
            {
                Element = wrong,
                Label = wrong.Symbol + atom.Label[right.Symbol.Length..],
                TypeSymbol = wrong.Symbol + atom.TypeSymbol[right.Symbol.Length..],
            };
        }

        (string formula, int units) = Draft.FormulaOf(
            crystal.Compound with { Cations = [.. crystal.Compound.Cations.Select(
            cation => cation.Element == right ? cation with { Element = wrong } : cation)] }, 0);
        draft.Metadata = draft.Metadata with { FormulaSum = formula, FormulaUnits = units };
    }

    // One more for the first cation, one less for another as frequent as it; where there is none, the cell is left charged.
    private static void ChangeStates(Draft draft, MadeCrystal crystal)
    {
        Compound compound = crystal.Compound;
        Template template = compound.Template;
        int atoms = template.AtomsInSlot(true, 0);
        int other = Enumerable.Range(1, compound.Cations.Count - 1)
            .FirstOrDefault(slot => template.AtomsInSlot(true, slot) == atoms && compound.Cations[slot].Charge > 1);
        SetCharges(draft, (site, _) => !template.Sites[site].IsCation ? compound.SpeciesOf(template.Sites[site]).Charge
            : compound.SpeciesOf(template.Sites[site]).Charge
                + (template.Sites[site].Slot == 0 ? 1 : template.Sites[site].Slot == other ? -1 : 0));
    }

    private static void SetCharges(Draft draft, Func<int, AtomSite, double> charge)
    {
        for (int site = 0; site < draft.Sites.Count; site++)
            draft.Sites[site] = draft.Sites[site] with { Charge = charge(site, draft.Sites[site]),
                TypeSymbol = draft.Sites[site].Element.Symbol };
    }

    private static void SplitSite(Draft draft, CounterRandom random)
    {
        int index = random.NextIndex(draft.Sites.Count);
        AtomSite site = draft.Sites[index];
        var shift = new Fractional(0.03, 0.02, 0.025);
        draft.Sites[index] = site with { Label = site.Label + "A", Occupancy = 0.5, DisorderGroup = "1", Position = site.Position + shift };
        draft.Sites.Insert(index + 1, site with { Label = site.Label + "B", Occupancy = 0.5, DisorderGroup = "2",
            Position = site.Position - shift });
    }

    private static void HideHydrogen(Draft draft, MadeCrystal crystal, bool isInFormula)
    {
        // Oxygen of the hydroxide is an ordinary oxide ion beside a proton.
        for (int site = 0; site < draft.Sites.Count; site++)
        {
            AtomSite atom = draft.Sites[site];
            if (crystal.Compound.Template.Sites[site].IsCation)
                continue;
            draft.Sites[site] = atom with { Charge = atom.Charge is null ? null : -2,
                TypeSymbol = atom.TypeSymbol.Replace("1-", "2-", StringComparison.Ordinal) };
        }

        (string formula, int units) = Draft.FormulaOf(crystal.Compound, hydrogenPerOxygen: isInFormula ? 1 : 0);
        draft.Metadata = draft.Metadata with { FormulaSum = formula, FormulaUnits = units };
    }

    private static void SpoilOperations(List<SymmetryOperation> operations, CounterRandom random)
    {
        const double WrongShift = 0.3;
        int chosen = operations.Count > 1 ? 1 + random.NextIndex(operations.Count - 1) : 0;
        SymmetryOperation wrong = operations[chosen] with { T1 = (operations[chosen].T1 + WrongShift) % 1 };
        if (operations.Count == 1)
            operations.Add(wrong);
        else if (random.NextUniform() < 0.5)
            operations.RemoveAt(chosen);
        else
            operations[chosen] = wrong;
    }

    private static double MeanBondAngstrom(MadeCrystal crystal) =>
        crystal.Compound.Template.Bonds.Average(bond => crystal.Cell.ToCartesian(bond.Difference(crystal.Positions)).Length);
}
