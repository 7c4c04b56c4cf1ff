"""What a page exports carries the same text, files and hashes included, as what the command line writes of the same."""

import json
import re
import struct
import sys
import zlib

import made_up
from window import center, main, wait_for

LIMEN = sys.argv[1]
OTHER_CASE = {  # than Limen brings along
    "lambda1": [0.5, -0.25], "lambda2": [1.5, 0.6], "A": [[1, 0.8], [0.8, 1], [-0.4, 0.2]], "b": [0.1, -0.2, 0.3],
    "sigma2": 0.5, "x": [0.2, 0.4, 1.1], "proposal": {"mean": [0.9, 0.1], "covariance": [[0.5, 0], [0, 0.4]]},
}


def text_chunks(path):
    """All keys and values of the text chunks of a PNG (its specification, 11.3.3)."""
    found, at = {}, 8
    with open(path, "rb") as file:
        data = file.read()
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        key, _, rest = data[at + 8:at + 8 + length].partition(b"\0")
        at += length + 12
        if kind == b"tEXt":
            words = rest.decode("latin-1")
        elif kind == b"zTXt":
            words = zlib.decompress(rest[1:]).decode("latin-1")
        elif kind == b"iTXt":
            words = rest[2:].split(b"\0", 2)[2]
            words = (zlib.decompress(words) if rest[0] else words).decode()
        else:
            continue
        assert key.decode() not in found, f"{key} is there twice"
        found[key.decode()] = words
    return found


def of_window(desk):
    path = desk.directory + "/window.png"
    desk.export_picture(path)
    return text_chunks(path)


def of_command(desk, *command):
    path = desk.directory + "/command.png"
    done = desk.run(LIMEN, *command, "--plot", path)
    assert done.returncode == 0, done.stderr
    return text_chunks(path)


def hash_of(desk, path):
    return desk.run("sha256sum", path).stdout.split()[0]


def start(desk, page, sentence):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], 1300, 900)
    desk.keys(f"alt+{page}")
    desk.accessible("label", sentence, seconds=20)
    return program


def open_and_see_another_sentence(desk, path, pattern):
    sentence = lambda: desk.accessible("label", pattern).name
    before = sentence()
    desk.run(LIMEN, path)
    wait_for(lambda: sentence() != before, "what is said of " + path)


def write(desk, name, text):
    path = f"{desk.directory}/{name}"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def press(desk, name):
    desk.click(*center(desk.scroll_to("push button", name)))


def scenario_a_detector(desk):
    flow, normal, anomaly = (f"{desk.directory}/{name}" for name in ("flow.safetensors", "normal.npy", "anomaly.npy"))
    made_up.write_flow(flow)
    size = made_up.SIDE ** 2
    made_up.write_npy(normal, "u1", (60, made_up.SIDE, made_up.SIDE), [i * i % 97 for i in range(60 * size)])
    made_up.write_npy(anomaly, "u1", (40, made_up.SIDE, made_up.SIDE), [i * 7 % 256 for i in range(40 * size)])
    program = start(desk, 1, "^At .* nats, ")
    desk.run(LIMEN, flow, normal, anomaly)
    desk.accessible("label", r"normal\.npy · 60\n", seconds=20)
    desk.accessible("label", r"^\d+ of 40$", seconds=20)
    seen = of_window(desk)
    assert seen == of_command(desk, "detect", "--model", flow, "--normal", normal, "--anomaly", anomaly), seen
    for key, path in (("Model", flow), ("Normal images", normal), ("Anomalies", anomaly)):
        assert seen[key].startswith(hash_of(desk, path)), (key, seen)
    desk.quit(program)


def scenario_a_bound(desk):
    path = write(desk, "case.json", json.dumps(OTHER_CASE))
    program = start(desk, 2, "^With K = ")
    open_and_see_another_sentence(desk, path, "^With K = ")
    desk.rest()
    seen = of_window(desk)
    assert seen == of_command(desk, "bound", "--case", path, "--k", "50", "--samples", "0"), seen
    assert seen["Case"].startswith(hash_of(desk, path)), seen
    desk.quit(program)


def scenario_a_bound_of_an_image(desk):
    program = start(desk, 2, "^With K = ")
    before = desk.accessible("label", "^With K = ").name
    desk.choose("Model", 1)
    # not the estimate that comes before
    wait_for(lambda: desk.accessible("label", "^With K = .* the bound stands ").name != before, "the exact bound")
    desk.rest()
    seen = of_window(desk)
    command = ("bound", "--vae", "builtin:vae", "--images", "builtin:digits:2000", "--k", "50", "--samples", "0")
    assert seen == of_command(desk, *command), (seen, of_command(desk, *command))
    assert re.match("[0-9a-f]{64}  ", seen["Model"]) and seen["Image"], seen
    desk.quit(program)


def joined(*texts):
    """The picture of the Prior page is of several results: where they differ, each has a line."""
    keys = dict.fromkeys(key for text in texts for key in text)
    values = {key: [text[key] for text in texts if key in text] for key in keys}
    return {key: all_[0] if len(set(all_)) == 1 else "\n".join(all_) for key, all_ in values.items()}


def scenario_a_duel_and_a_race(desk):
    case, steps = write(desk, "case.json", json.dumps(OTHER_CASE)), "60"
    points = write(desk, "own.csv", "".join(f"{i / 50},{(i % 7) / 3}\n" for i in range(120)))
    program = start(desk, 3, "^For one more correct decimal, ")
    open_and_see_another_sentence(desk, case, "^For one more correct decimal, ")
    desk.run(LIMEN, points)
    desk.accessible("label", r"own\.csv · 120 points", seconds=20)
    desk.click(*center(desk.scroll_to("label", "^Pace, networks, learning$")))
    desk.click(*center(desk.scroll_to("spin button", "^Steps in all")))
    desk.keys("ctrl+a")
    desk.type(steps)
    desk.keys("Tab")
    told = lambda: desk.accessible(None, "^Training race$").description
    wait_for(lambda: told().startswith(f"Step 0 of {steps}."), "the start")
    press(desk, "^Play$")
    wait_for(lambda: told().startswith(f"Step {steps} of"), "the end", 900)
    seen = of_window(desk)
    races = [of_command(desk, "prior", "train", "--data", points, "--estimator", estimator, "--steps", steps)
             for estimator in ("reparameterization", "log-derivative-mean")]
    duel = of_command(desk, "prior", "gradients", "--case", case, "--samples", "300", "--seed", "1")
    found = seen.pop("Findings")  # of the page alone: what stands over its pictures
    assert all(f"{title}: " in found for title in ("φ = (μ, log s), here μ₁", "θ = (A, b)")), found
    assert seen == joined(duel, joined(*races)), (seen, duel, races)
    assert seen["Case"].startswith(hash_of(desk, case)) and seen["Data"].startswith(hash_of(desk, points)), seen
    desk.quit(program)


def scenario_a_game(desk):
    path = write(desk, "own.csv", "0,2,-1\n-1,0,3\n1,-2,0\n")
    program = start(desk, 4, "^From here ")
    desk.run(LIMEN, path)
    value = re.search(r"^value +(\S+)$", desk.run(LIMEN, "game", "solve", "--payoff", path).stdout, re.MULTILINE)[1]
    desk.accessible("label", f"^{value}$", seconds=20)
    desk.click(*center(desk.scroll_to("label", "^Race$")))  # unfolds it
    desk.rest()
    for row in ("Second", "Third", "Fourth"):
        desk.click(*center(desk.scroll_to("label", f"^{row} method$")))
        desk.rest()
        desk.keys("End", "Return")  # none
        desk.rest()
    for _ in range(3):
        press(desk, "^Step once$")
    desk.rest()
    seen = of_window(desk)
    command = ("game", "--payoff", path, "--method", "extragradient", "--iterations", "3")
    assert seen == of_command(desk, *command), (seen, of_command(desk, *command))
    assert seen["Payoffs"].startswith(hash_of(desk, path)), seen
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
