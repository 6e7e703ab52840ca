"""Loss and gradient of a neural potential in torch, one thread, on samples from a file: each line of input is the weight of a squared force component,
the answer its seconds of processor time, the loss and the norm of the gradient."""
import sys
import time

import numpy
import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
FUNCTIONS = 70


class Network(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.elements = torch.nn.ModuleList([torch.nn.Sequential(
            torch.nn.Linear(FUNCTIONS, 15), torch.nn.Tanh(), torch.nn.Linear(15, 15), torch.nn.Tanh(), torch.nn.Linear(15, 1)) for _ in range(2)])
        torch.nn.utils.vector_to_parameters(torch.from_numpy(weights), self.parameters())

    def forward(self, inputs, elements):
        energies = torch.zeros(elements.shape)
        for number, network in enumerate(self.elements):
            mask = elements == number
            energies = energies.masked_scatter(mask, network(inputs[mask])[:, 0])
        return energies.sum(1)


def read(path):
    with open(path, "rb") as file:
        def take(kind, count):
            return numpy.fromfile(file, kind, count)
        count, length = take("i4", 2)
        weights, by_size = take("f8", length), {}
        for _ in range(count):
            n = int(take("i4", 1)[0])
            by_size.setdefault(n, []).append((
                take("i4", n), take("f8", n * FUNCTIONS).reshape(n, FUNCTIONS),
                take("f4", n * FUNCTIONS * n * 3).reshape(n * FUNCTIONS, 3 * n), take("f8", 3 * n)))
    return count, weights, [
        [torch.from_numpy(numpy.stack(part)) if k != 2 else torch.from_numpy(numpy.stack(part)).double() for k, part in enumerate(zip(*samples))]
        for _, samples in sorted(by_size.items())]


def loss_of(network, batches, count, weight):
    loss = 0.0
    for elements, inputs, derivatives, forces in batches:
        if weight > 0:
            inputs = inputs.detach().requires_grad_(True)
        energies = network(inputs, elements)
        if weight > 0:
            slopes, = torch.autograd.grad(energies.sum(), inputs, create_graph=True)
            found = -torch.bmm(slopes.reshape(len(energies), 1, -1), derivatives).reshape(forces.shape)
            loss = loss + weight * ((found - forces) ** 2).sum()
        loss = loss + ((energies / elements.shape[1]) ** 2).sum()
    return loss / count


count, weights, batches = read(sys.argv[1])
network = Network(weights)
print(f"torch {torch.__version__}, {torch.get_num_threads()} thread", flush=True)
for line in sys.stdin:
    start = time.process_time()
    network.zero_grad()
    loss = loss_of(network, batches, count, float(line))
    loss.backward()
    seconds = time.process_time() - start
    norm = sum(float((p.grad ** 2).sum()) for p in network.parameters()) ** 0.5
    print(seconds, float(loss), norm, flush=True)
