"""The Bound page as its user has it: the ellipse and the line for K dragged, keys, files dropped, an export."""

import json
import re
import sys

import made_up
from window import center, main, value, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]
CASE = {
    "lambda1": [0.5, -0.25], "lambda2": [1.5, 0.6], "A": [[1, 0.8], [0.8, 1], [-0.4, 0.2]], "b": [0.1, -0.2, 0.3],
    "sigma2": 0.5, "x": [1.2, 0.9, 0.1], "proposal": {"mean": [0.9, 0.1], "covariance": [[0.5, 0], [0, 0.4]]},
}
SENTENCE = "^With K = |^The proposal is the posterior"


def start(desk, *files):
    program = desk.start(LIMEN, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], 1300, 900)
    desk.keys("alt+2")
    desk.accessible("label", SENTENCE, seconds=20)
    return program


def sentence(desk):
    return desk.accessible("label", SENTENCE).name


def k_of(desk):
    return round(value(desk.accessible("spin button", "^K$")))


def gap_of(desk):
    """Nats below log p(x), as the sentence says: two digits."""
    found = re.search(r"stands (\S+) nats below", sentence(desk))
    return float(found[1].replace("\u2009", ""))


def numbers(desk):
    """The proposal as the picture's description says it: mean and variances."""
    words = desk.accessible(None, "^Latent space$").description
    found = re.findall(r"[-\u2212]?\d+\.\d+", words)
    return [float(one.replace("\u2212", "-")) for one in found]


def bound(desk, k, mean, variances):
    """What the command line says of the built-in case with another proposal."""
    path = desk.directory + "/case.json"
    case = CASE | {"proposal": {"mean": mean, "covariance": variances}}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case, file)
    done = desk.run(LIMEN, "bound", "--case", path, "--k", str(k), "--samples", "0", "--json", "-")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer["log_evidence"] - answer["vlb"][str(k)]


def scenario_the_ellipse_is_dragged(desk):
    program = start(desk)
    plane = desk.accessible(None, "^Latent space$")
    first, before = gap_of(desk), numbers(desk)
    assert abs(first - bound(desk, 50, [0.9, 0.1], [0.5, 0.4])) < 6e-5
    discs = wait_for(lambda: len(desk.handles(plane)) == 3 and desk.handles(plane), "three handles")
    xs, ys = [x for x, _ in discs], [y for _, y in discs]
    mean = min(discs, key=lambda d: abs(d[0] - min(xs)) + abs(d[1] - max(ys)))  # the ends are above and to the right
    desk.drag(mean, (mean[0] + 60, mean[1] + 25), moves=8)
    wait_for(lambda: numbers(desk)[:2] != before[:2], "the proposal to move")
    desk.rest()
    after = numbers(desk)
    assert after[0] > before[0] + 0.1 and after[1] < before[1] - 0.03, (before, after)
    assert after[2:] == before[2:], (before, after)
    expected = bound(desk, 50, after[:2], after[2:])
    assert abs(gap_of(desk) - expected) < 0.055 * expected, (gap_of(desk), expected)
    described = desk.accessible(None, "^Bound against K$").description
    assert described == sentence(desk), described

    desk.keys("Right", "Right")
    wait_for(lambda: numbers(desk)[0] > after[0], "the arrow keys to move it")
    desk.quit(program)


def scenario_k_is_dragged_and_typed(desk):
    program = start(desk)
    area = desk.accessible(None, "^Bound against K$")
    pixels = desk.hand_pixels(area)
    columns = [x for x, _ in pixels]
    line = max(set(columns), key=columns.count)
    box = area.queryComponent().getExtents(0)
    desk.drag((line, box.y + box.height // 2), (line + 90, box.y + box.height // 2), moves=8)
    wait_for(lambda: k_of(desk) > 60, "K to rise")
    desk.rest()
    expected = bound(desk, k_of(desk), [0.9, 0.1], [0.5, 0.4])
    assert abs(gap_of(desk) - expected) < 0.055 * expected
    k = k_of(desk)
    desk.keys("Page_Up")
    wait_for(lambda: abs(k_of(desk) - 2 * k) <= 1, "Page Up to double K")
    desk.keys("Home")
    wait_for(lambda: k_of(desk) == 1, "Home")
    assert "With K = 1 sample " in sentence(desk)
    desk.keys("End")
    wait_for(lambda: k_of(desk) == 5000, "End")
    desk.quit(program)


def scenario_a_preset_is_tight(desk):
    program = start(desk)
    desk.choose("Preset", 4)
    desk.accessible("label", "^The proposal is the posterior")
    desk.quit(program)


def scenario_files_are_dropped(desk):
    good, bad = desk.directory + "/own.json", desk.directory + "/bad.json"
    case = CASE | {"x": [2, 1, 0]}
    with open(good, "w", encoding="utf-8") as file:
        json.dump(case, file)
    with open(bad, "w", encoding="utf-8") as file:
        json.dump(case | {"sigma2": -1}, file)
    program = start(desk)
    first = sentence(desk)
    desk.run(LIMEN, bad)
    desk.accessible("label", r"bad\.json", seconds=10)
    assert sentence(desk) == first
    desk.start(DROP_SOURCE, good, title="Drop source", at=(1400, 0))
    desk.drag_and_drop((1450, 50), (400, 400))
    desk.accessible("label", r"^2\.00, 1\.00, 0\.00$", seconds=20)
    wait_for(lambda: sentence(desk) != first, "the sentence to change")
    desk.quit(program)


def scenario_an_image_is_dropped_on_the_vae(desk):
    path = desk.directory + "/seven.png"
    rows = [[255 if 5 <= y < 8 and 6 <= x < 20 or 5 <= y < 24 and 16 <= x < 19 else 0 for x in range(28)]
            for y in range(28)]
    made_up.write_png(path, rows)
    program = start(desk)
    first = sentence(desk)
    desk.start(DROP_SOURCE, path, title="Drop source", at=(1400, 0))
    desk.drag_and_drop((1450, 50), (400, 400))
    desk.accessible("label", r"seven\.png", seconds=40)
    wait_for(lambda: sentence(desk) not in (first, ""), "the sentence to change", 20)
    answer = json.loads(desk.run(LIMEN, "bound", "--vae", "builtin:vae", "--images", path, "--k", "50", "--samples",
                                 "0", "--json", "-").stdout)
    expected = answer["log_evidence"] - answer["vlb"]["50"]
    assert abs(gap_of(desk) - expected) < 0.055 * expected, (gap_of(desk), expected)
    desk.quit(program)


def scenario_a_vae_that_is_brought_along_is_chosen(desk):
    """From the menu beside its row; the images stay."""
    image = desk.directory + "/ones.npy"
    made_up.write_npy(image, "u1", (3, 28, 28), [i % 7 == 0 for i in range(3 * 784)])
    program = start(desk)
    desk.run(LIMEN, image)
    desk.accessible("label", r"^VAE of generated digits · 784-200-2$", seconds=40)
    desk.click(*center(desk.scroll_to(None, "^Other VAEs$")))
    desk.accessible("menu item", "^VAE of MNIST$")
    desk.rest()
    desk.keys("Down", "Return")  # the first one has the focus
    desk.accessible("label", r"^VAE of MNIST · 784-400-20$", seconds=40)
    desk.accessible("label", r"^of 3 · ones\.npy")
    desk.quit(program)


def scenario_it_is_told_how_images_were_read(desk):
    """Below the name of the set; what was guessed is a note, in the words of the command line."""
    whole, bits = desk.directory + "/whole.npy", desk.directory + "/a & b.npy"
    made_up.write_npy(whole, "u1", (30, 28, 28), [(i * 37) % 256 for i in range(30 * 784)])
    made_up.write_npy(bits, "u1", (40, 28, 28), [i % 7 == 0 for i in range(40 * 784)])
    program = start(desk)
    desk.run(LIMEN, whole)
    desk.accessible("label", r"^of 30 · whole\.npy\nread as 0–255, 28 × 28$", seconds=40)
    desk.run(LIMEN, bits)
    desk.accessible("label", r"^of 40 · a & b\.npy\nread as 0–1, 28 × 28 · 1 note$", seconds=40)
    note = re.search(r"^    (\S.*)$", desk.run(LIMEN, "inspect", bits).stdout, re.MULTILINE)[1]
    row = desk.accessible("list item", "^Image$")
    wait_for(lambda: row.description == note, "the note")
    desk.quit(program)


def scenario_the_picture_is_exported(desk):
    program = start(desk)
    seen = desk.export_picture(desk.directory + "/bound.png")
    for word in ("Title: Importance-weighted bound", "Bound: K = 50: ", "log p(x)"):
        assert word in seen, f"{word} is not in the picture's text"
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
