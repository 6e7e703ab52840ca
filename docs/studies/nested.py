#!/usr/bin/env python3
"""Nested cross-validation of the settings of the fit: python3 docs/studies/nested.py CORPUS... [--work runs/nested] [--program crystalhpc]

Groups of structures are dealt into five outer folds. For each of them the settings are chosen by cross-validation on the structures outside of it, which
a corpus of their own holds, and judged on the fold by parameters fitted to that corpus. So no structure has a say in the settings, or in the parameters, that
judge it. Prints the choice of every fold and the error of all folds together, beside that of settings chosen on the same folds that judge them.
"""
import argparse
import csv
import json
import math
import pathlib
import subprocess
import tarfile

FOLDS = 5
SHELLS = {"crystal_nn": {"definition": "crystal_nn"}, "valence window": {"definition": "valence_window"}}
FITS = {"common center 0.37": {"softness_prior_anion_width": None},
        "common center 0.40": {"softness_prior_anion_width": None, "softness_prior_mean_angstrom": 0.40},
        "by anion": {"softness_prior_anion_width": 0.10},
        "by anion, no prior of radii": {"softness_prior_anion_width": 0.10, "radius_prior": False}}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def deviations(path, table):
    """Valence sum minus charge by structure and site, of complete cations that the table covers."""
    found = {}
    for row in rows(path):
        text = row[f"{table}_sum_vu"]
        if int(row["charge"]) > 0 and row["complete"] == "true" and text not in ("", "NaN"):
            found[row["path"].split("!")[-1], row["cod_id"], row["site_index"]] = (float(text) - int(row["charge"]), int(row["fold"] or 0))
    return found


def rmsd(values):
    values = list(values)
    return math.sqrt(sum(x * x for x in values) / len(values))


class Study:
    def __init__(self, options):
        self.work, self.program, self.corpora = pathlib.Path(options.work).resolve(), options.program.split(), [str(pathlib.Path(path).resolve()) for path in options.corpora]
        self.work.mkdir(parents=True, exist_ok=True)

    def call(self, *arguments):
        subprocess.run([*self.program, *map(str, arguments), "--quiet"], check=True, stdout=subprocess.DEVNULL)

    def extract(self, name, corpora):
        """One run for each kind of shells, without a fit."""
        for shells, neighbors in SHELLS.items():
            self.write(f"{name}-{shells}", neighbors, {})
            self.call("index", self.config(f"{name}-{shells}"), "--run", self.run(name, shells), "--corpus", *corpora)
            self.call("extract", self.run(name, shells))
            self.call("merge", self.run(name, shells))

    def write(self, name, neighbors, fit):
        self.config(name).write_text(json.dumps({"run_directory": "unused", "neighbors": {**neighbors, "write_table": False}, "fit": fit}), encoding="utf-8")

    def config(self, name):
        return self.work / f"{name.replace(' ', '-').replace(',', '')}.json"

    def run(self, name, shells):
        return self.work / f"run-{name}-{shells.replace(' ', '-')}"

    def evaluate(self, name, shells, fit, tables=()):
        """Held-out deviations of one setting."""
        setting = f"{name}-{shells}-{fit}"
        output = self.work / f"evaluation-{setting.replace(' ', '-').replace(',', '')}"
        self.write(setting, SHELLS[shells], FITS[fit])
        self.call("evaluate", "--held-out", *tables, self.run(name, shells), "--config", self.config(setting), "--out", output)
        return output / "sites.csv"

    def fit(self, name, shells, fit):
        """Parameters of one setting, fitted to all of a run."""
        setting = f"{name}-{shells}-{fit}-all"
        run = self.work / f"fit-{name}-{fit}".replace(" ", "-").replace(",", "")
        subprocess.run(["rm", "-rf", str(run)], check=True)
        subprocess.run(["cp", "-r", str(self.run(name, shells)), str(run)], check=True)
        self.write(setting, SHELLS[shells], FITS[fit])
        self.call("index", self.config(setting), "--run", run, "--corpus", *self.outer_corpus(name))
        self.call("fit", run)
        return run / "fit" / "parameters.csv"

    def outer_corpus(self, name):
        return [self.work / f"corpus-{name}.tar.gz"]

    def make_corpus(self, name, left_out):
        """All files but those of the accepted structures of a fold; the copies of a structure are all in its fold."""
        with tarfile.open(self.outer_corpus(name)[0], "w:gz", compresslevel=1) as made:
            for corpus in self.corpora:
                with tarfile.open(corpus) as archive:
                    for member in archive:
                        if member.isfile() and f"{pathlib.Path(corpus).name}!{member.name}" not in left_out:
                            made.addfile(member, archive.extractfile(member))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--work", default="runs/nested")
    parser.add_argument("--program", default="crystalhpc")
    study = Study(parser.parse_args())
    settings = [(shells, fit) for shells in SHELLS for fit in FITS]

    study.extract("all", study.corpora)
    whole = {setting: deviations(study.evaluate("all", *setting), "held-out") for setting in settings}
    common = set.intersection(*(set(found) for found in whole.values()))
    folds = {}
    for row in rows(study.work / "evaluation-all-valence-window-by-anion" / "sites.csv"):
        folds[row["path"]] = int(row["fold"])
    print(f"sites that all settings cover: {len(common)}")
    for setting in settings:
        print(f"  {' / '.join(setting)}: {rmsd(whole[setting][site][0] for site in common):.4f}", flush=True)

    nested = []
    for fold in range(FOLDS):
        name = f"without-{fold}"
        study.make_corpus(name, {path for path, of in folds.items() if of == fold})
        study.extract(name, study.outer_corpus(name))
        inner = {setting: deviations(study.evaluate(name, *setting), "held-out") for setting in settings}
        shared = set.intersection(*(set(found) for found in inner.values()))
        errors = {setting: rmsd(inner[setting][site][0] for site in shared) for setting in settings}
        chosen = min(settings, key=errors.get)
        table = study.fit(name, *chosen)
        output = study.work / f"evaluation-{name}-outer"
        study.call("evaluate", table, study.run("all", chosen[0]), "--out", output)
        judged = deviations(output / "sites.csv", "parameters")
        outer = [judged[site][0] for site in common if whole[settings[0]][site][1] == fold and site in judged]
        nested += outer
        print(f"fold {fold}: chosen {' / '.join(chosen)} ({', '.join(f'{error:.4f}' for error in errors.values())}); {len(outer)} sites, {rmsd(outer):.4f}", flush=True)
    best = min(settings, key=lambda setting: rmsd(whole[setting][site][0] for site in common))
    print(f"nested: {rmsd(nested):.4f} on {len(nested)} sites; chosen on the folds that judge: {rmsd(whole[best][site][0] for site in common):.4f}")


if __name__ == "__main__":
    main()
