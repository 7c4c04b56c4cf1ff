#!/usr/bin/env python3
"""Wall time of the whole process, `limen detect` beside a PyTorch script that does the same job, in turns.

usage: peer-score.py LIMEN; LIMEN_SHARED_DIR names the folder with reference/peers and data. Exit status 77: skipped.
"""
import os, statistics, subprocess, sys, time

PYTHON = "/usr/bin/python3"
shared = os.environ.get("LIMEN_SHARED_DIR", "")
peer = os.path.join(shared, "reference/peers/peer_nice_score.py")
weights = os.path.join(shared, "reference/nice/full/nice.pt")
images = [os.path.join(shared, "data", name, "t10k-images-idx3-ubyte.gz") for name in ("mnist", "kmnist")]


def wall(command, threads=None):
    environment = dict(os.environ)
    if threads:
        environment["OMP_NUM_THREADS"] = threads
    start = time.monotonic()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def limen():
    return wall([sys.argv[1], "detect", "--model", weights, "--normal", images[0], "--anomaly", images[1],
                 "--split", "ordered"])


def torch(batch, threads):
    return wall([PYTHON, peer, weights, *images, str(batch)], threads)


def compare(batch, threads, runs=5):
    pairs = [(limen(), torch(batch, threads)) for _ in range(runs)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"batch {batch}, OMP_NUM_THREADS={threads or 'default'}: limen {ours:.2f} s, PyTorch {theirs:.2f} s, "
          f"median ratio {ratio:.3f}", flush=True)
    return ratio


if not os.path.exists(peer) or subprocess.run([PYTHON, "-c", "import torch"], stderr=subprocess.DEVNULL).returncode:
    print("skipped: PyTorch or the peer script is not here")
    sys.exit(77)
limen(), torch(128, None)
settings = {(batch, threads): min(torch(batch, threads) for _ in range(2))
            for batch in (64, 128, 256, 512, 1000) for threads in (None, "1")}
for (batch, threads), seconds in settings.items():
    print(f"PyTorch, batch {batch}, OMP_NUM_THREADS={threads or 'default'}: {seconds:.2f} s")
best = min(settings, key=settings.get)
usual = compare(128, None)
against_best = compare(*best)
print(f"at most 0.75: {'yes' if usual <= 0.75 else 'NO'}; against its best at most 0.85: "
      f"{'yes' if against_best <= 0.85 else 'NO'}")
sys.exit(usual > 0.75 or against_best > 0.85)
