"""What was left out, as its user has it: a line in passing, the whole list on request, however long."""

import sys

import made_up
from window import center, main, wait_for

LIMEN = sys.argv[1]
N_BAD = 3000


def scenario_a_long_list_opens_and_has_its_end(desk):
    folder = desk.directory + "/pictures"
    flow = desk.directory + "/flow.safetensors"
    made_up.write_flow(flow)
    made_up.write_folder(folder + "/normal", 20, 0.5, seed=1)
    for i in range(N_BAD):
        with open(f"{folder}/normal/x{i:05}.png", "w") as file:
            file.write("no picture")
    program = desk.start(LIMEN, flow, folder + "/normal", title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    details = desk.accessible(None, "^Details$", seconds=20)
    desk.click(*center(details))
    dialog = wait_for(lambda: desk.search("^Files That Were Left Out$"), "the list", 20)
    desk.focus(dialog)
    desk.accessible("label", "x00000.png is named like a picture", seconds=20)
    desk.keys("Tab", "Tab", "End")
    desk.accessible("label", f"x{N_BAD - 1:05}.png is named like a picture", seconds=20)
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Files That Were Left Out$"), "the list to close")
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
