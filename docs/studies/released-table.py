#!/usr/bin/env python3
"""Figures of docs/studies/released-table.md that evaluate does not print:

  python3 docs/studies/released-table.py RUN IUCR.csv GAGNE.csv [--wide RUN-OF-ALL-ATOMS]

RUN was evaluated with --held-out beside both tables, which are called bvparm2020 and gagne_hawthorne_2015, and beside softbv; so was the run of
configs/all_atoms.json, whose shells are those that softBV was made for.
"""
import csv
import math
import random
import sys


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def without_hydrogen(run, tables=("held-out", "bvparm2020", "gagne_hawthorne_2015")):
    deviations = {table: [] for table in tables}
    for row in rows(f"{run}/evaluation/sites.csv"):
        sums = [row[f"{table}_sum_vu"] for table in tables]
        if int(row["charge"]) > 0 and row["complete"] == "true" and row["ion"] != "H" and not any(text in ("", "NaN") for text in sums):
            for table, text in zip(tables, sums):
                deviations[table].append(float(text) - int(row["charge"]))
    for table, found in deviations.items():
        wrong = 100 * sum(abs(x) >= 0.5 for x in found) / len(found)
        print(f"{table}: {len(found)} sites, RMSD {math.sqrt(sum(x * x for x in found) / len(found)):.3f} v.u., "
              f"mean absolute deviation {sum(map(abs, found)) / len(found):.3f} v.u., wrong {wrong:.1f} %")


def one_group(run, path):
    published = {}
    for row in rows(path):
        try:
            key = (row["cation"], int(row["cation_charge"]), row["anion"], int(row["anion_charge"]))
            published.setdefault(key, (float(row["r0"]), float(row["B"])))
        except ValueError:
            continue
    count = at_r0 = at_pivot = 0
    for row in rows(f"{run}/fit/parameters.csv"):
        key = (row["cation"], int(row["cation_charge"]), row["anion"], int(row["anion_charge"]))
        if key not in published or row["n_groups"] != "1":
            continue
        r0, b, length = float(row["r0_A"]), float(row["b_A"]), float(row["pivot_length_A"])
        r0_error, b_error, correlation = float(row["r0_se_A"]), float(row["b_se_A"]), float(row["correlation"])
        p, q = r0_error / b, -(r0 - length) / b**2 * b_error
        error = b * math.sqrt(max(0, p * p + 2 * correlation * p * q + q * q))
        count += 1
        at_r0 += abs(r0 - published[key][0]) <= 1.96 * r0_error
        at_pivot += abs(length - published[key][0] + published[key][1] * (r0 - length) / b) <= 1.96 * error
    print(f"{path}: {count} pairs of one group; within 1.96 s.e. r0 of {at_r0}, the length at the pivot of {at_pivot}")


def own_shells(run, wide):
    """softBV in its own shells, all anions within 5 A, beside held-out in those of the run: same sites, intervals over groups of structures."""
    def deviations(path, table):
        return {(row["path"], row["cod_id"], row["site_index"], row["charge"]): (float(row[f"{table}_sum_vu"]) - int(row["charge"]), row["group_id"], row["ion"])
                for row in rows(f"{path}/evaluation/sites.csv")
                if int(row["charge"]) > 0 and row["complete"] == "true" and row[f"{table}_sum_vu"] not in ("", "NaN")}
    ours, theirs, within = deviations(run, "held-out"), deviations(wide, "softbv"), deviations(wide, "held-out")
    sites = sorted(set(ours) & set(theirs) & set(within))
    groups = {}
    for site in sites:
        if ours[site][2] != "H":
            sums = groups.setdefault(ours[site][1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
            for k, table in enumerate((ours, theirs, within)):
                x = table[site][0]
                for j, value in enumerate((x * x, abs(x), abs(x) >= 0.5)):
                    sums[3 * k + j] += value
            sums[9] += 1
    random.seed(1)
    names = sorted(groups)
    def figures(chosen):
        total = [sum(groups[name][j] for name in chosen) for j in range(10)]
        return [math.sqrt(total[j] / total[9]) if j % 3 == 0 else total[j] / total[9] for j in range(9)]
    found = figures(names)
    samples = [figures(random.choices(names, k=len(names))) for _ in range(1000)]
    for k, name in enumerate(("held-out, shells of the run", "softBV, all within 5 A", "held-out, all within 5 A")):
        text = ""
        if k:
            low, high = (sorted(sample[3 * k] - sample[0] for sample in samples)[j] for j in (24, 974))
            text = f"; RMSD minus the first {low:+.3f} to {high:+.3f}"
        print(f"{name}: {sum(group[9] for group in groups.values())} sites, RMSD {found[3 * k]:.3f} v.u., mean absolute deviation {found[3 * k + 1]:.3f} v.u., "
              f"wrong {100 * found[3 * k + 2]:.1f} %{text}")


arguments = sys.argv[1:]
if "--wide" in arguments:
    place = arguments.index("--wide")
    own_shells(arguments[0], arguments[place + 1])
    del arguments[place:place + 2]
without_hydrogen(arguments[0])
for table_path in arguments[1:]:
    one_group(arguments[0], table_path)
