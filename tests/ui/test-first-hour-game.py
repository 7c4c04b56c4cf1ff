"""The first hour on the Game page: nothing is lost, what is said is of what is seen, and what matters is in sight."""

import os
import re
import subprocess
import sys
import time

from window import accessibility, center, main, wait_for

LIMEN = sys.argv[1]


def start(desk, width=1600, height=1000):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], width, height)
    desk.keys("alt+4")
    desk.accessible(None, "^Strategy of A$", seconds=20)
    wait_for(lambda: told(desk, "Race of methods"), "the race", 20)
    return program


def told(desk, area):
    """What a screen reader is told of a picture."""
    return desk.accessible(None, f"^{area}$").description


def point(desk, player):
    return re.findall(r"\d\.\d{6}", told(desk, f"Strategy of {player}"))


def box(one):
    return one.queryComponent().getExtents(accessibility().WINDOW_COORDS)


def row_of(desk, title):
    row = desk.accessible("label", f"^{title}$")
    while row.getRoleName() != "list item":
        row = row.parent
    return row


def value_of(desk, title):
    """The number beside a title of the panel."""
    return [one.name for one in desk.accessibles("label", None, row_of(desk, title))][-1]


def press(desk, name):
    desk.click(*center(desk.accessible("push button", name)))


def shows(desk, role, name):
    """Whether one of that name is on the screen."""
    return any(one.getState().contains(accessibility().STATE_VISIBLE) for one in desk.accessibles(role, name))


def scenario_unfreezing_brings_back_the_point_of_b(desk):
    program = start(desk)
    before = point(desk, "B")
    switch = lambda: desk.click(*center(desk.scroll_to("label", "^Freeze B at uniform$", over=(1450, 500))))
    switch()
    wait_for(lambda: point(desk, "B") == ["0.333333"] * 3, "B at the uniform point")
    switch()
    wait_for(lambda: point(desk, "B") == before, "B where it was")
    desk.quit(program)


def scenario_what_is_said_is_of_where_the_method_is(desk):
    program = start(desk)
    begin = desk.accessible("label", "^From here ").name
    desk.accessible("label", "^At this point$")
    desk.click(*center(desk.accessible(None, "^Strategy of B$")))
    desk.keys("space")
    time.sleep(0.3)
    desk.keys("space")
    desk.rest()
    k = value_of(desk, "Iteration")
    assert int(k) > 0, k
    sentence = desk.accessible("label", f"^At iteration {k} [AB] can ").name
    assert any(one.name == f"At iteration {k}" for one in desk.accessibles("label", "^At iteration"))
    bar = told(desk, "Exploitability")
    assert bar.endswith(f" At iteration {k}."), bar
    gap, saves, gains = (float(one) for one in re.findall(r"\d\.\d+", bar)[:3])
    numbers = [one.name for one in desk.accessibles("label", r"^\d\.\d{6}$")]
    assert any(abs(float(one) - gap) < 2e-6 for one in numbers), (numbers, bar)
    said = float(re.search(r"can (?:save|gain) (\S+) points", sentence)[1].replace("\u2212", "-"))
    assert abs(said - max(saves, gains)) < 0.006, (sentence, bar)
    assert abs(gap - 1) > 1e-3, gap
    done = desk.run(LIMEN, "game", "--method", "extragradient", "--start", "0.75,0.125,0.125/0.125,0.25,0.625",
                    "--iterations", k, "--csv", "-")
    row = done.stdout.replace("\r", "").strip().split("\n")
    there = dict(zip(row[0].split(","), row[-1].split(",")))
    assert there["k"] == k and abs(float(there["gap"]) - gap) < 2e-6, (there, gap)
    press(desk, "^Back to the points in hand$")
    wait_for(lambda: shows(desk, "label", "^" + re.escape(begin)), "the sentence of the start")
    desk.accessible("label", "^At this point$")
    desk.quit(program)


def scenario_what_is_all_the_same_is_not_best(desk):
    program = start(desk)
    for player in "AB":
        entry = desk.scroll_to("text", f"^p_{player}$", over=(1450, 500))
        desk.click(*center(entry))
        desk.keys("ctrl+a")
        desk.type("1/3, 1/3, 1/3")
        desk.keys("Return")
        wait_for(lambda: point(desk, player) == ["0.333333"] * 3, "the centre")
    bar = told(desk, "Exploitability")
    assert re.search(r"A could save \S+ with any reply, B could gain \S+ with any reply\.$", bar), bar
    for title in ("A could save", "B could gain"):
        words = [one.name for one in desk.accessibles("label", None, row_of(desk, title))]
        assert "any reply" in words and not any("rock" in word for word in words), words
    desk.quit(program)


def scenario_space_plays_and_pauses(desk):
    program = start(desk)
    desk.keys("space")
    desk.accessible("push button", "^Pause the method$")
    desk.keys("space")
    desk.accessible("push button", "^Play the method$")
    desk.click(*center(desk.accessible(None, "^Strategy of B$")))
    desk.keys("space")
    desk.accessible("push button", "^Pause the method$")
    desk.keys("space")
    desk.accessible("push button", "^Play the method$")
    entry = desk.scroll_to("text", "^p_A$", over=(1450, 500))
    desk.click(*center(entry))  # who writes, writes
    desk.keys("ctrl+a")
    desk.type("1, 0, 0")
    desk.keys("Return")
    wait_for(lambda: point(desk, "A") == ["1.000000", "0.000000", "0.000000"] or point(desk, "A") == ["1.000000"]
             or told(desk, "Strategy of A").startswith("rock 1"), "the corner")
    desk.accessible("push button", "^Play the method$")
    desk.quit(program)


def scenario_the_certificate_is_in_sight_and_the_panel_is_short(desk):
    program = start(desk)
    assert not shows(desk, "label", "^Why this is the solution$")
    button = box(desk.accessible("push button", "^Certificate$"))
    assert button.y + button.height < 1000 and button.x < 1200, (button.x, button.y)
    press(desk, "^Certificate$")
    wait_for(lambda: shows(desk, "label", "^Why this is the solution$"), "the certificate")
    desk.rest()
    last = box(desk.accessible("label", "^Unique for B: "))
    assert last.y + last.height < 1000 and last.x + last.width < 1260, (last.x, last.y)
    assert not shows(desk, None, "^Race of methods$")
    press(desk, "^Certificate$")
    wait_for(lambda: shows(desk, None, "^Race of methods$"), "the race")
    desk.rest()
    top, bottom = box(desk.accessible("label", "^At this point$")), box(row_of(desk, "Optimal strategies"))
    assert bottom.y + bottom.height - top.y < 1.5 * 953, bottom.y + bottom.height - top.y
    desk.quit(program)


def scenario_playing_moves_no_row_of_the_panel(desk):
    program = start(desk)
    rows = [desk.accessible("label", f"^{title}$") for title in ("Method", "Iterations", "Value of the game")]
    desk.rest()
    before = [box(row) for row in rows]
    for button in ("^Play the method$", "^Pause the method$", "^Step once$"):
        press(desk, button)
        desk.rest()
        assert [box(row) for row in rows] == before, (button, before)
    desk.accessible("label", "^The method moves both players now")
    desk.quit(program)


def scenario_words_are_those_of_a_teacher(desk):
    program = start(desk)
    names = [one.name for one in desk.accessibles("label")]
    for word in ("Strip", "A method that plays moves both", "Gap · of the average", "Slope · of the average"):
        assert word not in names, word
    assert "Until a method plays: then both move" in names and "Does it stay the same?" in names
    desk.quit(program)


def scenario_animations_are_small_and_of_the_kind_that_is_named(desk):
    program = start(desk)
    for name, head in (("moves.gif", b"GIF89a"), ("moves.png", b"\x89PNG"), ("named", b"GIF89a")):
        path = os.path.join(desk.directory, name)
        desk.export_animation(path)
        written = path if "." in name else path + ".gif"
        wait_for(lambda: os.path.exists(written), name, 60)
        desk.focus(desk.windows[program.pid])
        data = open(written, "rb").read()
        assert data.startswith(head) and 50000 < len(data) <= 3000000, (name, len(data))
    seen = subprocess.check_output(["identify", os.path.join(desk.directory, "moves.gif")], text=True)
    assert seen.count("\n") == 75 and " 880x495 " in seen.split("\n")[0], seen[:200]
    desk.quit(program)


def scenario_the_dialog_of_animations_goes_with_escape(desk):
    program = start(desk)
    desk.click(*center(desk.accessible("push button", "^Export$")))
    desk.accessible("menu item", "^Animation")
    desk.keys("Up", "Return")
    dialog = wait_for(lambda: desk.search("^Export Animation$"), "the dialog")
    desk.focus(dialog)
    desk.rest()
    for title in ("Format", "Size", "Length", "File of at most"):
        desk.accessible("label", f"^{title}$")
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Export Animation$"), "the dialog to go")
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
