"""The gallery of the Detector page: a range is brushed, its images are walked by keys, explained, corrected, exported."""

import os
import re
import struct
import sys

from window import PATIENCE, accessibility, center, main, pick, wait_for

LIMEN, FRAMES = sys.argv[1:]
NORMAL, ANOMALIES = 2000, 2000  # of the halves and sets that Limen brings along; of the normal ones twice as many


def number(words):
    return int(re.sub(r"\s", "", words))


def start(desk, *paths, width=1400, height=900):
    program = desk.start(LIMEN, *paths, title="^Limen")
    desk.resize(desk.windows[program.pid], 1400, 900)
    desk.accessible("label", "^At .* nats, ")
    ready = desk.accessible("push button", "^Try it")  # once all has a score
    wait_for(lambda: ready.getState().contains(accessibility().STATE_SENSITIVE), "all images to have a score")
    desk.resize(desk.windows[program.pid], width, height)
    desk.rest()
    return program


def brush(desk, begin, end):
    """Drags over a part of the histogram; returns how many normal images and anomalies are selected."""
    box = desk.accessible("image", "^Histogram of ").queryComponent().getExtents(accessibility().WINDOW_COORDS)
    y = box.y + box.height / 2
    desk.drag((box.x + begin * box.width, y), (box.x + end * box.width, y))
    words = desk.accessible("label", "^Selected: ").name
    found = re.search(r"images?: ([\d\s]+) normal, ([\d\s]+) anomal", words)
    return tuple(number(one) for one in found.groups())


def open_gallery(desk, begin=lambda desk: desk.keys("ctrl+i")):
    begin(desk)
    window = wait_for(lambda: desk.search("^Gallery$"), "the gallery")
    desk.focus(window)
    desk.accessible("table cell", SAID)
    desk.rest()
    return window


SAID = r"^(.+), ([^,]+ nats|no score), (flagged|kept|left out|not judged), (normal|anomaly|unsorted)(, moved by hand)?$"


def in_hand(desk):
    """What a screen reader says of the image that has the keyboard: name, score, verdict, set."""
    def look():
        for one in desk.accessibles("table cell", SAID):
            if one.getState().contains(accessibility().STATE_FOCUSED):
                return re.search(SAID, one.name).groups()
        return None

    return wait_for(look, "an image to have the keyboard")


def close(desk, times=1):
    desk.focus(desk.search("^Gallery$"))
    desk.rest()
    desk.keys(*["Escape"] * times)
    wait_for(lambda: not desk.search("^Gallery$"), "Escape to close it")


def counted(desk, pattern=r"^[\d\s]+ images?: |^No image$"):
    """What the gallery says of its list."""
    return desk.accessible("label", pattern).name


def of(words, what):
    found = re.search(r"([\d\s]+) " + what, words)
    return number(found[1]) if found else 0


def errors(desk):
    """Of the second kind, of how many anomalies."""
    for one in desk.accessibles("label", r"^[\d\s]+ of [\d\s]+$"):
        yield tuple(number(part) for part in one.name.split(" of "))


def nats(score):
    return float(re.sub(r"[^\d.−]", "", score).replace("−", "-"))


def scenario_a_range_is_brushed_and_walked_by_keys(desk):
    program = start(desk)
    normal, anomalies = brush(desk, 0.1, 0.5)
    assert anomalies > 1000 and normal < 100, (normal, anomalies)
    open_gallery(desk)
    words = counted(desk)
    assert (of(words, "normal"), of(words, "anomal")) == (normal, anomalies), words
    first = in_hand(desk)
    assert first[2:4] == ("flagged", "anomaly"), first
    desk.keys("Right")
    wait_for(lambda: in_hand(desk) != first, "the next image")
    second = in_hand(desk)
    assert nats(second[1]) >= nats(first[1]), (first, second)
    desk.keys("Down", "End")
    wait_for(lambda: in_hand(desk) not in (first, second), "the last image")
    assert nats(in_hand(desk)[1]) > nats(second[1])
    desk.keys("Home")
    wait_for(lambda: in_hand(desk) == first, "the first image again")
    close(desk)
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def scenario_enter_explains_an_image(desk):
    program = start(desk)
    brush(desk, 0.1, 0.5)
    open_gallery(desk)
    name = in_hand(desk)[0]
    desk.keys("Return")
    window = wait_for(lambda: desk.search("^Image Explained$"), "the image to be explained")
    desk.focus(window)
    desk.accessible("label", re.escape(name))
    desk.rest()
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Image Explained$"), "Escape to close it")
    close(desk)
    desk.quit(program)


def scenario_an_image_is_left_out_moved_and_back(desk):
    program = start(desk)
    normal, anomalies = brush(desk, 0.1, 0.5)
    before = sorted(errors(desk))
    open_gallery(desk)
    first = in_hand(desk)
    desk.keys("Delete")
    wait_for(lambda: of(counted(desk), "anomal") == anomalies - 1, "one image less")
    desk.accessible("label", "^1 image left out by hand")
    wait_for(lambda: (0, ANOMALIES - 1) in errors(desk) or any(n == ANOMALIES - 1 for _, n in errors(desk)),
             "the rates to be of one image less")
    assert in_hand(desk) != first  # and the keyboard is at the one that took its place
    desk.keys("Menu")
    pick(desk, "^Move to Normal Images$")
    desk.accessible("label", "^1 image moved, 1 left out by hand")
    wait_for(lambda: of(counted(desk), "anomal") == anomalies - 2, "one anomaly less")
    assert of(counted(desk), "normal") == normal + 1
    moved = in_hand(desk)
    assert moved[3] == "normal" and moved[4], moved
    desk.keys("ctrl+z")
    desk.accessible("label", "^1 image left out by hand")
    desk.keys("ctrl+z")
    wait_for(lambda: sorted(errors(desk)) == before, "the rates to be as they were")
    close(desk)
    desk.quit(program)


def scenario_the_list_and_the_images_are_exported(desk):
    program = start(desk)
    brush(desk, 0.45, 0.49)
    open_gallery(desk)
    listed = of(counted(desk), "image")
    first = in_hand(desk)
    desk.keys("shift+F10")
    pick(desk, "^Export List of ")
    choose_path(desk, "^Export List$", os.path.join(desk.directory, "list.csv"))
    path = os.path.join(desk.directory, "list.csv")
    wait_for(lambda: os.path.exists(path), "the table")
    with open(path, encoding="utf-8", newline="") as file:
        rows = file.read().split("\r\n")
    assert rows[0] == "image,set,log_likelihood,verdict,file" and len(rows) == listed + 2, rows[:2]
    assert rows[1].startswith(first[0] + ","), rows[1]
    folder = os.path.join(desk.directory, "images")
    os.mkdir(folder)
    desk.focus(desk.search("^Gallery$"))
    desk.keys("shift+F10")
    pick(desk, "^Export .* Images")
    choose_path(desk, "^Export Images into a Folder$", folder)
    wait_for(lambda: len(os.listdir(folder)) == listed, "all images")
    desk.accessible("label", f"^{listed} images? (is|are) in “images”")
    some = os.path.join(folder, sorted(os.listdir(folder))[0])
    with open(some, "rb") as file:
        assert file.read(24)[12:] == b"IHDR" + struct.pack(">II", 28, 28)
    close(desk, times=2)  # the first one takes the message away
    desk.quit(program)


def choose_path(desk, title, path):
    chooser = wait_for(lambda: desk.search(title), "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+l" if os.path.isdir(path) else "ctrl+a")
    desk.type(path)
    desk.keys("Return")
    desk.rest()
    if desk.search(title):  # the folder was gone into
        desk.keys("Return")
    desk.rest()


def scenario_a_thumbnail_opens_its_gallery(desk):
    program = start(desk)
    strip = desk.accessible("image", "^Worst false alarms$")
    box = strip.queryComponent().getExtents(accessibility().WINDOW_COORDS)
    open_gallery(desk, lambda desk: desk.click(box.x + 60, box.y + box.height / 2))
    words = counted(desk)
    flagged = next(n for n, all_of in errors(desk) if all_of == NORMAL and n > 0)
    assert of(words, "normal") == flagged and "anomal" not in words, (words, flagged)
    assert in_hand(desk)[2:4] == ("flagged", "normal")
    close(desk)
    desk.quit(program)


def scenario_it_is_whole_in_a_narrow_window(desk):
    program = start(desk)
    window = open_gallery(desk)
    desk.resize(window, 360, 560)
    desk.rest()
    for role, name in (("combo box", "^Images$"), ("combo box", "^Order$"), ("push button", "^Images menu$")):
        box = desk.accessible(role, name).queryComponent().getExtents(accessibility().WINDOW_COORDS)
        assert box.x >= 0 and box.x + box.width <= 360, (name, box.x, box.width)
    desk.keys("Right")
    in_hand(desk)
    close(desk)
    desk.quit(program)


def scenario_a_hundred_thousand_images_scroll_at_the_rate_of_the_display(desk):
    answer = desk.run(FRAMES, "5", "100000")
    print(answer.stdout.strip(), file=sys.stderr)
    assert answer.returncode == 0, (answer.returncode, answer.stderr)
    late = float(re.search(r"over 20 ms: computed ([\d.]+)%", answer.stdout)[1])
    waited = float(re.search(r"waited: median ([\d.]+);", answer.stdout)[1])
    more = float(re.search(r"memory: (-?[\d.]+) MB", answer.stdout)[1])
    assert more <= 300 and waited < 1 and (PATIENCE > 1 or late <= 2), answer.stdout


if __name__ == "__main__":
    main(globals())
