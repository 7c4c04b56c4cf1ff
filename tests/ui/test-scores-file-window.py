"""Scores that any program wrote, dropped on the Detector page: what they come to, what is asked, which column counts."""

import os
import random
import re
import sys

from window import accessibility, center, main, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]


def write(desk, name, *rows):
    path = os.path.join(desk.directory, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(",".join(map(str, row)) + "\n" for row in rows))
    return path


def made_up(n, mean, seed):
    draw = random.Random(seed)
    return [round(draw.gauss(mean, 0.1), 4) for _ in range(n)]


def several(desk):
    """Two detectors' scores of 200 normal images and 80 anomalies: one flags high values, the other low ones."""
    normal, anomaly = made_up(200, 0.3, 1), made_up(80, 0.7, 2)
    rows = [(f"good/{i}.png", one, round(5 - 2 * one, 4), 0) for i, one in enumerate(normal)]
    rows += [(f"crack/{i}.png", one, round(4.6 - one / 2, 4), 1) for i, one in enumerate(anomaly)]
    return write(desk, "several.csv", ("image_path", "anomaly_score", "likelihood", "gt_label"), *rows)


def start(desk):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.focus(desk.windows[program.pid])
    desk.accessible("label", "^At .* nats, ", seconds=20)
    return program


def drop(desk, program, *paths):
    source = desk.start(DROP_SOURCE, *paths, title="^Drop source$", at=(1300, 0))
    desk.drag_and_drop((1400, 50), (400, 300))
    source.terminate()
    source.wait()
    desk.processes.remove(source)
    desk.focus(desk.windows[program.pid])


def told(desk, pattern):
    return desk.accessible("label", pattern, seconds=20)


def shown(desk, pattern):
    """The labels that have a place."""
    return [one for one in desk.accessibles("label", pattern) if one.getState().contains(accessibility().STATE_SHOWING)]


def answer(desk, title, *keys):
    question = wait_for(lambda: desk.search(f"^{title}"), "the question")
    desk.focus(question)
    desk.rest()
    desk.keys(*keys)
    wait_for(lambda: not desk.search(f"^{title}"), "the question to go")


def press(desk, role, name):
    desk.rest()
    desk.click(*center(desk.accessible(role, name, seconds=20)))


def scenario_a_table_with_labels_needs_no_answer(desk):
    program = start(desk)
    drop(desk, program, several(desk))
    told(desk, r"^Taken from several\.csv: .*high values are flagged, as the labels say.*labels from “gt_label”, 1 being an anomaly")
    told(desk, r"^several\.csv · column anomaly_score · high is anomalous, as the labels say$")
    told(desk, "^200 images$")
    told(desk, "^80 images$")
    sentence = told(desk, r"^At 0\.\d+, .* normal images .* flagged")
    told(desk, r"^\d+ of 100$")
    assert "nats" not in sentence.name
    seen = wait_for(lambda: next((one for one in desk.accessibles(None, None)
                                  if one.description.startswith("At 0.")), None), "the histogram to be told of")
    assert "anomal" in seen.description, seen.description
    picture = desk.export_picture(os.path.join(desk.directory, "scores.png"))
    assert "several.csv" in picture, picture[-2000:]
    desk.focus(desk.windows[program.pid])
    press(desk, "push button", "^Take the last files back$")
    told(desk, "^At .* nats, ")
    wait_for(lambda: not shown(desk, "^several.csv · "), "the row of the table to go")
    desk.quit(program)


def scenario_a_side_that_nothing_tells_is_asked(desk):
    program = start(desk)
    plain = write(desk, "plain.csv", ("name", "score"), *((f"part {i}", one) for i, one in enumerate(made_up(90, 2, 3))))
    title = "Higher or Lower Is Anomalous"
    drop(desk, program, plain)
    told(desk, "^Nothing in plain\\.csv tells which values of “score” are unusual")
    answer(desk, title, "Escape")
    desk.rest()
    told(desk, "^At .* nats, ")  # closed: all is as it was
    drop(desk, program, plain)
    answer(desk, title, "alt+l")
    told(desk, r"^Taken from plain\.csv: .*low values are flagged; without labels all rows are taken for normal.*no labels")
    told(desk, r"^plain\.csv · column score · low is anomalous$")
    told(desk, "^90 images$")
    told(desk, "^none in the table$")
    desk.quit(program)


def scenario_labels_that_do_not_tell_are_asked(desk):
    program = start(desk)
    kinds = ["cat", "dog", "bird"]
    rows = [(f"{i}.png", round(one + (i % 3) / 2, 4), kinds[i % 3]) for i, one in enumerate(made_up(120, 1, 4))]
    drop(desk, program, write(desk, "words.csv", ("file", "score", "kind"), *rows))
    told(desk, r"words\.csv has labels \(cat, dog, bird\) in “kind” that do not say which images are normal")
    question = wait_for(lambda: desk.search("^Which Images Are Normal"), "the question")
    desk.focus(question)
    desk.rest()
    read = desk.accessible("push button", "Read$")
    assert not read.getState().contains(accessibility().STATE_SENSITIVE), "no word is chosen yet"
    for key in ("Return", "Down", "Return"):  # the row of what is asked has the keyboard
        desk.keys(key)
        desk.rest()
    answer(desk, "Which Images Are Normal", "alt+r")
    told(desk, r"^Taken from words\.csv: .*labels from “kind”, “cat” being normal")
    told(desk, "^40 images$")
    told(desk, "^80 images$")
    desk.quit(program)


def scenario_another_column_is_chosen(desk):
    program = start(desk)
    drop(desk, program, several(desk))
    told(desk, r"^several\.csv · column anomaly_score · ")
    press(desk, None, "^Scores$")
    first = desk.accessible("check box", "^anomaly_score$", seconds=20)
    other = desk.accessible("check box", "^likelihood$")
    wait_for(lambda: re.search("^AUROC .* AUPR .* FPR at 95", other.description), "the numbers")
    assert re.search("^AUROC .* AUPR", first.description), first.description
    told(desk, "100 set the threshold, and 100 are tested beside 80 anomalies.*optimistic")
    desk.click(*center(other))
    told(desk, r"^several\.csv · column likelihood · low is anomalous, as the labels say$")
    told(desk, r"^At [34]\.\d+, ")
    press(desk, None, "^Scatter$")
    area = desk.accessible("image", "Scatter of two scores")
    wait_for(lambda: "likelihood" in area.description, "the scatter to be told of")
    desk.click(*center(area))
    desk.rest()
    desk.keys("Escape", "Right", "space")
    told(desk, "^Selected: 1 image: ")  # below, for all of the page
    press(desk, "push button", "^Take the last files back$")
    told(desk, r"^several\.csv · column anomaly_score · ")
    desk.quit(program)


def scenario_what_is_wrong_is_said_and_nothing_moves(desk):
    program = start(desk)
    drop(desk, program, write(desk, "ragged.csv", ("file", "score", "label"), ("a.png", 0.1, 0), ("b.png", 0.2, 1),
                              ("c.png", 0.3, 1, 7, 9)))
    told(desk, r"ragged\.csv .*row 4")
    told(desk, "^At .* nats, ")
    assert not next(desk.accessibles("label", "^ragged.csv · "), None)
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
