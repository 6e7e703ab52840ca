"""Neighbor lists by pymatgen, and a crystal graph network in torch whose z W is the sum of three products, one thread, on crystals from a file. Lines of input are
"graphs" or "passes"; the answer is seconds of processor time."""
import json
import sys
import time

import torch
from pymatgen.core import Structure

torch.set_num_threads(1)
F = torch.nn.functional
WIDTH, BATCH = 64, 32


class Convolution(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.center, self.neighbor = torch.nn.Linear(WIDTH, 2 * WIDTH), torch.nn.Linear(WIDTH, 2 * WIDTH, bias=False)
        self.edge, self.norm = torch.nn.Linear(41, 2 * WIDTH, bias=False), torch.nn.BatchNorm1d(WIDTH)

    def forward(self, v, u, source, target):
        z = self.center(v)[source] + self.neighbor(v)[target] + self.edge(u)
        message = torch.sigmoid(z[:, :WIDTH]) * F.softplus(z[:, WIDTH:])
        return F.softplus(v + self.norm(torch.zeros_like(v).index_add(0, source, message)))


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(120, WIDTH)
        self.layers = torch.nn.ModuleList([Convolution() for _ in range(3)])
        self.hidden, self.output = torch.nn.Linear(WIDTH, 128), torch.nn.Linear(128, 1)

    def forward(self, elements, u, source, target, crystal, counts):
        v = self.embedding(elements)
        for layer in self.layers:
            v = layer(v, u, source, target)
        pooled = torch.zeros(len(counts), WIDTH).index_add(0, crystal, v) / counts[:, None]
        return self.output(F.softplus(self.hidden(pooled)))


def batch_of(crystals):
    elements, source, target, distance, crystal = [], [], [], [], []
    for number, c in enumerate(crystals):
        for i, j, d in c["edges"]:
            source.append(len(elements) + int(i))
            target.append(len(elements) + int(j))
            distance.append(d)
        elements += c["elements"]
        crystal += [number] * len(c["elements"])
    u = torch.exp(-((torch.tensor(distance)[:, None] - torch.arange(41) * 0.2) / 0.2) ** 2)
    crystal = torch.tensor(crystal)
    return torch.tensor(elements), u, torch.tensor(source), torch.tensor(target), crystal, torch.bincount(crystal).float()


data = json.load(open(sys.argv[1]))
structures = [Structure(c["lattice"], c["elements"], c["positions"]) for c in data]
batches = [batch_of(data[i:i + BATCH]) for i in range(0, len(data), BATCH)]
network = Network()
print("torch", torch.__version__, flush=True)
for line in sys.stdin:
    start = time.process_time()
    if line.strip() == "graphs":
        for structure in structures:
            structure.get_neighbor_list(8.0)
    else:
        for batch in batches:
            network.zero_grad()
            network(*batch).sum().backward()
    print(time.process_time() - start, flush=True)
