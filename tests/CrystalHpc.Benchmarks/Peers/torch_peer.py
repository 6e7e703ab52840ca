"""An epoch of a dense network 256-128-64 in torch, one thread: each line of input asks for one, the answer is its seconds."""
import sys
import time

import torch

torch.set_num_threads(1)
samples, features, classes, batch = (int(word) for word in sys.argv[1].split())
torch.manual_seed(3)
inputs = torch.randn(samples, features)
labels = torch.arange(samples) % classes
network = torch.nn.Sequential(
    torch.nn.Linear(features, 256), torch.nn.ReLU(), torch.nn.Linear(256, 128), torch.nn.ReLU(),
    torch.nn.Linear(128, 64), torch.nn.ReLU(), torch.nn.Linear(64, classes))
optimizer = torch.optim.Adam(network.parameters(), 1e-3)
loss_of = torch.nn.CrossEntropyLoss()
print(f"torch {torch.__version__}, {torch.get_num_threads()} thread, " + " ".join(
    line.strip() for line in torch.__config__.parallel_info().splitlines() if "BLAS" in line or "MKL" in line), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    order = torch.randperm(samples)
    for first in range(0, samples, batch):
        rows = order[first:first + batch]
        optimizer.zero_grad()
        loss = loss_of(network(inputs[rows]), labels[rows])
        loss.backward()
        optimizer.step()
    print(time.perf_counter() - start, flush=True)
