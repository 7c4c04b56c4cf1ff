"""Single pictures and the threshold's slider on the Detector page: dropped, drawn, judged, removed; keys, and back."""

import os
import re
import sys

import made_up
from window import accessibility, center, main, value, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]
LINE = r"nats · (flagged|kept) · p = 0\.\d+|nats · (flagged|kept) · p = 1$"


def start(desk):
    """A flow, 120 normal images and 90 anomalies, which are read."""
    folder = desk.directory + "/pictures"
    made_up.write_flow(desk.directory + "/flow.safetensors")
    made_up.write_folder(folder + "/normal", 120, 0.5, seed=1)
    made_up.write_folder(folder + "/defect", 90, 0.9, seed=2)
    made_up.write_folder(desk.directory + "/few", 3, 0.8, seed=3)
    program = desk.start(LIMEN, desk.directory + "/flow.safetensors", folder, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", r"^At .* nats, ", seconds=20)
    wait_for(lambda: len(counts(desk)) == 2, "both rates")
    return program


def counts(desk):
    return [one.name for one in desk.accessibles("label", r"^\d+ of \d+$")][:2]


def read_aloud(desk):
    return desk.accessible(None, "^Histogram of log-likelihoods$").description.replace("\u2212", "-")


def said(desk, name):
    """What is said of a picture: nats, verdict, p."""
    found = re.search(rf"{re.escape(name)}: (\S+) nats · (flagged|kept) · p = (\d\.\d+|1)", thin(read_aloud(desk)))
    return found and (float(found[1]), found[2], float(found[3]))


def thin(text):
    return text.replace("\u2009", "")


def scores(desk, *paths):
    """What the command line says of images."""
    done = desk.run(LIMEN, "score", "--model", desk.directory + "/flow.safetensors", *paths)
    assert done.returncode == 0, done.stderr
    return [float(line.rsplit(",", 1)[1]) for line in done.stdout.splitlines()[1:]]


def threshold_of(desk):
    return value(desk.accessible("spin button", "^Threshold in nats"))


def scenario_a_few_dropped_pictures_are_judged_one_by_one(desk):
    program = start(desk)
    before = counts(desk)
    few = [f"{desk.directory}/few/{i:03}.png" for i in range(3)]
    desk.start(DROP_SOURCE, *few, title="Drop source", at=(1300, 0))
    desk.drag_and_drop((1400, 50), (400, 400))
    wait_for(lambda: all(said(desk, os.path.basename(one)) for one in few), "scores of the pictures")
    normal = scores(desk, desk.directory + "/pictures/normal")
    for path in few:
        nats, verdict, p = said(desk, os.path.basename(path))
        exact = scores(desk, path)[0]
        rank = sum(one <= exact for one in normal)
        assert abs(nats - exact) < 0.051, (nats, exact)
        assert abs(p - (1 + rank) / (1 + len(normal))) < 0.006, (p, rank)
        assert verdict == ("flagged" if exact < threshold_of(desk) else "kept")
    assert counts(desk) == before, "a set was replaced"
    assert not list(desk.accessibles("label", "^Normal Images or Anomalies"))

    desk.focus(desk.windows[program.pid])
    desk.scroll_to("push button", r"^Remove 001\.png$")
    desk.click(*center(desk.accessible("push button", r"^Remove 001\.png$")))
    wait_for(lambda: not said(desk, "001.png"), "the picture to go")
    assert said(desk, "000.png") and said(desk, "002.png")
    desk.quit(program)


def scenario_a_picture_is_drawn_and_its_score_follows_the_pen(desk):
    program = start(desk)
    desk.click(*center(desk.scroll_to("push button", "^Draw…$")))
    pad = wait_for(lambda: desk.search("^Draw a Picture$"), "the pad")
    desk.xdotool("windowmove", "--sync", pad, 1190, 100)
    desk.focus(pad)
    x, y = center(desk.accessible(None, "^Paper$"))
    desk.accessible("label", r"^8 × 8 pixels, white on black")
    x, y = x + 1190, y + 100
    desk.drag((x - 60, y), (x + 60, y))
    wait_for(lambda: said(desk, "Drawing"), "a score of the drawing")
    first = said(desk, "Drawing")
    desk.accessible("label", LINE)
    desk.drag((x, y - 60), (x, y + 60))
    wait_for(lambda: said(desk, "Drawing") != first, "the score to follow the pen")
    second = said(desk, "Drawing")

    desk.keys("BackSpace")  # takes the stroke back
    wait_for(lambda: said(desk, "Drawing") == first, "the score of the first stroke")
    desk.keys("Left", "shift+Left", "shift+Up", "shift+Up")
    wait_for(lambda: said(desk, "Drawing") not in (first, second), "a stroke by keys")
    desk.keys("Delete")
    wait_for(lambda: not said(desk, "Drawing"), "an empty paper")
    desk.keys("space")
    wait_for(lambda: said(desk, "Drawing"), "a dot")
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Draw a Picture$"), "the pad to close")
    assert said(desk, "Drawing"), "what is drawn stays"
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def scenario_what_a_picture_lacks_is_said(desk):
    made_up.write_flow(desk.directory + "/flow.safetensors")
    made_up.write_folder(desk.directory + "/few", 1, 0.8, seed=3)
    made_up.write_folder(desk.directory + "/normal", 120, 0.5, seed=1)
    program = desk.start(LIMEN, desk.directory + "/flow.safetensors", title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", "^Now the Normal Images$")
    desk.run(LIMEN, desk.directory + "/few/000.png")
    desk.accessible("label", r"nats · no normal images yet to judge it by$")
    desk.run(LIMEN, desk.directory + "/normal")
    wait_for(lambda: said(desk, "000.png"), "the verdict, once there are normal images")
    desk.quit(program)


def scenario_the_slider_runs_along_the_axis_of_the_plot(desk):
    program = start(desk)
    slider = desk.scroll_to("slider", "^Threshold$")
    first = threshold_of(desk)
    back = desk.accessible("push button", "^Back to 3 std$")
    assert not back.getState().contains(accessibility().STATE_SENSITIVE)
    assert abs(value(slider) - first) < 1e-6, "a screen reader is told the threshold"

    box = slider.queryComponent().getExtents(0)
    plot = desk.accessible(None, "^Histogram of log-likelihoods$").queryComponent().getExtents(0)
    desk.click(box.x + box.width * 0.5, box.y + box.height / 2)
    wait_for(lambda: threshold_of(desk) != first, "the slider to move the threshold")
    desk.rest()
    columns = [x for x, _ in desk.hand_pixels(desk.accessible(None, "^Histogram of log-likelihoods$"))]
    line = max(set(columns), key=columns.count)
    assert abs((line - plot.x) / plot.width - 0.5) < 0.06, "the line is not where the knob is"
    assert abs(value(slider) - threshold_of(desk)) < 0.01

    middle = threshold_of(desk)
    desk.keys("Left")
    wait_for(lambda: threshold_of(desk) < middle, "Left to lower the threshold")
    step = middle - threshold_of(desk)
    desk.keys("Page_Up")
    wait_for(lambda: threshold_of(desk) > middle + 5 * step, "Page Up to be many steps")
    assert back.getState().contains(accessibility().STATE_SENSITIVE)
    desk.click(*center(desk.scroll_to("push button", "^Back to 3 std$")))
    wait_for(lambda: abs(threshold_of(desk) - first) < 1e-6, "three standard deviations")
    wait_for(lambda: not back.getState().contains(accessibility().STATE_SENSITIVE), "nothing to go back to")
    desk.quit(program)


main(globals())
