"""Runs variants of configurations and makes tables of their figures; used by studies.py. Needs NumPy."""

import csv
import json
import re
import subprocess
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SYNTHETIC = ["--files", "10000", "--pairs", "376", "--seed", "23", "--labels", "100", "--type-symbols", "0", "--format", "tar.gz"]
DIRT = "long-bonds=5,wrong-element=2,wrong-state=3"
CORPORA = {"clean": [], "dirt": ["--dirt", DIRT], "gross": ["--dirt", DIRT + ",short-distances=1"]}


def configuration(name, changes):
    """A configuration that extends a file of configs/, with keys such as 'fit.loss' replaced; the program refuses wrong ones."""
    tree = {"extends": str(ROOT / "configs" / name)}
    for path, value in changes.items():
        *folders, key = path.split(".")
        node = tree
        for folder in folders:
            node = node.setdefault(folder, {})
        node[key] = value
    return tree


def stated(name):
    """What a file of configs/ and those that it extends state."""
    text = (ROOT / "configs" / name).read_text()
    tree = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
    below = stated(tree["extends"]) if "extends" in tree else {}
    return below | {key: {**(below.get(key) or {}), **value} if isinstance(value, dict) else value for key, value in tree.items()}


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def own(folder):
    """Makes the folder of a study; one that holds files of others is left as it is."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ".crystalhpc").is_dir():
        raise SystemExit(f"{folder} holds files that are not of a study, and nothing in it was touched; name a new or an empty folder with --work")
    (folder / ".crystalhpc").mkdir(parents=True, exist_ok=True)


class Studies:
    def __init__(self, options):
        self.program, self.work = options.program, Path(options.work).resolve()
        self.corpora = {"real": Path(options.corpus).resolve()}
        own(self.work)
        (self.work / "configs").mkdir(parents=True, exist_ok=True)

    def call(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode not in (0, 3):
            raise SystemExit(f"{' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")

    def corpus(self, name):
        if name not in self.corpora:
            folder = self.work / f"corpus-{name}"
            if not (folder / "corpus.tar.gz").exists():
                self.call("synthesize", folder, *SYNTHETIC, *CORPORA[name])
            self.corpora[name] = folder / "corpus.tar.gz"
        return self.corpora[name]

    def run(self, name, corpus, base="quickstart.json", extraction=None, changes=(), evaluate=True):
        """One configuration over one corpus. Variants of the same `extraction` share a run directory: only fit and evaluation are made again."""
        changes = dict(changes)
        if not evaluate:
            changes["evaluation"] = None
        tree = configuration(base, changes)
        path = self.work / "configs" / f"{corpus}-{name}.json"
        directory = self.work / f"run-{corpus}-{extraction or name}"
        path.write_text(json.dumps(tree, indent=2))
        self.call("run", path, "--corpus", self.corpus(corpus), "--run", directory, "--quiet")
        result = {"name": name, "fit": json.loads((directory / "fit" / "fit.json").read_text()),
                  "parameters": rows(directory / "fit" / "parameters.csv"), "residuals": rows(directory / "fit" / "residuals.csv")}
        if evaluate and stated(base).get("evaluation", {}) is not None:
            result["sites"] = [site for site in rows(directory / "evaluation" / "sites.csv") if int(site["charge"]) > 0]
        return result

    def section(self, file, name):
        """A section of a file of configs/ as changes to another configuration."""
        return {f"{name}.{key}": value for key, value in stated(file)[name].items()}

    def planted(self, corpus):
        return rows(self.corpus(corpus).parent / "planted.csv")

    def dirty(self, corpus):
        """Names of the files with dirt, without folder and ending; none for a real corpus."""
        return set() if corpus == "real" else {Path(row["path"]).stem for row in rows(self.corpus(corpus).parent / "dirt.csv")}

    def write(self, name, lines):
        path = self.work / f"figures-{name}.md"
        path.write_text("\n".join(lines) + "\n")
        print(path.read_text(), flush=True)


def table(head, body):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in body), ""]


def softness(result, least=20):
    """Median and range of B over pairs with enough equations."""
    values = [float(row["b_A"]) for row in result["parameters"] if int(row["n_sites"]) >= least]
    values = values or [float(row["b_A"]) for row in result["parameters"]]
    if max(values) - min(values) < 1e-9:
        return f"{values[0]:.3f}"
    return f"{np.median(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def in_sample(result, dirty=frozenset()):
    """Mean exp|d| - 1 and share of wrong valences of the equations of files without dirt, and of all."""
    deviation = np.array([float(row["deviation_vu"]) for row in result["residuals"]])
    clean = np.array([re.split(r"[!/]", row["structure_id"])[-1].split("#")[0] not in dirty for row in result["residuals"]])
    charge = np.array([int(row["cation_charge"]) for row in result["residuals"]])
    wrong = np.floor(deviation + charge + 0.5) != charge
    with np.errstate(over="ignore"):
        loss = np.mean(np.expm1(np.abs(deviation[clean])))
    return len(deviation), loss, 100 * wrong[clean].mean(), 100 * wrong.mean()


def held_out(results, reference=0, samples=1000):
    """Rows of: own sites, own coverage, own RMSD and wrong, then RMSD, paired difference with interval and wrong on the sites that all cover."""
    def sums(result):
        return {(site["structure_id"], site["site_index"]): (float(site["held-out_sum_vu"]), int(site["charge"]), site["group_id"])
                for site in result["sites"] if site["held-out_sum_vu"]}

    tables = [sums(result) for result in results]
    common = sorted(set.intersection(*(set(one) for one in tables)))
    groups = sorted({tables[0][key][2] for key in common})
    index = np.array([groups.index(tables[0][key][2]) for key in common])
    weights = np.random.default_rng(1).poisson(1, (samples, len(groups))).astype(float)
    squares = [np.bincount(index, [(one[key][0] - one[key][1]) ** 2 for key in common], len(groups)) for one in tables]
    counts = weights @ np.bincount(index, minlength=len(groups))
    spread = [np.sqrt(weights @ square / counts) for square in squares]
    body = []
    for k, (result, one) in enumerate(zip(results, tables)):
        def figures(keys):
            error = np.array([one[key][0] - one[key][1] for key in keys])
            charge = np.array([one[key][1] for key in keys])
            return np.sqrt(np.mean(error ** 2)), 100 * np.mean(np.floor(error + charge + 0.5) != charge)

        (own, own_wrong), (same, same_wrong) = figures(list(one)), figures(common)
        reference_rmsd = np.sqrt(squares[reference].sum() / len(common))
        low, high = np.quantile(spread[k] - spread[reference], [0.025, 0.975])
        difference = "" if k == reference else f"{same - reference_rmsd:+.3f} ({low:+.3f} to {high:+.3f})"
        body.append([f"{100 * len(one) / len(result['sites']):.1f}", f"{own:.3f}", f"{own_wrong:.1f}", f"{same:.3f}", difference, f"{same_wrong:.1f}"])
    return len(common), body


HELD_OUT = ["covered, %", "RMSD, v.u.", "wrong, %", "same sites: RMSD", "difference (95 %)", "wrong, %"]


def recovery(result, planted, least=20):
    """Median errors of r0 and B over pairs with at least `least` equations in the files made, weak and bounded ones included."""
    elements = all(int(row["cation_charge"]) == 0 for row in result["parameters"])
    found = {(row["cation"], row["anion"]) + (() if elements else (row["cation_charge"], row["anion_charge"])): row for row in result["parameters"]}
    r0, b = [], []
    for row in planted:
        key = (row["cation"], row["anion"]) + (() if elements else (row["cation_charge"], row["anion_charge"]))
        if int(row["n_sites"]) >= least and key in found:
            r0.append(abs(float(found[key]["r0_A"]) - float(row["r0_A"])))
            b.append(abs(float(found[key]["b_A"]) - float(row["b_A"])))
    return [f"{np.median(r0):.4f}", f"{np.quantile(r0, 0.9):.3f}", f"{np.median(b):.4f}", f"{np.quantile(b, 0.9):.3f}"]


RECOVERY = ["r0: median error, Å", "90 %", "B: median error, Å", "90 %"]
