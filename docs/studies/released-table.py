#!/usr/bin/env python3
"""Figures of docs/studies/released-table.md that evaluate does not print: python3 docs/studies/released-table.py RUN IUCR.csv GAGNE.csv

RUN was evaluated with --held-out beside both tables, which are called bvparm2020 and gagne_hawthorne_2015.
"""
import csv
import math
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


without_hydrogen(sys.argv[1])
for table_path in sys.argv[2:]:
    one_group(sys.argv[1], table_path)
