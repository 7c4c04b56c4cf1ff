#!/usr/bin/env python3
"""VLB^(5000) of the VAE with 20 latent variables over MNIST test images: computing time beside a PyTorch script that
does the same, in turns, on the same cores.

usage: peer-vae-bound.py BENCH-VAE-BOUND [N]; LIMEN_SHARED_DIR names the folder with reference and data. Exit status 77:
skipped.
"""
import os, re, statistics, subprocess, sys

PYTHON = "/usr/bin/python3"
MOST = 0.6
shared = os.environ.get("LIMEN_SHARED_DIR", "")
peer = os.path.join(shared, "reference/peers/peer_vae_bound.py")
vae = os.path.join(shared, "reference/bound/vae/vae-20d.pt")
images = os.path.join(shared, "data/mnist/t10k-images-idx3-ubyte.gz")


def ask(command, threads=None):
    """Returns the mean bound and the seconds of computing that a program names itself."""
    environment = dict(os.environ, **({"OMP_NUM_THREADS": threads} if threads else {}))
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    mean, seconds = re.search(r"VLB\^\(5000\) (\S+) over .*?compute (\S+) s", out).groups()
    return float(mean), float(seconds)


def limen(n):
    return ask([sys.argv[1], str(n)])


def torch(n, threads):
    return ask([PYTHON, peer, vae, images, str(n)], threads)


if not os.path.exists(peer) or subprocess.run([PYTHON, "-c", "import torch"], stderr=subprocess.DEVNULL).returncode:
    print("skipped: PyTorch or the peer script is not here")
    sys.exit(77)
n = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
settings = {threads: min(torch(n // 10, threads)[1] for _ in range(2)) for threads in ("1", "2", None)}
for threads, seconds in settings.items():
    print(f"PyTorch, {n // 10} images, OMP_NUM_THREADS={threads or 'default'}: {seconds:.2f} s", flush=True)
best = min(settings, key=settings.get)
pairs = [(limen(n), torch(n, best)) for _ in range(3)]
for (our_mean, our_seconds), (their_mean, their_seconds) in pairs:
    print(f"{n} images: limen {our_mean:.3f} nats in {our_seconds:.2f} s, PyTorch with OMP_NUM_THREADS="
          f"{best or 'default'} {their_mean:.3f} nats in {their_seconds:.2f} s, ratio {our_seconds / their_seconds:.3f}")
ratio = statistics.median(ours[1] / theirs[1] for ours, theirs in pairs)
print(f"median ratio {ratio:.3f}; at most {MOST}: {'yes' if ratio <= MOST else 'NO'}")
sys.exit(ratio > MOST)
