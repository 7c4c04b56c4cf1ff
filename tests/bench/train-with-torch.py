"""The peer of bench-train: the same network, batch and optimizer in PyTorch, a few steps whenever asked.

usage: train-with-torch.py IMAGES THREADS [WIDTH DEPTH COUPLINGS]
IMAGES: raw bytes, 784 to an image. Reads numbers of steps, a line each, and answers with the seconds they took.
Exit status 77: no PyTorch here.
"""

import sys
import time

try:
    import numpy as np
    import torch
    from torch import nn
except ImportError:
    sys.exit(77)

BATCH = 256


def network(width, depth):
    units = [392] + [width] * depth
    layers = [m for a, b in zip(units, units[1:]) for m in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers, nn.Linear(width, 392))


class Nice(nn.Module):
    def __init__(self, width, depth, couplings):
        super().__init__()
        self.coupling = nn.ModuleList(network(width, depth) for _ in range(couplings))
        self.scale = nn.Parameter(torch.full((784,), 3.0))

    def forward(self, x):
        half = [x[:, 0::2], x[:, 1::2]]
        for i, coupling in enumerate(self.coupling):
            half[i % 2] = half[i % 2] + coupling(half[1 - i % 2])
        z = torch.stack(half, 2).reshape(len(x), -1) * torch.exp(self.scale)
        return (nn.functional.softplus(z) + nn.functional.softplus(-z)).sum(1) - self.scale.sum()


def main():
    images = torch.from_numpy(np.fromfile(sys.argv[1], np.uint8).reshape(-1, 784))
    torch.set_num_threads(int(sys.argv[2]))
    model = Nice(*(map(int, sys.argv[3:6]) if len(sys.argv) > 5 else (1000, 5, 4)))
    groups = [{"params": model.coupling.parameters()}, {"params": [model.scale], "lr": 3e-2}]
    optimizer = torch.optim.Adam(groups, lr=1e-3, betas=(0.9, 0.99))
    order, at = torch.randperm(len(images)), 0
    for line in sys.stdin:
        start = time.monotonic()
        for _ in range(int(line)):
            batch = images[order[at : at + BATCH]].float()
            loss = model((batch + torch.rand(batch.shape)) / 256).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()
            at = (at + BATCH) % (len(images) - BATCH)
        print(time.monotonic() - start, flush=True)


if __name__ == "__main__":
    main()
