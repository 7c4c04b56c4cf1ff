"""What PyTorch's example of a VAE says with weights that Limen wrote.

usage: vae-with-torch.py WEIGHTS IMAGES HIDDEN LATENT
IMAGES: raw float32, 784 to an image. Prints the evidence lower bound at z = mean of q(z|x), a line per image: log p(x|z)
and the Kullback-Leibler divergence. Exit status 77: no PyTorch here.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
load = __import__("load-with-torch").load

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class VAE(nn.Module):
    def __init__(self, hidden, latent):
        super().__init__()
        self.fc1 = nn.Linear(784, hidden)
        self.fc21 = nn.Linear(hidden, latent)
        self.fc22 = nn.Linear(hidden, latent)
        self.fc3 = nn.Linear(latent, hidden)
        self.fc4 = nn.Linear(hidden, 784)

    def forward(self, x):
        h = F.relu(self.fc1(x))
        mean, log_variance = self.fc21(h), self.fc22(h)
        logits = self.fc4(F.relu(self.fc3(mean)))
        likelihood = (x * logits - F.softplus(logits)).sum(1)
        return likelihood, 0.5 * (log_variance.exp() + mean**2 - 1 - log_variance).sum(1)


model = VAE(*map(int, sys.argv[3:5]))
model.load_state_dict(load(sys.argv[1]))
model.double()
with torch.no_grad():
    images = torch.from_numpy(np.fromfile(sys.argv[2], np.float32).reshape(-1, 784)).double()
    for row in zip(*model(images)):
        print(*(repr(float(value)) for value in row))
