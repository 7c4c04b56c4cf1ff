"""One image, explained, in a window of its own: maps, scores, nearest images, exports; keys, and back."""

import os
import re
import struct
import sys

import made_up
from window import accessibility, center, main, pick, wait_for

LIMEN = sys.argv[1]
AREA = "^The image and the map over it$"


def start(desk):
    """A flow, 120 normal images, and a single picture beside them, which is larger than the flow's images."""
    made_up.write_flow(desk.directory + "/flow.safetensors")
    made_up.write_folder(desk.directory + "/normal", 120, 0.5, seed=1)
    rows = [[255 if 6 <= x < 18 and 9 <= y < 12 else 40 for x in range(24)] for y in range(24)]
    made_up.write_png(desk.directory + "/scratch.png", rows)
    program = desk.start(LIMEN, desk.directory + "/flow.safetensors", desk.directory + "/normal", title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", r"^At .* nats, ", seconds=20)
    desk.run(LIMEN, desk.directory + "/scratch.png")
    return program


def explained(desk, program):
    """The window, opened by its button, once the image is explained."""
    desk.focus(desk.windows[program.pid])
    button = desk.scroll_to("push button", r"^Explain scratch\.png$")
    wait_for(lambda: button.getState().contains(accessibility().STATE_SENSITIVE), "the picture to be read")
    desk.click(*center(button))
    window = wait_for(lambda: desk.search("^Image Explained$"), "the window")
    desk.focus(window)
    desk.accessible("label", r"^log p = ")
    desk.rest()
    return window


def leave(desk, program, window):
    """Escape closes it, and then the program is left."""
    desk.focus(window)
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Image Explained$"), "Escape to close the window")
    desk.quit(program)


def read_aloud(desk):
    return plain(desk.accessible(None, AREA).description)


def plain(text):
    return text.replace("\u2009", "").replace("\u2212", "-")


def by_command(desk):
    """What the command line writes of the same picture."""
    folder = desk.directory + "/explained"
    done = desk.run(LIMEN, "explain", "--model", desk.directory + "/flow.safetensors", desk.directory + "/scratch.png",
                    "--normal", desk.directory + "/normal", "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder, plain(done.stdout)


def numbers(path):
    """Of a .npy of float32: shape and values."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<H", data[8:10])[0]
    header = data[10:10 + length].decode()
    assert data[:6] == b"\x93NUMPY" and "'<f4'" in header, header
    shape = tuple(int(n) for n in re.search(r"\(([\d, ]+)\)", header)[1].split(","))
    return shape, struct.unpack(f"<{shape[0] * shape[1]}f", data[10 + length:])


def choose_map(desk, down):
    desk.click(*center(desk.accessible("label", "^Over the picture$")))
    desk.rest()
    desk.keys("Home", *["Down"] * down, "Return")
    desk.rest()


def scenario_the_window_says_what_the_command_line_says(desk):
    program = start(desk)
    window = explained(desk, program)
    folder, told = by_command(desk)
    sentence = plain(desk.accessible("label", r"^log p = ").name)
    assert re.search(r"log p = (\S+) nats", sentence)[1] == re.search(r"log p = (\S+) nats", told)[1], (sentence, told)
    desk.accessible("label", "^Log-likelihood$")
    desk.accessible("label", r"normal images scores? as low: p = ")
    desk.accessible("label", r" apart$")
    assert os.path.exists(folder + "/scratch.png")
    leave(desk, program, window)


def scenario_maps_are_chosen_read_under_the_pointer_and_saved(desk):
    program = start(desk)
    window = explained(desk, program)
    folder, _ = by_command(desk)
    assert "How many nats the latent" in read_aloud(desk)
    choose_map(desk, 1)
    wait_for(lambda: "How fast log p moves" in read_aloud(desk), "the gradient")
    x, y = center(desk.accessible(None, AREA))
    desk.move(x - 120, y - 40)
    desk.move(x - 118, y - 42)
    under = plain(desk.accessible("label", r"^Column \d, row \d: .* nats per unit of a pixel$").name)
    shape, value = numbers(folder + "/scratch-gradient.npy")
    column, row, said = re.match(r"Column (\d), row (\d): (\S+) ", under).groups()
    exact = value[(int(row) - 1) * shape[1] + int(column) - 1]
    assert shape == (made_up.SIDE, made_up.SIDE), shape
    assert abs(float(said) - exact) <= 0.006 * abs(exact) + 1e-9, (under, exact)

    desk.click(*center(desk.accessible("push button", "^Export this image$")))
    pick(desk, r"^Map as \.npy")
    chooser = wait_for(lambda: desk.search("^Save the Map$"), "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(desk.directory + "/map.npy")
    desk.keys("Return")
    wait_for(lambda: os.path.exists(desk.directory + "/map.npy"), "the map")
    with open(desk.directory + "/map.npy", "rb") as one, open(folder + "/scratch-gradient.npy", "rb") as other:
        assert one.read() == other.read(), "window and command line write one map"
    leave(desk, program, window)


def scenario_windows_are_compared_with_those_of_normal_images(desk):
    program = start(desk)
    window = explained(desk, program)
    choose_map(desk, 3)
    wait_for(lambda: "The largest:" in read_aloud(desk) and "how unusual" in read_aloud(desk), "the map of windows")
    desk.accessible("label", r"Here: windows of \d × \d pixels")
    x, y = center(desk.accessible(None, AREA))
    desk.move(x - 120, y - 40)
    desk.move(x - 118, y - 42)
    desk.accessible("label", r"^Column \d+, row \d+: .* how unusual$")
    leave(desk, program, window)


def scenario_the_picture_is_exported(desk):
    program = start(desk)
    window = explained(desk, program)
    seen = desk.export_picture(desk.directory + "/explained.png")
    assert "Title: Limen: scratch.png" in seen, seen
    leave(desk, program, window)


def scenario_it_is_whole_in_a_narrow_window(desk):
    program = start(desk)
    window = explained(desk, program)
    desk.resize(window, 360, 640)
    desk.rest()
    box = desk.accessible(None, AREA).queryComponent().getExtents(1)
    assert box.width <= 360 and box.height >= 200, (box.width, box.height)
    leave(desk, program, window)


if __name__ == "__main__":
    main(globals())
