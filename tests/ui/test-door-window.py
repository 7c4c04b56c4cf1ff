"""Files that come in, whichever page is seen: their content says which one opens them, all are looked at, and the user
is asked where it leaves a choice."""

import json
import os
import re
import sys

import made_up
from window import main, page_seen, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]

GAME = ",rock,paper,scissors,well\nrock,0,1,-1,1\npaper,-1,0,1,-1\nscissors,1,-1,0,1\nwell,-1,1,-1,0\n"
NUMBERS = "1,2\n3,4.5\n5,6\n7,8\n"
CASE = {"lambda1": [0], "lambda2": [1], "A": [[1], [0.5]], "b": [0, 0], "sigma2": 1, "x": [3, 1],
        "proposal": {"mean": [1], "covariance": [[0.5]]}}


def write(desk, name, text):
    path = os.path.join(desk.directory, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def start(desk):
    program = desk.start(LIMEN, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    show(desk, 1)
    return program


def show(desk, number):
    desk.keys(f"alt+{number}")
    wait_for_page(desk, ("Detector", "Bound", "Prior", "Game")[number - 1])


def wait_for_page(desk, name):
    wait_for(lambda: page_seen(desk) == name, f"the page {name}, not {page_seen(desk)}")


def strategies(desk):
    return len(re.findall(r"\d\.\d{6}", desk.accessible(None, "^Strategy of A$").description))


def answer(desk, key):
    question = wait_for(lambda: desk.search("^On Which Page"), "the question")
    desk.focus(question)
    desk.rest()
    desk.keys(key)
    wait_for(lambda: not desk.search("^On Which Page"), "the question to go")


def choose_file(desk, path):
    desk.keys("ctrl+o")
    chooser = wait_for(lambda: desk.search("^Open (Weights|Points)"), "the dialog")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+l")
    desk.keys("ctrl+a")
    desk.type(path)
    desk.rest()  # the folder is looked through for names to propose
    desk.keys("Return")
    wait_for(lambda: not desk.search("^Open (Weights|Points)"), "the dialog to go")


def scenario_content_decides_and_not_the_page(desk):
    program = start(desk)
    show(desk, 3)
    desk.run(LIMEN, write(desk, "payoffs.csv", GAME))
    wait_for_page(desk, "Game")
    wait_for(lambda: strategies(desk) == 4, "four strategies")
    show(desk, 2)
    desk.run(LIMEN, write(desk, "case.JSON", json.dumps(CASE)))
    desk.accessible("label", r"^3\.00, 1\.00$", seconds=20)
    wait_for_page(desk, "Bound")
    desk.quit(program)


def scenario_what_two_pages_take_is_for_the_one_in_view_or_asked_for(desk):
    numbers, case = write(desk, "numbers", NUMBERS), write(desk, "case", json.dumps(CASE))
    program = start(desk)
    show(desk, 3)
    desk.run(LIMEN, numbers)
    desk.accessible("label", "^numbers · 4 points of 2 numbers$", seconds=20)
    wait_for_page(desk, "Prior")
    show(desk, 4)
    desk.run(LIMEN, numbers)
    wait_for(lambda: strategies(desk) == 4, "four strategies")
    wait_for_page(desk, "Game")
    show(desk, 1)
    desk.run(LIMEN, case)
    desk.accessible("label", "^case holds a case, which several pages open", seconds=20)
    answer(desk, "Escape")
    wait_for_page(desk, "Detector")
    desk.run(LIMEN, case)
    answer(desk, "alt+b")
    wait_for_page(desk, "Bound")
    desk.accessible("label", r"^3\.00, 1\.00$", seconds=20)
    desk.quit(program)


def answer_kind(desk, question, key):
    dialog = wait_for(lambda: desk.search(question), "the question")
    desk.focus(dialog)
    desk.rest()
    desk.keys(key)
    wait_for(lambda: not desk.search(question), "the question to go")


def scenario_what_may_be_scores_or_points_is_asked_at_a_start(desk):
    rows = "".join(f"{i % 7}.25,{i % 5}.5,{i % 2}\n" for i in range(60))
    table = write(desk, "table.csv", "a,b,label\n" + rows)
    program = start(desk)
    desk.run(LIMEN, table)
    desk.accessible("label", "^table.csv may hold scores of images or points, and nothing", seconds=20)
    answer_kind(desk, "^Scores or Points", "alt+p")
    wait_for_page(desk, "Prior")
    desk.accessible("label", r"^table\.csv · 60 points of 2 numbers", seconds=20)
    desk.run(LIMEN, table)
    answer_kind(desk, "^Scores or Points", "alt+s")
    wait_for_page(desk, "Detector")
    desk.accessible("label", "If its rows are points with labels, open it on the Prior page", seconds=20)
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def scenario_an_array_that_may_be_a_picture_or_scores_is_asked_and_can_be_changed(desk):
    array = desk.directory + "/some.npy"
    made_up.write_npy(array, "f4", (4, 99), [i % 50 / 50 for i in range(4 * 99)])
    program = start(desk)
    desk.run(LIMEN, array)
    answer_kind(desk, "^Scores or Images", "alt+s")
    answer_kind(desk, "^Higher or Lower", "alt+h")
    desk.accessible("label", "each row of the array taken for a column", seconds=20)
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def scenario_all_that_is_dropped_is_looked_at(desk):
    flow, prose = desk.directory + "/flow", write(desk, "prose", "This is no table.\n")
    made_up.write_flow(flow + ".safetensors")
    os.rename(flow + ".safetensors", flow)
    program = start(desk)
    show(desk, 2)
    desk.start(DROP_SOURCE, prose, write(desk, "payoffs", GAME), flow, title="Drop source", at=(1400, 0))
    desk.drag_and_drop((1450, 50), (400, 400))
    desk.accessible("label", "prose holds no images", seconds=20)
    wait_for_page(desk, "Detector")
    desk.accessible("label", "^flow$|^flow ·", seconds=20)
    desk.focus(desk.windows[program.pid])
    show(desk, 4)
    wait_for(lambda: strategies(desk) == 4, "four strategies")
    desk.quit(program)


def scenario_a_file_that_is_chosen_is_for_the_page_if_it_takes_it(desk):
    game = write(desk, "payoffs.csv", GAME)
    program = start(desk)
    show(desk, 3)
    choose_file(desk, game)
    desk.accessible("label", r"^payoffs\.csv · 4 points of 4 numbers", seconds=20)
    wait_for_page(desk, "Prior")
    desk.focus(desk.windows[program.pid])
    show(desk, 1)
    choose_file(desk, game)
    wait_for_page(desk, "Game")
    wait_for(lambda: strategies(desk) == 4, "four strategies")
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
