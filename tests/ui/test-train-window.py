"""The Train window as its user has it: a set, a start, curves that fall, a stop, and the flow in the detector."""

import os
import re
import sys
import time

import made_up
from window import assert_even_frames, center, main, wait_for

LIMEN, DROP_SOURCE, FRAMES = sys.argv[1:4]


def start(desk, *files):
    """The program with a window to train in front of it."""
    folder = desk.directory + "/normal"
    made_up.write_folder(folder, 400, 0.5, seed=1)
    program = desk.start(LIMEN, folder, *files, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.accessible("label", "normal · 400$", seconds=20)
    desk.keys("ctrl+t")
    window = wait_for(lambda: desk.search("^Train a Flow$"), "the window to train in")
    desk.xdotool("windowmove", "--sync", window, 0, 0)
    desk.focus(window)
    return program, window


def set_epochs(desk, count):
    desk.click(*center(desk.accessible("spin button", "^How many epochs")))
    desk.keys("ctrl+a")
    desk.type(str(count))
    desk.keys("Tab")


def press(desk, name):
    desk.click(*center(desk.accessible("push button", name)))


def nats(desk):
    """The two numbers of the sentence: of training images and of held-out ones; None before there are any."""
    for label in desk.accessibles("label", "^After .* epochs, the negative log-likelihood"):
        found = re.search(r"training images is (\S+) nats, and of held-out ones (\S+)\.$", label.name)
        if found:
            return [float(one.replace("\u2009", "").replace("\u2212", "-")) for one in found.groups()]
    return None


def flow_in_detector(desk):
    return next(desk.accessibles("label", r"^a flow of normal · 256 × 3, 4 couplings, 64 pixels$"), None)


def quit_without_saving(desk, program):
    """What was trained is asked for; it may go."""
    desk.focus(desk.windows[program.pid])
    desk.keys("ctrl+q")
    desk.focus(wait_for(lambda: desk.search("^Save the Trained Flow"), "the question"))
    desk.rest()
    desk.keys("alt+d")
    status = program.wait(60)
    assert status == 0, f"exited with status {status}"


def scenario_a_flow_is_trained_stopped_and_used(desk):
    program, window = start(desk)
    set_epochs(desk, 10000)
    press(desk, "^Start")
    first = wait_for(lambda: nats(desk), "the first numbers", 30)
    wait_for(lambda: all(now < before - 5 for now, before in zip(nats(desk), first)), "both to fall", 60)
    plot = desk.accessible(None, "^Curves of the negative log-likelihood$")
    assert plot.description.startswith("After "), plot.description

    press(desk, "^Pause")
    desk.accessible("label", "^Paused after ")
    held = nats(desk)
    time.sleep(0.5)
    assert nats(desk) == held
    press(desk, "^Continue( Continue)?$")
    wait_for(lambda: nats(desk) != held, "the numbers to move again", 30)

    assert flow_in_detector(desk) is None
    press(desk, "^Stop")
    desk.accessible("label", "^Ended after .*in use in the detector")
    wait_for(lambda: flow_in_detector(desk), "the flow in the detector", 20)
    desk.accessible("label", r"^At .* nats, ", seconds=20)
    quit_without_saving(desk, program)


def scenario_a_saved_flow_is_continued(desk):
    program, window = start(desk)
    path = desk.directory + "/learned.pt"
    set_epochs(desk, 30)
    press(desk, "^Start")
    desk.accessible("label", "^Ended after ", seconds=60)
    first = nats(desk)
    press(desk, "^Save")
    chooser = wait_for(lambda: desk.search("^Save Flow$"), "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(path)
    desk.keys("Return")
    wait_for(lambda: os.path.exists(path), "the file", 20)
    answer = desk.run(LIMEN, "inspect", path)
    assert answer.returncode == 0 and "256" in answer.stdout, answer.stdout + answer.stderr

    desk.focus(window)
    press(desk, "^Train another flow")
    desk.start(DROP_SOURCE, path, title="Drop source", at=(1300, 0))
    desk.drag_and_drop((1400, 50), (300, 400))
    desk.accessible("label", r"^learned\.pt$")
    desk.focus(window)
    press(desk, "^Start")
    desk.accessible("label", "^Ended after ", seconds=60)
    assert nats(desk)[0] < first[0] - 1, (nats(desk), first)
    quit_without_saving(desk, program)


def scenario_a_window_is_closed_while_it_trains(desk):
    program, window = start(desk)
    set_epochs(desk, 10000)
    press(desk, "^Start")
    wait_for(lambda: nats(desk), "the first numbers", 30)
    desk.keys("ctrl+w")
    desk.accessible("label", "^Stop Training")
    tasks = f"/proc/{program.pid}/task"
    busy = len(os.listdir(tasks))
    desk.focus(wait_for(lambda: desk.search("^Stop Training"), "the question"))
    desk.keys("alt+s")
    wait_for(lambda: not desk.search("^Train a Flow$"), "the window to close")
    wait_for(lambda: len(os.listdir(tasks)) < busy, "the threads to end")
    quit_without_saving(desk, program)


def scenario_frames_come_while_all_cores_train(desk):
    assert_even_frames(desk.run(FRAMES, "10"))


def scenario_the_samples_of_the_flow_are_exported(desk):
    flow = desk.directory + "/flow.safetensors"
    made_up.write_flow(flow)
    program = desk.start(LIMEN, flow, title="^Limen")
    desk.accessible("label", "^Now the Normal Images$")
    desk.keys("ctrl+g")
    window = wait_for(lambda: desk.search("^Samples of the Flow$"), "the samples")
    desk.xdotool("windowmove", "--sync", window, 0, 0)
    desk.focus(window)
    path = desk.directory + "/samples.png"
    press(desk, "^New Samples")
    desk.rest()
    press(desk, "^Save as PNG")
    desk.rest()
    desk.keys("Return")
    chooser = wait_for(lambda: desk.search("^Export Samples$"), "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(path)
    desk.keys("Return")
    wait_for(lambda: os.path.exists(path), "the picture", 20)
    seen = desk.run("identify", "-verbose", path)
    assert seen.returncode == 0 and not seen.stderr, seen.stderr
    for word in ("Title: Samples of a flow", "Seed: 2", "Temperature: 0.70", "flow.safetensors"):
        assert word in seen.stdout, f"{word} is not in the picture's text"
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
