"""The Detector page as its user has it: files dropped, the line dragged, keys, an export, a second start."""

import json
import os
import sys

import made_up
from window import center, main, page_seen, value, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]


class Files:
    """A flow, and a folder that holds a folder of each role."""

    def __init__(self, desk):
        self.flow = desk.directory + "/flow.safetensors"
        self.folder = desk.directory + "/pictures"
        self.normal, self.defect = self.folder + "/normal", self.folder + "/defect"
        made_up.write_flow(self.flow)
        made_up.write_folder(self.normal, 120, 0.5, seed=1)
        made_up.write_folder(self.defect, 90, 0.9, seed=2)


def detect(desk, files, threshold, normal=None, anomaly=None):
    """What the command line says of the same files at the same threshold."""
    done = desk.run(LIMEN, "detect", "--model", files.flow, "--normal", normal or files.normal, "--anomaly",
                    anomaly or files.defect, "--split", "random", "--seed", "0", f"--threshold={threshold!r}",
                    "--json", "-")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rates(desk):
    """The two counts in the panel, "7 of 60", in the order of the rows."""
    labels = [one.name.replace("\u2009", "") for one in desk.accessibles("label", "^[\\d\u2009]+ of [\\d\u2009]+$")]
    return labels[:2]


def expected(answer):
    return [f"{answer[key]['errors']} of {answer[key]['n']}" for key in ("type_1", "type_2")]


def threshold_of(desk):
    return value(desk.accessible("spin button", "^Threshold in nats"))


def line_x(desk, plot):
    """Where the line stands: the column of the plot with the most pixels of the hand's purple."""
    box = plot.queryComponent().getExtents(0)
    columns = [x for x, _ in desk.hand_pixels(plot)]
    line = max(set(columns), key=columns.count)
    assert columns.count(line) > box.height / 2, "no line in the plot"
    return line, box.y + box.height // 2


def start_with_pictures(desk):
    files = Files(desk)
    program = desk.start(LIMEN, files.flow, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", "^Now the Normal Images$")
    desk.start(DROP_SOURCE, files.folder, title="Drop source", at=(1300, 0))
    desk.drag_and_drop((1400, 50), (400, 400))
    desk.accessible("label", r"^At .* nats, ")
    wait_for(lambda: len(rates(desk)) == 2, "both rates")
    desk.focus(desk.windows[program.pid])
    return program, files


def scenario_the_first_start_is_alive_and_gives_way(desk):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", r"^At .* nats, .*normal images.*anomalies", seconds=20)
    wait_for(lambda: [one.endswith("of 2000") for one in rates(desk)] == [True, True], "rates of the example")
    answer = json.loads(desk.run(LIMEN, "detect", "--model", "builtin:glyphs", "--normal", "builtin:digits",
                                 "--anomaly", "builtin:hiragana", "--json", "-").stdout)
    assert rates(desk) == expected(answer)
    files = Files(desk)
    desk.run(LIMEN, files.normal + "/000.png", files.flow)  # a picture alone is no set: it waits
    desk.accessible("label", r"^1 · 000\.png$", seconds=20)
    desk.quit(program)


def scenario_a_dropped_folder_is_scored_and_the_line_dragged(desk):
    program, files = start_with_pictures(desk)
    first = threshold_of(desk)
    assert rates(desk) == expected(detect(desk, files, first))
    plot = desk.accessible(None, "^Histogram of log-likelihoods$")
    x, y = line_x(desk, plot)
    desk.drag((x, y), (x + 200, y), moves=10)
    wait_for(lambda: threshold_of(desk) != first, "the threshold to move")
    desk.rest()
    dragged = threshold_of(desk)
    assert abs(line_x(desk, plot)[0] - (x + 200)) <= 2
    assert rates(desk) == expected(detect(desk, files, dragged)) != expected(detect(desk, files, first))
    sentence = desk.accessible("label", r"^At .* nats, ").name.replace("\u00a0", " ")
    assert plot.description == sentence, (plot.description, sentence)

    desk.keys("Left")
    wait_for(lambda: threshold_of(desk) < dragged, "Left to lower the threshold")
    step = dragged - threshold_of(desk)
    desk.keys("Page_Down")
    wait_for(lambda: abs(dragged - threshold_of(desk) - 11 * step) < step / 100, "Page Down to be ten steps")
    desk.keys("Home")
    wait_for(lambda: rates(desk)[0] == "0 of 60", "Home to flag nothing")
    assert rates(desk) == ["0 of 60", "90 of 90"]
    desk.keys("End")
    wait_for(lambda: rates(desk) == ["60 of 60", "0 of 90"], "End to flag everything")
    desk.quit(program)


def scenario_the_picture_is_exported_with_its_numbers(desk):
    program, files = start_with_pictures(desk)
    seen = desk.export_picture(desk.directory + "/plot.png")  # decodes it with libpng
    assert "Geometry: 2400x1400" in seen
    answer = detect(desk, files, threshold_of(desk))
    for word in ("Title:", "Threshold:", answer["model"]["sha256"], f"{answer['type_1']['errors']} of"):
        assert word in seen, f"{word} is not in the picture's text"
    desk.quit(program)


def scenario_a_second_start_hands_its_files_to_the_first(desk):
    program, files = start_with_pictures(desk)
    other = desk.directory + "/abnormal"
    made_up.write_folder(other, 31, 0.95, seed=3)
    second = desk.run(LIMEN, other)
    assert second.returncode == 0, second.stderr
    wait_for(lambda: len(rates(desk)) == 2 and rates(desk)[1].endswith("of 31"), "the new anomalies", 20)
    assert rates(desk) == expected(detect(desk, files, threshold_of(desk), anomaly=other))
    desk.quit(program)


def scenario_a_failed_load_loses_nothing(desk):
    program, files = start_with_pictures(desk)
    before = rates(desk)
    bad = desk.directory + "/bad.pt"
    with open(bad, "w", encoding="utf-8") as file:
        file.write("this is not a checkpoint\n")
    desk.run(LIMEN, bad)
    desk.accessible("label", r"bad\.pt", seconds=10)
    assert rates(desk) == before
    desk.quit(program)


def scenario_the_threshold_is_typed_and_swapped_sets_trade_places(desk):
    program, files = start_with_pictures(desk)
    spin = desk.accessible("spin button", "^Threshold in nats")
    desk.click(*center(spin))
    desk.keys("ctrl+a")
    desk.type("25.5")
    desk.keys("Return")
    wait_for(lambda: threshold_of(desk) == 25.5, "the typed threshold")
    assert rates(desk) == expected(detect(desk, files, 25.5))
    sigmas = value(desk.accessible("spin button", "^Standard deviations below the mean"))
    answer = detect(desk, files, 25.5)
    assert abs(sigmas - (answer["validation"]["mean"] - 25.5) / answer["validation"]["std"]) < 1e-9
    desk.click(*center(desk.accessible("push button", "^Swap sets")))
    wait_for(lambda: len(rates(desk)) == 2 and rates(desk)[1].endswith("of 120"), "the sets to be swapped", 20)
    assert rates(desk) == expected(detect(desk, files, 25.5, files.defect, files.normal))
    desk.quit(program)


def answer(desk, key):
    """Answers what the images are, by a key; None: not at all."""
    desk.accessible("label", r"^Normal Images or Anomalies\?$", seconds=20)
    desk.focus(wait_for(lambda: desk.search("^Normal Images or Anomalies"), "the question"))
    desk.rest()
    desk.keys(key)
    wait_for(lambda: not desk.search("^Normal Images or Anomalies"), "the question to go")


def start_with_things(desk):
    """A flow, and a set whose name does not say what it is."""
    files, things = Files(desk), desk.directory + "/things"
    made_up.write_folder(things, 50, 0.5, seed=4)
    return files, desk.start(LIMEN, files.flow, things, title="^Limen")


def scenario_a_name_that_does_not_tell_is_asked_for(desk):
    files, program = start_with_things(desk)
    assert not rates(desk)
    answer(desk, "alt+n")
    wait_for(lambda: rates(desk)[:1] and rates(desk)[0].endswith("of 25"), "normal images to be scored", 30)
    assert next(desk.accessibles("label", "^things · 50$"), None)
    second = desk.run(LIMEN, files.defect)  # its name tells
    assert second.returncode == 0, second.stderr
    wait_for(lambda: len(rates(desk)) == 2 and rates(desk)[1].endswith("of 90"), "the anomalies", 30)
    desk.quit(program)


def scenario_an_answer_is_what_the_user_says(desk):
    files, program = start_with_things(desk)
    answer(desk, "alt+a")
    desk.accessible("label", "^things · 50$", seconds=30)
    desk.accessible("label", "^Now the Normal Images$")  # anomalies alone set no threshold
    desk.run(LIMEN, files.normal)
    wait_for(lambda: rates(desk)[1:] and rates(desk)[1].endswith("of 50"), "the things to be anomalies", 30)
    assert rates(desk)[0].endswith("of 60")
    desk.quit(program)


def scenario_a_question_that_is_cancelled_changes_nothing(desk):
    files, program = start_with_things(desk)
    answer(desk, "Escape")
    desk.rest()
    assert not next(desk.accessibles("label", "^things"), None)
    desk.run(LIMEN, files.normal)  # and what comes next is not held up
    desk.accessible("label", "^normal · 120$|/normal · 120$", seconds=30)
    desk.quit(program)


def scenario_the_page_is_remembered(desk):
    desk.environment["GSETTINGS_BACKEND"] = "keyfile"
    program = desk.start(LIMEN, title="^Limen")
    wait_for(lambda: page_seen(desk) == "Detector", "the first page")
    desk.keys("alt+3")
    wait_for(lambda: page_seen(desk) == "Prior", "the page that was chosen")
    desk.quit(program)
    program = desk.start(LIMEN, title="^Limen")
    wait_for(lambda: page_seen(desk) == "Prior", "the page of last time")
    desk.quit(program)


def scenario_quitting_is_silent_from_every_window(desk):
    desk.environment["G_DEBUG"] = "fatal-criticals"
    for key, title in (("ctrl+t", "^Train a Flow$"), ("ctrl+g", "^Samples of the Flow$")):
        program = desk.start(LIMEN, title="^Limen")
        desk.accessible("label", r"^At .* nats, ", seconds=30)
        desk.keys(key)
        window = wait_for(lambda: desk.search(title), title, 20)
        desk.focus(window)
        desk.rest()
        desk.keys("ctrl+q")
        status = program.wait(30)
        assert status == 0, (title, status)


def say_range(desk, who, text):
    """Opens what tells how a set is read, and types a range there."""
    desk.click(*center(desk.scroll_to(None, f"^How the {who} are read$")))
    desk.accessible("text", "^Black and white", seconds=20)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(text)
    desk.keys("Return")


def scenario_how_an_array_is_read_is_told_and_overruled(desk):
    files = Files(desk)
    digits, shifted = desk.directory + "/digits.npy", desk.directory + "/shifted.npy"
    bits = [(i * 7 + i // 64) % 5 // 4 for i in range(40 * 64)]
    made_up.write_npy(digits, "u1", (40, 8, 8), bits)
    made_up.write_npy(shifted, "f4", (30, 64), [-0.5 + 3 * bit for bit in bits[:30 * 64]])
    program = desk.start(LIMEN, files.flow, digits, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    answer(desk, "alt+n")
    desk.accessible("label", r"^digits\.npy · 40\nread as 0–1, 8 × 8 · 1 note$", seconds=20)
    say_range(desk, "normal images", "0..255")
    desk.accessible("label", r"^digits\.npy · 40\nread as 0–255, 8 × 8$", seconds=20)
    desk.keys("Escape")

    desk.run(LIMEN, shifted)  # black may be anything: it asks
    desk.accessible("label", r"\nshifted\.npy waits to be told how to read it$", seconds=20)
    say_range(desk, "anomalies", "2.5..-0.5")
    desk.accessible("label", "^shifted\\.npy · 30.*\nread as 2\\.5 .black. to \u22120\\.5 .white., 8 × 8 from rows of 64$",
                    seconds=20)
    wait_for(lambda: len(rates(desk)) == 2 and rates(desk)[1].endswith("of 30"), "the anomalies", 20)
    desk.keys("Escape")
    desk.quit(program)


def scenario_a_picture_of_floats_is_read_as_an_array_is(desk):
    files = Files(desk)
    picture, digits = desk.directory + "/floats.tif", desk.directory + "/digits.npy"
    made_up.write_npy(digits, "u1", (40, 8, 8), [i * 7 % 256 for i in range(40 * 64)])
    made_up.write_tiff(picture, 8, 8, [i / 32 for i in range(64)])  # up to 1.97: it asks
    program = desk.start(LIMEN, files.flow, digits, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    answer(desk, "alt+n")
    desk.accessible("label", r"^digits\.npy · 40", seconds=20)
    desk.run(LIMEN, picture)
    desk.accessible("label", r"floats\.tif waits to be told how to read it$", seconds=20)
    say_range(desk, "anomalies", "0..2")
    desk.accessible("label", r"^floats\.tif · 1.*\nread as 0–2, 8 × 8$", seconds=20)
    desk.keys("Escape")
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
