"""The Prior page as its user has it: a race played, paused and switched, points dropped, a shift, an export."""

import json
import re
import sys
import time

import made_up
from window import assert_even_frames, center, main, wait_for

LIMEN, DROP_SOURCE, FRAMES = sys.argv[1:4]
SENTENCE = "^For one more correct decimal, "


def start(desk, *files):
    program = desk.start(LIMEN, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], 1300, 900)
    desk.keys("alt+3")
    desk.accessible("label", SENTENCE, seconds=20)
    return program


def race(desk):
    """The step, and the bound of each runner with its error, as a screen reader is told."""
    words = desk.accessible(None, "^Training race$").description.replace("\u2212", "-")
    found = re.match(r"Step (\d+) of (\d+)\.", words)
    assert found, words
    return int(found[1]), re.findall(r"bound (-?[0-9.]+(?: \u00b1 [0-9.]+)?) nats", words)


def press(desk, name):
    desk.click(*center(desk.scroll_to("push button", name)))


def unfold(desk, name):
    desk.click(*center(desk.scroll_to("label", name)))


def set_steps(desk, count):
    """Which begins the race anew."""
    unfold(desk, "^Pace, networks, learning$")
    desk.click(*center(desk.scroll_to("spin button", "^Steps in all")))
    desk.keys("ctrl+a")
    desk.type(str(count))
    desk.keys("Tab")
    wait_for(lambda: desk.accessible(None, "^Training race$").description.startswith(f"Step 0 of {count}."), "the start")


def trained(desk, estimator, steps):
    """The bound at the start, in the end, and two standard errors of that, as the command line has it of the same points
    and draws."""
    done = desk.run(LIMEN, "prior", "train", "--data", "builtin:two-moons:2000:1", "--estimator", estimator, "--steps",
                    str(steps), "--prior", "trainable", "--json", "-")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer["curve"]["bound"][0], answer["bound"], 2 * answer["bound_standard_error"]


def scenario_a_race_ends_where_the_command_line_does(desk):
    program = start(desk)
    assert wait_for(lambda: race(desk), "the race")[0] == 0
    set_steps(desk, 100)
    desk.choose("Steps", 3)  # as fast as it goes
    press(desk, "^Play$")
    wait_for(lambda: race(desk)[0] == 100, "the end", 900)  # threads that train wait for all others
    bounds = race(desk)[1]
    assert len(bounds) == 2, bounds
    for shown, estimator in zip(bounds, ("reparameterization", "log-derivative-mean")):
        first, last, error = trained(desk, estimator, 100)
        bound, bar = shown.split(" \u00b1 ")
        unit = 10.0 ** -len(bar.partition(".")[2])
        assert abs(float(bound) - last) < 0.51 * unit and abs(float(bar) - error) < 0.51 * unit, (shown, last, error)
        assert last > first, (estimator, first, last)
    desk.quit(program)


def scenario_a_race_is_played_paused_and_switched(desk):
    program = start(desk)
    set_steps(desk, 1000000)  # half a day of them
    desk.choose("Steps", 0)  # twenty a second
    press(desk, "^Play$")
    wait_for(lambda: race(desk)[0] > 10, "ten steps")
    first = race(desk)
    wait_for(lambda: race(desk)[0] > first[0] + 40, "forty more")
    press(desk, "^Pause$")
    desk.accessible("push button", "^Play$")
    held = race(desk)
    time.sleep(0.5)
    assert race(desk) == held
    press(desk, "^One step$")
    wait_for(lambda: race(desk)[0] == held[0] + 1, "one step")
    desk.choose("First", 5)
    wait_for(lambda: "landing" in desk.accessible(None, "^Training race$").description.lower(), "another estimator")
    press(desk, "^Reset$")
    wait_for(lambda: race(desk)[0] == 0, "the start")
    desk.quit(program)


def scenario_a_shift_moves_one_cloud_only(desk):
    program = start(desk)
    before = desk.accessible("label", SENTENCE).name
    box = desk.scroll_to("label", "^Add 100 to log p$")
    desk.click(*center(box))
    wait_for(lambda: desk.accessible("label", SENTENCE).name != before, "the sentence to change")
    times = [float(re.search(r"needs ([0-9.\u2009]+) times", one)[1].replace("\u2009", ""))
             for one in (before, desk.accessible("label", SENTENCE).name)]
    assert times[1] > 50 * times[0], times
    desk.accessible("label", "^of the others: unmoved$")
    desk.quit(program)


def scenario_points_are_dropped(desk):
    good, bad = desk.directory + "/own.csv", desk.directory + "/bad.csv"
    with open(good, "w", encoding="utf-8") as file:
        file.writelines(f"{i / 50},{(i % 7) / 3}\n" for i in range(120))
    with open(bad, "w", encoding="utf-8") as file:
        file.write("1,2\n3\n")
    program = start(desk)
    desk.run(LIMEN, bad)
    desk.accessible("label", r"bad\.csv")
    desk.accessible("label", r"^two-moons · ")
    desk.start(DROP_SOURCE, good, title="Drop source", at=(1400, 0))
    desk.drag_and_drop((1450, 50), (400, 400))
    desk.accessible("label", r"own\.csv · 120 points of 2 numbers$", seconds=20)
    desk.quit(program)


def scenario_it_is_told_how_a_file_was_read(desk):
    """Of images how their arrays were; of a table what was guessed; both are there when the picture is exported, too."""
    table, images = desk.directory + "/own.csv", desk.directory + "/digits.npy"
    with open(table, "w", encoding="utf-8") as file:
        file.writelines(["id,x,y\n", *(f"{i},{i / 50},{(i % 7) / 3}\n" for i in range(120))])
    made_up.write_npy(images, "u1", (40, 28, 28), [(i * 37) % 256 for i in range(40 * 784)])
    program = start(desk)
    desk.run(LIMEN, images)
    desk.accessible("label", r"digits\.npy · 40 points of 196 numbers\nread as 0–255, 28 × 28", seconds=20)
    desk.run(LIMEN, table)
    desk.accessible("label", r"own\.csv · 120 points of 2 numbers\n.*index", seconds=20)
    desk.export_picture(desk.directory + "/own.png")
    desk.quit(program)


def scenario_frames_come_while_three_estimators_train(desk):
    assert_even_frames(desk.run(FRAMES, "8"))


def scenario_the_picture_is_exported(desk):
    program = start(desk)
    seen = desk.export_picture(desk.directory + "/prior.png")
    for word in ("Title: Gradient estimates", "Data: builtin:two-moons:2000:1"):
        assert word in seen, f"{word} is not in the picture's text"
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
