"""Convolutions of volumes by torch, one thread.

Start: convolution_peer.py FOLDER. A request 'forward|backward BATCH INPUTS OUTPUTS SIZE' answers processor seconds of a pass, and the largest deviation, in parts
of the largest value, from what the C# program has left in FOLDER: raw little-endian floats x, w, g, and y or gx and gw.
"""
import pathlib
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
folder = pathlib.Path(sys.argv[1])
print("torch", torch.__version__, flush=True)


def read(name, *shape):
    return torch.from_numpy(np.fromfile(folder / name, dtype=np.float32).reshape(shape).copy())


def deviation(own, name):
    other = np.fromfile(folder / name, dtype=np.float32).reshape(own.shape)
    return float(np.abs(own.detach().numpy() - other).max() / np.abs(other).max())


def periodic(x):
    return F.pad(x, (1, 1, 1, 1, 1, 1), mode="circular")


for line in sys.stdin:
    kind, *numbers = line.split()
    batch, inputs, outputs, size = map(int, numbers)
    x = read("x", batch, inputs, size, size, size).requires_grad_()
    w = read("w", inputs, 3, 3, 3, outputs).permute(4, 0, 1, 2, 3).contiguous().requires_grad_()
    g = read("g", batch, outputs, size, size, size)
    repeats = max(1, int(3e9 / (54 * batch * inputs * outputs * size**3)))
    # Deviations with periodic padding, times with zeros: torch pads periodically by a copy, which is not what is compared.
    y = F.conv3d(periodic(x), w)
    if kind == "forward":
        worst = deviation(y, "y")
        with torch.no_grad():
            F.conv3d(x, w, padding=1)
            start = time.process_time()
            for _ in range(repeats):
                F.conv3d(x, w, padding=1)
    else:
        gx, gw = torch.autograd.grad(y, (x, w), g)
        worst = max(deviation(gx, "gx"), deviation(gw.permute(1, 2, 3, 4, 0), "gw"))
        y = F.conv3d(x, w, padding=1)
        torch.autograd.grad(y, (x, w), g, retain_graph=True)
        start = time.process_time()
        for _ in range(repeats):
            torch.autograd.grad(y, (x, w), g, retain_graph=True)
    print((time.process_time() - start) / repeats, worst, flush=True)
