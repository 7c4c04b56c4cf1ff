"""The Game page as its user has it: points dragged, the experiment, a run, a race, a cell, files, exports."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time

from window import center, main, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]


def start(desk, *files):
    program = desk.start(LIMEN, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], 1300, 900)
    desk.keys("alt+4")
    desk.accessible(None, "^Strategy of A$", seconds=20)
    wait_for(lambda: told(desk, "Race of methods"), "the race", 20)
    return program


def told(desk, area):
    """What a screen reader is told of a picture."""
    return desk.accessible(None, f"^{area}$").description.replace("\u2212", "-")


def point(desk, player):
    return [float(one) for one in re.findall(r"\d\.\d{6}", told(desk, f"Strategy of {player}"))]


def gap(desk):
    return float(re.match(r"Gap (\d+\.\d+):", told(desk, "Exploitability"))[1])


def gap_of_command(desk, a, b):
    """What the command line says of the same point."""
    at = ",".join(map(str, a)) + "/" + ",".join(map(str, b))
    done = desk.run(LIMEN, "game", "--method", "extragradient", "--start", at, "--iterations", "1", "--csv", "-")
    assert done.returncode == 0, done.stderr
    return float(next(csv.DictReader(io.StringIO(done.stdout)))["gap"])


def handle(desk, player):
    return desk.ring(desk.accessible(None, f"^Strategy of {player}$"))


def sentence(desk):
    return desk.accessible("label", "^From here |^Here no one|^Against uniform|^B answers").name


def press(desk, name):
    desk.click(*center(desk.accessible("push button", name)))


def toggle(desk, name):
    desk.click(*center(desk.scroll_to("label", name)))


def scenario_a_point_is_dragged_and_its_gap_is_that_of_the_command(desk):
    program = start(desk)
    assert abs(gap(desk) - 1) < 1e-6
    for player, by in (("A", (-40, 90)), ("B", (-60, -50))):
        before = point(desk, player)
        x, y = handle(desk, player)
        desk.drag((x, y), (x + by[0], y + by[1]), moves=8)
        wait_for(lambda: point(desk, player) != before, f"the point of {player} to move")
        desk.rest()
        seen = handle(desk, player)
        assert abs(seen[0] - x - by[0]) < 3 and abs(seen[1] - y - by[1]) < 3, (seen, x, y)
        expected = gap_of_command(desk, point(desk, "A"), point(desk, "B"))
        assert abs(gap(desk) - expected) < 5e-6, (gap(desk), expected)
    desk.drag(handle(desk, "A"), (20, 400), moves=6)  # far outside: as near as the triangle goes
    desk.rest()
    assert min(point(desk, "A")) == 0 and abs(sum(point(desk, "A")) - 1) < 2e-6
    desk.quit(program)


def scenario_keys_lead_to_the_saddle_point(desk):
    program = start(desk)
    desk.click(*handle(desk, "A"))
    before = point(desk, "A")
    desk.keys("Down", "Down", "Left")
    wait_for(lambda: point(desk, "A") != before, "keys to move the point")
    desk.keys("Home")
    wait_for(lambda: point(desk, "A") == [0.333333] * 3, "the centre")
    desk.click(*handle(desk, "B"))
    desk.keys("2")
    wait_for(lambda: point(desk, "B") == [0, 1, 0], "a corner")
    assert abs(gap(desk) - 1) < 1e-6
    desk.keys("Home")
    desk.accessible("label", "^Here no one gains")
    assert gap(desk) == 0
    desk.quit(program)


def scenario_b_is_frozen_and_answers(desk):
    program = start(desk)
    toggle(desk, "^Freeze B at uniform$")
    desk.accessible("label", r"^Against uniform B every point of A earns 0\.00")
    assert point(desk, "B") == [0.333333] * 3
    b = desk.accessible(None, "^Strategy of B$")
    assert handle_cannot_be_moved(desk, b)
    toggle(desk, "^Let B answer$")
    words = desk.accessible("label", "^B answers with paper and gains 0.63").name
    assert "not yet a solution" in words
    desk.accessible("label", r"^B plays paper and gets 0\.63")
    desk.click(*handle(desk, "A"))
    desk.keys("3")  # scissors: rock punishes it
    desk.accessible("label", "^B answers with rock and gains 1.00")
    desk.keys("Home")
    desk.accessible("label", "^Here no one gains")
    toggle(desk, "^Freeze B at uniform$")
    desk.quit(program)


def handle_cannot_be_moved(desk, area):
    x, y = center(area)
    before = point(desk, "B")
    desk.drag((x, y + 10), (x + 60, y + 40))
    desk.rest()
    return point(desk, "B") == before


def scenario_a_method_plays_and_a_race_is_run(desk):
    program = start(desk)
    iteration = lambda: int(re.sub(r"\D", "", value_of(desk, "Iteration")))
    play = center(desk.scroll_to("push button", "^Play the method$"))
    desk.click(*play)
    wait_for(lambda: iteration() > 30, "thirty iterations", 20)
    desk.click(*play)  # a slow build plays to the end before another button is found
    desk.accessible("push button", "^Play the method$")
    desk.rest()
    held = iteration()
    time.sleep(0.5)
    assert iteration() == held
    press(desk, "^Back to the points in hand$")
    wait_for(lambda: iteration() == 0, "the start")
    press(desk, "^Step once$")
    wait_for(lambda: iteration() == 1, "one step")
    x, y = line_in_hand(desk)
    desk.drag((x, y), (x + 90, y), moves=8)
    wait_for(lambda: iteration() > 5, "the run to go where the line is")
    there = iteration()
    desk.drag(line_in_hand(desk), (x + 40, y), moves=8)
    wait_for(lambda: 1 < iteration() < there, "the run to go back")
    race = told(desk, "Race of methods")
    assert "extragradient: gap below 1.1·10⁻¹² after 10000 iterations" in race, race
    assert "simultaneous GDA: gap" in race, race
    assert told(desk, "Spectrum of one step") == "Spectral radius of one step: 0.985343."
    desk.choose("Method", 9)
    wait_for(lambda: "replicator: gap" in told(desk, "Race of methods"), "another method", 20)
    assert told(desk, "Spectrum of one step") == "Spectral radius of one step: 1.000000."
    desk.choose("Integrator", 2)
    wait_for(lambda: told(desk, "Spectrum of one step") == "Spectral radius of one step: 1.001665.", "Euler's steps")
    desk.quit(program)


def scenario_a_run_ends_where_its_race_ends_and_long_ones_are_crossed(desk):
    program = start(desk)
    iteration = lambda: int(re.sub(r"\D", "", value_of(desk, "Iteration")))
    desk.choose("Iterations", 4)  # as fast as it goes
    desk.click(*center(desk.scroll_to("label", "^Race$")))  # unfolds it
    desk.rest()
    desk.choose("Length", 0)
    press(desk, "^Play the method$")
    wait_for(lambda: iteration() == 1000, "the end of the race", 20)
    desk.accessible("push button", "^Play the method$")
    desk.choose("Length", 3)
    wait_for(lambda: "after 1000000 iterations" in told(desk, "Race of methods"), "a million", 60)
    x, y = line_in_hand(desk)
    desk.drag((x, y), (x + 130, y), moves=6)  # further than one frame's work
    wait_for(lambda: iteration() > 300000, "the run to arrive", 60)
    desk.quit(program)


def line_in_hand(desk):
    """Of the race: its middle."""
    pixels = desk.hand_pixels(desk.accessible(None, "^Race of methods$"))
    columns = {}
    for x, y in pixels:
        columns.setdefault(x, []).append(y)
    x = max(columns, key=lambda one: len(columns[one]))
    return x, (min(columns[x]) + max(columns[x])) / 2


def value_of(desk, title):
    """The number beside a title of the panel."""
    row = desk.accessible("label", f"^{title}$")
    while row.getRoleName() != "list item":
        row = row.parent
    return [one.name for one in desk.accessibles("label", None, row)][-1]


def words_in(entry):
    """Of an entry, GTK 4.8 tells nothing up to −1."""
    return entry.queryText().getText(0, entry.queryText().characterCount)


def type_into(desk, entry, words):
    desk.click(*center(entry))
    desk.keys("ctrl+a")
    desk.type(words)
    desk.keys("Return")


def scenario_a_cell_of_the_matrix_is_edited(desk):
    program = start(desk)
    desk.scroll_to("label", "^Value of the game$")
    cell = desk.scroll_to(None, "^Points for B: paper against rock$")
    type_into(desk, cell, "2")
    wait_for(lambda: value_of(desk, "Value of the game") == "1/12", "the value of the new game")
    path = desk.directory + "/game.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("0,2,-1\n-1,0,1\n1,-1,0\n")
    done = desk.run(LIMEN, "game", "solve", "--payoff", path, "--json", "-")
    assert json.loads(done.stdout)["value_exact"] == "1/12", done.stdout
    type_into(desk, cell, "much")
    desk.accessible("label", "^“much” is no payoff; write a number")
    assert words_in(cell) == "2" and value_of(desk, "Value of the game") == "1/12", (
        words_in(cell), value_of(desk, "Value of the game"))
    desk.keys("Up")
    wait_for(lambda: words_in(cell) == "3", "one more")
    desk.choose("Payoffs", 3)
    wait_for(lambda: value_of(desk, "Unique") == "no", "a game with many solutions")
    desk.accessible("label", r"^\(1/2, 1/2, 0\)\nto \(0, 0, 1\)$")
    desk.quit(program)


def scenario_weights_are_typed(desk):
    program = start(desk)
    entry = desk.scroll_to("text", "^p_A$")
    type_into(desk, entry, "1/3, 1/3, 1/3")
    wait_for(lambda: point(desk, "A") == [0.333333] * 3, "the centre")
    type_into(desk, entry, "1, 1, 1")
    desk.accessible("label", "^Weights are at least 0")
    type_into(desk, entry, "a bit")
    desk.accessible("label", "^“a” in “a bit” is not a weight")
    assert point(desk, "A") == [0.333333] * 3
    desk.quit(program)


def scenario_payoffs_are_dropped(desk):
    good, bad = desk.directory + "/five.csv", desk.directory + "/bad.csv"
    with open(good, "w", encoding="utf-8") as file:
        for i in range(5):
            file.write(",".join(str((i - j) % 5 if i != j else 0) for j in range(5)) + "\n")
    with open(bad, "w", encoding="utf-8") as file:
        file.write("0,1\n1,x\n")
    program = start(desk)
    desk.run(LIMEN, bad)
    desk.accessible("label", r"bad\.csv has text in row 2")
    assert len(point(desk, "A")) == 3
    desk.start(DROP_SOURCE, good, title="Drop source", at=(1400, 0))
    desk.drag_and_drop((1450, 50), (300, 300))
    wait_for(lambda: len(point(desk, "A")) == 5, "five strategies", 20)
    wait_for(lambda: value_of(desk, "Value of the game") == "2", "the value")
    press(desk, "^Play the method$")
    wait_for(lambda: value_of(desk, "Iteration") != "0", "iterations without triangles")
    desk.quit(program)


def scenario_picture_and_animation_are_exported(desk):
    program = start(desk)
    seen = desk.export_picture(desk.directory + "/game.png")
    for word in ("Title: extragradient plays rock paper scissors", "Method: extragradient", "Beside: simultaneous-gda"):
        assert word in seen, f"{word} is not in the picture's text"
    path = desk.directory + "/moving.png"
    desk.export_animation(path)
    wait_for(lambda: os.path.exists(path), "the animation", 60)
    desk.accessible("label", r"^Saved as moving\.png", seconds=20)
    data = open(path, "rb").read()
    assert data.count(b"fcTL") == 75 and b"acTL" in data
    assert "PNG 880x495" in subprocess.check_output(["identify", path], text=True)
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
