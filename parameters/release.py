#!/usr/bin/env python3
"""Makes the released table of bond-valence parameters: python3 parameters/release.py CORPUS...

CORPUS are the public corpora, as `crystalhpc run --corpus` takes them: experimental files of the Crystallography Open Database and the minerals of the
American Mineralogist Crystal Structure Database. The run stays in runs/release; parameters/crystalhpc-1.csv, .cif and -sources.csv are written anew.
"""
import csv
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
RUN = HERE.parent / "runs" / "release"
NAME = "crystalhpc-1"
COLUMNS = ["cation", "cation_charge", "anion", "anion_charge", "r0_A", "r0_se_A", "b_A", "b_se_A", "correlation", "pivot_length_A",
           "n_groups", "n_structures", "n_sites", "rmsd_vu", "law", "source", "flags"]
DECIMALS = {"r0_A": 4, "r0_se_A": 4, "b_A": 4, "b_se_A": 4, "correlation": 3, "pivot_length_A": 3, "rmsd_vu": 3}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def write(path, columns, content):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


def database_id(structure):
    """COD 1234567 or AMCSD 0001234, as the databases have it; the file itself where it is of neither."""
    if match := re.search(r"amcsd_(\d+)", structure["path"]):
        return f"AMCSD {match[1]}"
    return f"COD {structure['cod_id']}" if structure["cod_id"] else pathlib.PurePosixPath(structure["path"]).stem


def main():
    program = ["dotnet", "run", "-c", "Release", "--project", str(HERE.parent / "src" / "CrystalHpc"), "--"]
    subprocess.run([*program, "run", str(HERE.parent / "configs" / "minerals.json"), "--run", str(RUN), "--quiet", "--corpus", *sys.argv[1:]],
                   check=True, stdout=subprocess.DEVNULL)
    table = [row for row in rows(RUN / "fit" / "parameters.csv") if row["source"] != "extrapolated"]
    for row in table:
        for column, decimals in DECIMALS.items():
            row[column] = f"{float(row[column]):.{decimals}f}" if row[column] else ""
    write(HERE / f"{NAME}.csv", COLUMNS, table)
    (HERE / f"{NAME}.cif").write_bytes((RUN / "fit" / "parameters.cif").read_bytes())

    ids = {row["structure_id"]: database_id(row) for row in rows(RUN / "merged" / "structures.csv") if row["verdict"] == "accepted"}
    sources = {}
    for row in rows(RUN / "merged" / "equations.csv"):
        if row["center"] == "cation":
            key = (row["cation"], row["cation_charge"], row["anion"], row["anion_charge"])
            sources.setdefault(key, set()).add(ids[row["structure_id"]])
    write(HERE / f"{NAME}-sources.csv", ["cation", "cation_charge", "anion", "anion_charge", "structures"],
          [dict(zip(["cation", "cation_charge", "anion", "anion_charge"], key), structures="; ".join(sorted(found))) for key, found in sorted(sources.items())])
    print(f"{len(table)} pairs of {len(ids)} structures")


if __name__ == "__main__":
    main()
