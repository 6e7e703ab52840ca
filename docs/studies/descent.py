"""Plain gradient descent on the model of the 2023 study, as its program may have done it; used by studies.py. Needs NumPy."""

import numpy as np

from variants import rows, table


class Model:
    """sum of exp|d| - 1 over equations, one r0 for each pair of elements and one B; `misplaced`: s = exp(r0 - r)/B instead of exp((r0 - r)/B)."""

    def __init__(self, equations, misplaced):
        self.misplaced = misplaced
        sites, pairs = {}, {}
        self.site = np.array([sites.setdefault((row["structure_id"], row["site_index"]), len(sites)) for row in equations])
        self.pair = np.array([pairs.setdefault((row["cation"], row["anion"]), len(pairs)) for row in equations])
        self.length = np.array([float(row["distance_A"]) for row in equations])
        self.charge = np.zeros(len(sites))
        self.charge[self.site] = [int(row["cation_charge"]) for row in equations]
        self.bonds = np.bincount(self.pair)
        self.start = np.bincount(self.pair, self.length) / self.bonds

    def evaluate(self, r0, b):
        """Loss, gradient in r0 and B, share of wrong valences in percent."""
        x = r0[self.pair] - self.length
        valence = np.exp(x) / b if self.misplaced else np.exp(x / b)
        deviation = np.bincount(self.site, valence, len(self.charge)) - self.charge
        slope = (np.exp(np.abs(deviation)) * np.sign(deviation))[self.site] * valence
        by_r0 = np.bincount(self.pair, slope, len(r0)) / (1 if self.misplaced else b)
        by_b = -np.sum(slope) / b if self.misplaced else -np.sum(slope * x) / b ** 2
        wrong = np.floor(deviation + self.charge + 0.5) != self.charge
        return np.mean(np.expm1(np.abs(deviation))), by_r0, by_b, 100 * wrong.mean()

    def descend(self, b, rate, steps):
        """r0 starts at the mean lengths. Gradients are those of the sum over all equations, the rate is one for all parameters."""
        r0, first = self.start.copy(), None
        for _ in range(steps):
            loss, by_r0, by_b, wrong = self.evaluate(r0, b)
            first = first or (abs(by_b), np.median(np.abs(by_r0)))
            r0, b = r0 - rate * by_r0, b - rate * by_b
            if not (1e-3 < b < 1e3 and np.isfinite(loss)):
                break
        return first, r0 - self.start, b, loss, wrong


def descent(studies, steps=5000):
    lines = []
    for corpus in ["real", "clean"]:
        directory = studies.work / f"run-{corpus}-report"
        equations = [row for row in rows(directory / "merged" / "equations.csv") if row["center"] == "cation"]
        if corpus == "clean":  # a coordination of 12 around a charge of 1 makes exp|d| of 6e4 at the start, which no rate survives
            few = Model(equations, True)
            excess = np.bincount(few.site) - few.charge
            equations = [row for row, site in zip(equations, few.site) if excess[site] <= 5]
        body = []
        for misplaced in [True, False]:
            model = Model(equations, misplaced)
            for b in [1.0, 0.37]:
                for rate in ([1e-7, 1e-6, 1e-5] if corpus == "real" else [1e-8, 1e-7, 1e-6]):
                    first, moved, end, loss, wrong = model.descend(b, rate, steps)
                    body.append(["misplaced" if misplaced else "as published", f"{b}", f"{rate:.0e}", f"{first[0] / first[1]:,.0f}",
                                 f"{end:.3f}", f"{np.median(np.abs(moved)):.3f}", f"{loss:.3g}", f"{wrong:.1f}"])
        lines += [f"### {corpus}: {len(model.charge):,} equations, {len(model.start)} pairs, {steps} steps", "",
                  *table(["division", "B at the start", "rate", "slope of B / median slope of r0", "B at the end", "r0 moved, Å", "exp abs(d) - 1, mean", "wrong, %"], body)]
    studies.write("descent", lines)
