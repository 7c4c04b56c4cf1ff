"""Scores images with a flow that Limen wrote, as a user of PyTorch would.

usage: load-with-torch.py WEIGHTS IMAGES WIDTH DEPTH COUPLINGS
IMAGES: raw float32, 784 to an image. Prints a log-likelihood per line. Exit status 77: no PyTorch here.
"""

import json
import sys

try:
    import numpy as np
    import torch
    from torch import nn
except ImportError:
    sys.exit(77)

D = 784


class Coupling(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.in_block = nn.Sequential(nn.Linear(D // 2, width), nn.ReLU())
        hidden = [nn.Sequential(nn.Linear(width, width), nn.ReLU()) for _ in range(depth - 1)]
        self.mid_block = nn.ModuleList(hidden)
        self.out_block = nn.Linear(width, D // 2)

    def forward(self, x):
        x = self.in_block(x)
        for block in self.mid_block:
            x = block(x)
        return self.out_block(x)


class Scaling(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(1, D))


class Nice(nn.Module):
    def __init__(self, width, depth, couplings):
        super().__init__()
        self.coupling = nn.ModuleList(Coupling(width, depth) for _ in range(couplings))
        self.scaling = Scaling()

    def forward(self, x):
        half = [x[:, 0::2], x[:, 1::2]]
        for i, coupling in enumerate(self.coupling):
            half[i % 2] = half[i % 2] + coupling(half[1 - i % 2])
        scale = self.scaling.scale
        z = torch.stack(half, 2).reshape(-1, D) * torch.exp(scale)
        softplus = nn.functional.softplus
        return scale.sum() - (softplus(z) + softplus(-z)).sum(1)


def load(path):
    if not path.endswith(".safetensors"):
        return torch.load(path)
    with open(path, "rb") as file:
        data = file.read()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__")
    types = {"F32": "<f4", "F16": "<f2"}
    weights = {}
    for name, entry in header.items():
        begin, end = (start + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[begin:end], types[entry["dtype"]]).reshape(entry["shape"])
        weights[name] = torch.from_numpy(values.copy())
    return weights


def main():
    model = Nice(*map(int, sys.argv[3:6]))
    model.load_state_dict(load(sys.argv[1]))
    images = torch.from_numpy(np.fromfile(sys.argv[2], np.float32).reshape(-1, D))
    with torch.no_grad():
        for value in model(images).tolist():
            print(repr(value))


if __name__ == "__main__":
    main()
