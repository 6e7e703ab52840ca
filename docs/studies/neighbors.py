#!/usr/bin/python3
"""Regenerates the held-out table of neighbors.md: one run for each definition of neighbors, judged on the same sites.

  docs/studies/neighbors.py [--corpus ../shared/corpus/cod-real.tar.gz] [--work runs/neighbors] [--program PROGRAM]

Needs NumPy and a built program. A minute or two on two cores.
"""

import argparse
import csv
import json
import pathlib
import subprocess

import numpy as np

from variants import own

ROOT = pathlib.Path(__file__).resolve().parents[2]
VARIANTS = [
    ("crystal_nn", ""), ("minimum_distance", ""), ("largest_gap", ""), ("largest_gap", "measure: ratio"), ("largest_gap", "measure: difference"),
    ("econ", ""), ("econ", "fictive_radii: true"), ("valence_window", ""), ("valence_window", "minimum_share: 0.02"), ("radius_sum", ""),
    ("radius_sum", "radii: ionic"), ("cutoff", ""), ("cutoff", "cutoff_angstrom: 5"),
]
SAMPLES = 1000


def configuration(definition, variant):
    neighbors = {"definition": definition}
    if variant:
        key, value = variant.split(": ")
        number = value.replace(".", "", 1).isdigit()
        neighbors[definition] = {key: float(value) if number else {"true": True, "false": False}.get(value, value)}
    return json.dumps({"extends": str(ROOT / "configs/quickstart.json"), "neighbors": neighbors})


def sites_of(run):
    with open(run / "evaluation/sites.csv", newline="") as file:
        return {(row["structure_id"], row["site_index"]): row for row in csv.DictReader(file) if int(row["charge"]) > 0}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", default=ROOT / "../shared/corpus/cod-real.tar.gz")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "runs/neighbors")
    parser.add_argument("--program", default=ROOT / "src/CrystalHpc/bin/Release/net10.0/crystalhpc")
    chosen = parser.parse_args()
    own(chosen.work)
    tables, own = [], []
    for number, (definition, variant) in enumerate(VARIANTS):
        path, run = chosen.work / f"{number}.json", chosen.work / str(number)
        path.write_text(configuration(definition, variant))
        subprocess.run([chosen.program, "run", path, "--corpus", chosen.corpus, "--run", run, "-q"], check=True, stdout=subprocess.DEVNULL)
        tables.append(sites_of(run))
        with open(run / "evaluation/metrics.csv", newline="") as file:
            own.append(next(row for row in csv.DictReader(file) if row["table"] == "held-out" and row["subset"] == "all/own"))

    # The same samples of groups of redeterminations for all definitions.
    common = sorted(set.intersection(*({key for key, row in table.items() if row["held-out_sum_vu"]} for table in tables)))
    _, groups = np.unique([tables[0][key]["group_id"] for key in common], return_inverse=True)
    weights = np.random.default_rng(1).poisson(1, (SAMPLES, groups.max() + 1))[:, groups]
    deviations = [np.array([float(table[key]["held-out_sum_vu"]) - float(table[key]["charge"]) for key in common]) for table in tables]
    rmsd = [np.sqrt((weights * deviation**2).sum(1) / weights.sum(1)) for deviation in deviations]
    print(f"{len(common)} sites have an equation by every definition and are covered by every fit")
    for (definition, variant), table, metrics, deviation, samples in zip(VARIANTS, tables, own, deviations, rmsd):
        bonds = np.mean([float(row["n_bonds"]) for row in table.values()])
        total = np.sqrt((deviation**2).mean())
        low, high = np.percentile(samples - rmsd[0], [2.5, 97.5])
        print(f"| `{definition}` | {variant} | {len(table):,} | {bonds:.2f} | {100 * float(metrics['n_sites']) / len(table):.1f} "
              f"| {float(metrics['rmsd_vu']):.3f} | {float(metrics['percent_wrong_rounded']):.1f} | {total:.3f} "
              f"| {total - np.sqrt((deviations[0]**2).mean()):+.3f} ({low:+.3f} to {high:+.3f}) | {100 * np.mean(np.abs(deviation) >= 0.5):.1f} |")


if __name__ == "__main__":
    main()
