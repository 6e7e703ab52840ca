#!/usr/bin/python3
"""Regenerates the figures of report-2023.md, rounding.md, all-atoms.md, keys.md and losses.md.

  docs/studies/studies.py [--corpus ../shared/corpus/cod-real.tar.gz] [--work runs/studies] [report descent rounding cutoffs keys losses]

Each variant is a configuration of configs/ with some keys replaced, written to WORK/configs. The tables go to WORK/figures-NAME.md and to
the terminal. Needs NumPy and a built program (--program). All of it takes 15 to 40 minutes on two cores; runs that exist are gone on with.
"""

import argparse
import time

from descent import descent
from variants import HELD_OUT, RECOVERY, ROOT, Studies, held_out, in_sample, recovery, softness, table

START = {"fit.start": "analytic"}
GATE = {"fit.gate_angstrom": 0.30}
HUBER = {"fit.loss": "pseudo_huber"}
SPECIES = {"fit.key": "species"}
OWN = {"fit.softness": "per_pair", "fit.softness_prior_width": 0.10, "fit.softness_min_angstrom": 0.25, "fit.softness_max_angstrom": 0.65,
       "fit.environment_correlation": 0.02, "fit.radius_prior": True, "fit.redeterminations_share_weight": True}


def report(studies):
    """The model of 2023, one thing mended after the other, on the same equations each time; the default configuration last."""
    ladder = [("report", "report-2023.json", {"fit.max_iterations": 20000}),
              ("formula", "report-2023-formula.json", {}),
              ("analytic", "... and the analytic start", START),
              ("gate", "... and the gate", {**START, **GATE}),
              ("huber", "... and the pseudo-Huber loss", {**START, **GATE, **HUBER}),
              ("species", "... and species as key", {**START, **GATE, **HUBER, **SPECIES}),
              ("own", "... and B of each pair, prior, bounds: the default fit", {**START, **GATE, **HUBER, **SPECIES, **OWN}),
              ("misplaced", "only the misplaced division, one b", {**START, **GATE, **HUBER, **SPECIES}),
              ("squares", "squares, no gate, species, one B", {**START, **SPECIES, "fit.loss": "squares"}),
              ("squares-gate", "squares, gate, species, one B", {**START, **GATE, **SPECIES, "fit.loss": "squares"})]
    lines = []
    for corpus in ["real", "clean", "dirt", "gross"]:
        dirty, body = studies.dirty(corpus), []
        for name, text, changes in ladder:
            misplaced = name in ("report", "misplaced")
            base = "report-2023.json" if misplaced else "report-2023-formula.json"
            body.append(row(studies.run(name, corpus, base, "report", changes, evaluate=False), text, dirty))
        body.append(row(studies.run("default", corpus, extraction="ladder", evaluate=False), "default configuration", dirty))
        if corpus == "real":
            changes = studies.section("report-2023.json", "fit")
            body.append(row(studies.run("report-fit", corpus, extraction="ladder", changes=changes, evaluate=False), "default equations, the report's fit", dirty))
            changes["fit.law"], changes["fit.softness_prior_mean_angstrom"] = "exponential", 0.37
            body.append(row(studies.run("formula-fit", corpus, extraction="ladder", changes=changes, evaluate=False), "default equations, formula as published", dirty))
            changes |= {**START, **GATE, **HUBER, **SPECIES}
            body.append(row(studies.run("species-fit", corpus, extraction="ladder", changes=changes, evaluate=False), "default equations, one B, all else mended", dirty))
        lines += [f"### {corpus}", "", *table(["variant", "equations", "B, Å", "exp abs(d) - 1, mean", "wrong, %", "wrong of all, %", "iterations", "stopped by"], body)]
    studies.write("report", lines)


def row(result, text, dirty):
    n, loss, wrong, wrong_all = in_sample(result, dirty)
    size = f"{loss:.3f}" if loss < 1e3 else f"{loss:.0e}"
    return [text, f"{n:,}", softness(result), size, f"{wrong:.1f}", f"{wrong_all:.1f}", f"{result['fit']['iterations']}", result["fit"]["stopped_by"]]


def rounding(studies):
    """The same fits judged by sums and by sums of rounded bonds; then by oxidation state."""
    body, kept = [], {}
    for corpus, definition in [("real", "crystal_nn"), ("real", "cutoff"), ("clean", "crystal_nn")]:
        for rounded in [False, True]:
            result = studies.run(f"rounded-{definition}-{rounded}", corpus, extraction=definition,
                                 changes={"neighbors.definition": definition, "evaluation.round_each_bond": rounded})
            count, ((_, rmsd, wrong, *_),) = held_out([result])
            body.append([corpus, definition, "each bond" if rounded else "the sum", f"{count:,}", rmsd, f"{100 - float(wrong):.1f}"])
            kept[corpus, definition, rounded] = result
    lines = table(["corpus", "neighbors", "rounded", "sites", "RMSD, v.u.", "right, %"], body)
    body, pair = [], [kept["real", "crystal_nn", rounded] for rounded in (False, True)]
    for charge in range(1, 7):
        some = [{**result, "sites": [site for site in result["sites"] if int(site["charge"]) == charge]} for result in pair]
        count, figures = held_out(some)
        bonds = sum(int(site["n_bonds"]) for site in some[0]["sites"]) / len(some[0]["sites"])
        body.append([f"{charge}+", f"{count:,}", f"{bonds:.1f}", *(f"{100 - float(one[2]):.1f}" for one in figures)])
    studies.write("rounding", lines + table(["oxidation state", "sites", "bonds each", "sum rounded: right, %", "each bond rounded: right, %"], body))


def cutoffs(studies):
    lines, variants = [], [("crystal_nn", None, True), *(("cutoff", radius, True) for radius in (3.0, 3.5, 4.0, 4.5, 5.0, 6.0)), ("cutoff", 5.0, False)]
    results, body = [], []
    for definition, radius, opposite in variants:
        name = f"{definition}-{radius}-{opposite}"
        changes = {"neighbors.definition": definition, "neighbors.cutoff.opposite_charges_only": opposite}
        if radius:
            changes["neighbors.cutoff.cutoff_angstrom"] = radius
        result = studies.run(name, "real", changes=changes)
        results.append(result)
        shared = studies.run(name + "-global", "real", extraction=name, evaluate=False, changes={**changes, "fit.softness": "global", "fit.softness_prior_width": None})
        bonds = sum(int(one["n_bonds"]) for one in result["residuals"]) / len(result["residuals"])
        text = definition if radius is None else f"within {radius} Å" + ("" if opposite else ", all atoms")
        body.append([text, f"{len(result['residuals']):,}", f"{bonds:.1f}", f"{result['fit']['pairs']}", softness(result), softness(shared)])
    count, held = held_out(results)
    lines += [f"Same sites: {count:,}", "", *table(["neighbors", "equations", "bonds each", "pairs", "B, Å", "one B for all, Å", *HELD_OUT], [a + b for a, b in zip(body, held)])]
    body = []
    for corpus in ["clean", "dirt"]:
        for definition, radius in [("crystal_nn", None), ("cutoff", 3.5), ("cutoff", 5.0)]:
            changes = {"neighbors.definition": definition} | ({"neighbors.cutoff.cutoff_angstrom": radius} if radius else {})
            result = studies.run(f"{definition}-{radius}", corpus, changes=changes, evaluate=False)
            body.append([corpus, definition if radius is None else f"within {radius} Å", softness(result), *recovery(result, studies.planted(corpus))])
    studies.write("cutoffs", lines + table(["corpus", "neighbors", "B, Å (planted 0.37)", *RECOVERY], body))


def compare(studies, name, variants):
    """Held-out figures on the real corpus, then recovery of planted parameters with and without dirt; the first variant is the reference."""
    real = [studies.run(f"{name}-{k}", "real", extraction="default", changes=changes) for k, (_, changes) in enumerate(variants)]
    count, held = held_out(real)
    body = [[text, softness(result), *figures] for (text, _), result, figures in zip(variants, real, held)]
    lines = [f"Same sites: {count:,}", "", *table(["variant", "B, Å", *HELD_OUT], body)]
    for corpus in ["clean", "gross"]:
        planted = studies.planted(corpus)
        runs = [studies.run(f"{name}-{k}", corpus, extraction="default", changes=changes, evaluate=False) for k, (_, changes) in enumerate(variants)]
        body = [[text, softness(result), *recovery(result, planted), result["fit"]["stopped_by"]] for (text, _), result in zip(variants, runs)]
        lines += [f"### {corpus}", "", *table(["variant", "B, Å", *RECOVERY, "stopped by"], body)]
    studies.write(name, lines)


def keys(studies):
    free = {"fit.softness_prior_width": None}
    compare(studies, "keys", [
        ("default: species, own B", {}),
        ("key: elements", {"fit.key": "elements"}),
        ("softness: fixed at 0.37 Å", {"fit.softness": "fixed"}),
        ("softness: global", {"fit.softness": "global", **free}),
        ("softness: per_anion", {"fit.softness": "per_anion"}),
        ("no prior on B", free),
        ("no prior, bounds 0.05 to 5 Å", {**free, "fit.softness_min_angstrom": 0.05, "fit.softness_max_angstrom": 5}),
        *((f"prior width {width}", {"fit.softness_prior_width": width}) for width in (0.03, 0.05, 0.2, 0.4)),
        ("softness_prior_anion_width 0.15", {"fit.softness_prior_anion_width": 0.15}),
        *((f"environment_correlation {c}", {"fit.environment_correlation": c}) for c in (0, 0.1)),
        *((f"anion_weight {w}", {"fit.anion_weight": w}) for w in (0.3, 1)),
        ("law: power", {"fit.law": "power"})])


def losses(studies):
    ungated = {"fit.gate_angstrom": None}
    variants = [("pseudo_huber (default)", {})]
    variants += [(f"pseudo_huber, delta {delta}", {"fit.huber_delta_valence": delta}) for delta in (0.05, 0.1, 0.3, 1.0)]
    variants += [("squares", {"fit.loss": "squares"}), ("cauchy", {"fit.loss": "cauchy"}),
                 ("exponential_absolute", {"fit.loss": "exponential_absolute", "fit.relative_change_tolerance": 1e-12})]
    variants += [(text.replace(" (default)", "") + ", no gate", {**changes, **ungated}) for text, changes in variants if "delta" not in text]
    variants += [("gate 0.15 Å", {"fit.gate_angstrom": 0.15}), ("gate 0.20 Å", {"fit.gate_angstrom": 0.20}), ("gate 0.50 Å", {"fit.gate_angstrom": 0.50})]
    compare(studies, "losses", variants)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default=ROOT / "../shared/corpus/cod-real.tar.gz")
    parser.add_argument("--work", default=ROOT / "runs/studies")
    parser.add_argument("--program", default=ROOT / "src/CrystalHpc/bin/Release/net10.0/crystalhpc")
    parser.add_argument("studies", nargs="*", default=["report", "descent", "rounding", "cutoffs", "keys", "losses"])
    options = parser.parse_args()
    studies = Studies(options)
    for name in options.studies:
        begin = time.time()
        globals()[name](studies)
        print(f"{name}: {time.time() - begin:.0f} s\n", flush=True)


if __name__ == "__main__":
    main()
