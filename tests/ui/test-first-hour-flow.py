"""What a training made is not lost: kept in the Flow menu, asked for once, never in the place of what was opened; and
what empty pages and the Open menu offer next."""

import os
import sys

import made_up
from window import accessibility, center, main, pick, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]


def start(desk, *files):
    folder = desk.directory + "/normal"
    made_up.write_folder(folder, 400, 0.5, seed=1)
    program = desk.start(LIMEN, folder, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", "normal · 400$", seconds=20)
    return program


def press(desk, name, role="push button"):
    desk.click(*center(desk.accessible(role, name)))


def train(desk, epochs=3):
    """Trains a flow on the normal images, and comes back with the window in front."""
    desk.keys("ctrl+t")
    window = wait_for(lambda: desk.search("^Train a Flow$"), "the window to train in")
    desk.xdotool("windowmove", "--sync", window, 0, 0)
    desk.focus(window)
    desk.click(*center(desk.accessible("spin button", "^How many epochs")))
    desk.keys("ctrl+a")
    desk.type(str(epochs))
    desk.keys("Tab")
    press(desk, "^Start")
    return window


def close(desk, program, window):
    """Closes the window to train in."""
    desk.focus(window)
    desk.keys("ctrl+w")
    wait_for(lambda: not desk.search("^Train a Flow$"), "the window to close")
    desk.focus(desk.windows[program.pid])


def entries(desk):
    """What the Flow menu has, while it is open."""
    desk.click(*center(desk.scroll_to(None, "^Other flows$")))
    desk.accessible("menu item", "^Train a Flow…")
    desk.rest()
    return [one.name for one in desk.accessibles("menu item")]


def shows(one):
    """Whether it has a place in the window, and what it is in is not hidden."""
    if one.queryComponent().getExtents(accessibility().WINDOW_COORDS).width == 0:
        return False
    while one and one.getRoleName() != "frame":
        if not one.getState().contains(accessibility().STATE_VISIBLE):
            return False
        one = one.parent
    return True


def press_shown(desk, name):
    """Of several buttons of a name, as each page has one, the one that is seen."""
    seen = wait_for(lambda: next((one for one in desk.accessibles("push button", name) if shows(one)), None), name)
    desk.click(*center(seen))


def save_as(desk, path):
    """Names the file in the dialog."""
    chooser = wait_for(lambda: desk.search("^Save Flow$"), "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(path)
    desk.keys("Return")


def question(desk, title):
    desk.focus(wait_for(lambda: desk.search(title), "the question"))
    desk.rest()


def flow_row(desk, name):
    return next(desk.accessibles("label", f"^{name} · "), None)


def scenario_a_trained_flow_is_kept_until_it_is_saved(desk):
    flow = desk.directory + "/opened.safetensors"
    made_up.write_flow(flow)
    program = start(desk, flow)
    window = train(desk)
    desk.accessible("label", "^Ended after .*is not saved yet; it stays in the Flow menu")
    desk.accessible("label", "^The flow is trained, not saved yet$")
    desk.accessible("push button", "^Use It")
    assert flow_row(desk, "opened.safetensors"), "the end of a training replaced the opened flow"
    close(desk, program, window)

    assert {"Use the Trained Flow", "Save Flow…", "Save Flow As…"} <= set(entries(desk))
    pick(desk, "^Use the Trained Flow$")
    wait_for(lambda: flow_row(desk, "a flow of normal"), "the trained flow to be in use")
    assert "Use the Trained Flow" not in entries(desk)
    pick(desk, "^Save Flow…$")
    path = desk.directory + "/kept.safetensors"
    save_as(desk, path)
    wait_for(lambda: os.path.exists(path), "the file")
    desk.accessible("label", "^Saved as kept.safetensors$")
    desk.focus(desk.windows[program.pid])
    after = entries(desk)
    assert "Save Flow…" not in after and "Save Flow As…" in after, after
    desk.keys("Escape")
    assert desk.run(LIMEN, "inspect", path).returncode == 0
    desk.quit(program)  # nothing is left to ask for


def scenario_closing_asks_once_and_saves(desk):
    program = start(desk)
    window = train(desk)
    desk.accessible("label", "^Ended after ")
    wait_for(lambda: flow_row(desk, "a flow of normal"), "the flow to be in use where there was none")
    desk.accessible("label", "^The trained flow is in use, not saved yet$")
    close(desk, program, window)
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("ctrl+q")  # it is the same question
    desk.rest()
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Save the Trained Flow"), "the question to go")
    assert program.poll() is None
    desk.focus(desk.windows[program.pid])
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+s")
    path = desk.directory + "/last.pt"
    save_as(desk, path)
    assert program.wait(60) == 0
    assert desk.run(LIMEN, "inspect", path).returncode == 0


def scenario_a_failed_save_keeps_all(desk):
    program = start(desk)
    window = train(desk)
    desk.accessible("label", "^Ended after ")
    close(desk, program, window)
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+s")
    save_as(desk, "/proc/flow.pt")  # where nobody can write
    question(desk, "^(Saved in Another Place|The Flow Is Not Saved)$")
    assert program.poll() is None
    desk.accessible("label", "^/proc/flow.pt .*The flow was saved as .*limen/flow-2.pt instead")
    desk.keys("Escape")
    desk.focus(desk.windows[program.pid])
    desk.rest()
    assert "Save Flow…" in entries(desk)
    desk.keys("Escape")
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+d")
    assert program.wait(60) == 0


def scenario_closing_while_a_flow_learns_asks_once(desk):
    program = start(desk)
    train(desk, 10000)
    desk.accessible("label", "^After .* epochs, the negative log-likelihood")
    desk.focus(desk.windows[program.pid])
    desk.keys("ctrl+q")
    question(desk, "^Save the Flow That Is Still Learning")
    desk.keys("alt+d")
    assert program.wait(60) == 0


def scenario_a_stopped_training_stays_in_the_menu(desk):
    flow = desk.directory + "/opened.safetensors"
    made_up.write_flow(flow)
    program = start(desk, flow)
    train(desk, 10000)
    desk.accessible("label", "^After .* epochs, the negative log-likelihood")
    desk.keys("ctrl+w")
    question(desk, "^Stop Training")
    desk.keys("alt+s")
    wait_for(lambda: not desk.search("^Train a Flow$"), "the window to close")
    desk.focus(desk.windows[program.pid])
    assert "Save Flow…" in entries(desk)
    desk.keys("Escape", "ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+d")
    assert program.wait(60) == 0


def scenario_a_flow_that_is_judged_on_what_it_learned_from_is_told(desk):
    program = start(desk)
    train(desk)
    said = "^The flow was trained with all of the normal images: their rate is no estimate for new ones.$"
    desk.accessible("label", said)
    desk.focus(desk.windows[program.pid])
    other = desk.directory + "/good"
    made_up.write_folder(other, 60, 0.5, seed=7)
    desk.run(LIMEN, other)
    desk.accessible("label", "good · 60$")
    wait_for(lambda: not any(shows(one) for one in desk.accessibles("label", said)), "the words to go")
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+d")
    assert program.wait(60) == 0


def scenario_a_saved_flow_that_is_opened_again_is_known_to_have_learned(desk):
    program = start(desk)
    window = train(desk)
    said = "^The flow was trained with all of the normal images: their rate is no estimate for new ones.$"
    desk.accessible("label", said)
    close(desk, program, window)
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+s")
    path = desk.directory + "/learned.safetensors"
    save_as(desk, path)
    assert program.wait(60) == 0
    desk.known.clear()
    copy = desk.directory + "/good"
    os.rename(desk.directory + "/normal", copy)  # known by its content, not by its name
    program = desk.start(LIMEN, path, copy, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    wait_for(lambda: any(shows(one) for one in desk.accessibles("label", said)), "the page to say it")
    told = desk.run(LIMEN, "inspect", path).stdout
    assert "trained with " in told and "normal (400 different images)" in told, told
    desk.quit(program)


def scenario_a_toast_is_whole_in_a_narrow_window(desk):
    flow = desk.directory + "/opened.safetensors"
    made_up.write_flow(flow)
    program = start(desk, flow)
    desk.resize(desk.windows[program.pid], 360, 720)
    window = train(desk)
    label = desk.accessible("label", "^The flow is trained, not saved yet$")
    close(desk, program, window)
    desk.rest()
    toast = label.parent
    while toast.name != "AdwToastWidget":
        toast = toast.parent
    inside = toast.queryComponent().getExtents(accessibility().WINDOW_COORDS)
    parts = [label, *desk.accessibles("push button", "^(Save…|Use It)", toast)]
    assert len(parts) == 3, [one.name for one in parts]
    for one in parts:
        box = one.queryComponent().getExtents(accessibility().WINDOW_COORDS)
        assert box.x >= inside.x and box.x + box.width <= inside.x + inside.width <= 360, (one.name, box.x, box.width)
        assert box.y >= inside.y and box.y + box.height <= inside.y + inside.height, (one.name, box.y, box.height)
    desk.keys("ctrl+q")
    question(desk, "^Save the Trained Flow")
    desk.keys("alt+d")
    assert program.wait(60) == 0


def scenario_empty_pages_offer_the_next_step(desk):
    program = start(desk)
    desk.accessible("label", "^Now the Flow$")
    for offer in ("Open…", "Train a Flow…", "Flow of MNIST", "Flow of Generated Digits"):
        assert any(shows(one) for one in desk.accessibles("push button", f"^{offer}")), offer
    press(desk, "^Train a Flow…")
    window = wait_for(lambda: desk.search("^Train a Flow$"), "the window to train in")
    close(desk, program, window)
    press(desk, "^Flow of Generated Digits")
    wait_for(lambda: flow_row(desk, "flow of generated digits"), "the built-in flow")
    desk.accessible("label", r"^At .* nats, ")
    desk.quit(program)


def scenario_a_failure_says_why_and_what_next(desk):
    bad = desk.directory + "/bad.pt"
    with open(bad, "w", encoding="utf-8") as file:
        file.write("this is not a checkpoint\n")
    program = desk.start(LIMEN, bad, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", "^Nothing Could Be Read$")
    press(desk, "^Show the Example")
    desk.accessible("label", r"^At .* nats, ")
    desk.quit(program)


def scenario_what_was_cancelled_can_be_read_again(desk):
    many = desk.directory + "/normal.npy"
    made_up.write_npy(many, "u1", (300000, 28, 28), [])
    os.truncate(many, os.path.getsize(many) + 300000 * 28 * 28)  # black ones, which take their time all the same
    program = desk.start(LIMEN, many, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", "^Now the Flow$")
    press(desk, "^Flow of MNIST")
    for again in (True, False):
        press_shown(desk, "^Cancel")
        desk.accessible("label", "^Reading Was Cancelled$")
        if again:
            press(desk, "^Read Again")
            wait_for(lambda: not next(desk.accessibles("label", "^Reading Was Cancelled$"), None), "it to be read again")
    desk.quit(program)


def recent(desk):
    """The recent files in the Open menu, which stays open."""
    press(desk, "^Recent files$", None)
    desk.accessible("menu item", "^Files…$")
    desk.rest()
    names = [one.name for one in desk.accessibles("menu item")]
    return names[names.index("Folders…") + 1:names.index("Forget Recent Files")]


def scenario_recent_files_open_again(desk):
    flow = desk.directory + "/a_flow.safetensors"
    made_up.write_flow(flow)
    program = start(desk, flow)
    desk.accessible("label", r"^At .* nats, ")
    assert sorted(recent(desk)) == ["a_flow.safetensors", "normal"]
    desk.keys("Escape")
    desk.quit(program)

    os.remove(flow)
    program = desk.start(LIMEN, title="^Limen")  # another day
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", r"^At .* nats, ")
    wait_for(lambda: recent(desk) == ["normal"] or desk.keys("Escape"), "the file that is gone to be left out")
    pick(desk, "^normal$")
    desk.accessible("label", "normal · 400$", seconds=20)
    desk.accessible("label", r"^At .* nats, ")
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
