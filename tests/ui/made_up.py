"""Files for the window tests: a small flow and two folders of pictures, made here from nothing."""

import json
import math
import os
import random
import struct
import zlib

SIDE = 8


def write_flow(path, width=12, couplings=2, seed=1):
    """A NICE flow of one hidden layer with small random shifts, as safetensors."""
    draw = random.Random(seed)
    half = SIDE * SIDE // 2
    tensors = {"scaling.scale": ((1, 2 * half), [2.0] * (2 * half))}
    for i in range(couplings):
        for layer, shape in (("in_block.0", (width, half)), ("out_block", (half, width))):
            weights = [draw.gauss(0, 0.1) for _ in range(shape[0] * shape[1])]
            tensors[f"coupling.{i}.{layer}.weight"] = (shape, weights)
            tensors[f"coupling.{i}.{layer}.bias"] = ((shape[0],), [0.0] * shape[0])
    header, body = {}, b""
    for name, (shape, values) in tensors.items():
        data = struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def write_png(path, rows):
    """An 8-bit grey picture; rows: lists of 0 to 255."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = b"".join(b"\0" + bytes(row) for row in rows)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(pixels))
                   + chunk(b"IEND", b""))


def write_npy(path, kind, shape, values):
    """An array of numbers of one kind: "u1", "f4"."""
    header = f"{{'descr': '<{kind}', 'fortran_order': False, 'shape': {tuple(shape)}, }}".ljust(117) + "\n"
    code = {"u1": "B", "f4": "f"}[kind]
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode())
        file.write(struct.pack(f"<{len(values)}{code}", *values))


def write_tiff(path, width, height, values):
    """One grey page of floats."""
    rows = struct.pack(f"<{len(values)}f", *values)
    short, long = 3, 4
    fields = [(256, short, width), (257, short, height), (258, short, 32), (259, short, 1), (262, short, 1),
              (273, long, 8), (278, short, height), (279, long, len(rows)), (339, short, 3)]
    with open(path, "wb") as file:
        file.write(b"II*\0" + struct.pack("<I", 8 + len(rows)) + rows + struct.pack("<H", len(fields)))
        for tag, kind, value in fields:
            file.write(struct.pack("<HHII", tag, kind, 1, value))
        file.write(bytes(4))


def write_folder(path, count, level, seed):
    """Blobs on black whose brightness varies around a level."""
    draw = random.Random(seed)
    os.makedirs(path)
    for i in range(count):
        peak, x0, y0 = max(0.05, draw.gauss(level, 0.15)), draw.uniform(2, 5), draw.uniform(2, 5)
        rows = [[min(255, int(255 * peak * math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / 4))) for x in range(SIDE)]
                for y in range(SIDE)]
        write_png(f"{path}/{i:03}.png", rows)
