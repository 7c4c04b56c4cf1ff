"""Files that are dragged over the window: where they will go is seen, said and taken back; what no name says is asked;
a second start does what the first did."""

import json
import os
import shutil
import sys

import made_up
from window import center, main, page_seen, wait_for

LIMEN, DROP_SOURCE = sys.argv[1:3]
START = (1400, 50)  # of a drag, in the drop source


class Files:
    """A flow, and sets of which two have names that tell and two have names that do not."""

    def __init__(self, desk):
        self.flow = desk.directory + "/flow.safetensors"
        made_up.write_flow(self.flow)
        self.good, self.defect, self.things, self.others = (
            os.path.join(desk.directory, name) for name in ("good", "defect", "things", "others"))
        for i, (folder, n, level) in enumerate(((self.good, 60, 0.5), (self.defect, 41, 0.9), (self.things, 52, 0.5),
                                                (self.others, 33, 0.9))):
            made_up.write_folder(folder, n, level, seed=i)


def start(desk, *paths):
    program = desk.start(LIMEN, *paths, title="^Limen")
    desk.resize(desk.windows[program.pid], 1200, 900)
    desk.focus(desk.windows[program.pid])
    desk.rest()
    return program


def zones(desk):
    """The places that are seen, by their titles."""
    over = next(desk.accessibles(None, "^Where files may be dropped$"), None)
    found = {}
    for one in desk.accessibles("label", None, within=over) if over else ():
        box = one.queryComponent().getExtents(1)
        if box.width > 0:
            found[one.name] = (box.x + box.width / 2, box.y + box.height / 2)
    return found


def drag_over(desk, at, title=": wanted"):
    """Drags from the drop source; returns once the window below wants the files."""
    def begin():
        desk.release()
        desk.move(*START)
        desk.rest()
        desk.press()
        return any(look(START[0] + 16, START[1] + 8, ": (dragged|wanted)") for _ in range(40))

    def look(x, y, told):
        for aside in (3, 0):
            desk.move(x + aside, y + aside)
        return desk.search(f"^Drop source{told}$")

    wait_for(begin, "the drag to begin")
    for i in range(1, 9):
        desk.move(START[0] + (at[0] - START[0]) * i / 8, START[1] + (at[1] - START[1]) * i / 8)
    wait_for(lambda: look(*at, title), f"the drag to be {title}")


def drop(desk, program, paths, zone=None, row=None):
    """Drops files on a place, by its title, or on a row of the panel."""
    if row:  # the end of the panel, where the files are
        desk.move(1150, 500)
        desk.xdotool("click", "--repeat", 30, "--delay", 5, 5)
        desk.rest()
    source = desk.start(DROP_SOURCE, *paths, title="^Drop source$", at=(1300, 0))
    drag_over(desk, (400, 300))
    if zone:
        at = wait_for(lambda: zones(desk).get(zone), f"the place {zone}, not {list(zones(desk))}")
        drag_to(desk, at)
    if row:
        drag_to(desk, center(next(one for one in desk.accessibles("label", f"^{row}$")
                                  if one.queryComponent().getExtents(1).x > 860)))
    desk.let_go()
    source.terminate()
    source.wait()
    desk.processes.remove(source)
    desk.focus(desk.windows[program.pid])
    wait_for(lambda: not zones(desk), "the places to go")


def drag_to(desk, at):
    for aside in (6, 3, 0, 3, 0):
        desk.move(at[0] + aside, at[1])


def subtitle(desk, what):
    """Of a row of the panel: waits for it."""
    return desk.accessible("label", what, seconds=20)


def press(desk, name):
    desk.rest()
    desk.click(*center(desk.accessible(None, f"^{name}$", seconds=20)))


def scenario_a_drop_goes_to_the_place_it_falls_on_and_comes_back(desk):
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    assert not zones(desk)
    drop(desk, program, [files.flow], zone="Flow")
    desk.accessible("label", r"^Taken: flow\.safetensors as the flow\.$", seconds=20)
    subtitle(desk, r"^flow\.safetensors · ")

    # on the other place than its name says, without a question
    drop(desk, program, [files.defect], zone="Normal images")
    desk.accessible("label", "^Taken: (.*/)?defect as 41 normal images\\.$", seconds=20)
    subtitle(desk, "^(.*/)?defect · 41")
    press(desk, "Swap")
    desk.accessible("label", "^Taken: (.*/)?defect as 41 anomalies\\.$|^Taken: generated hiragana as 2.000 normal images and "
                             "(.*/)?defect as 41 anomalies\\.$", seconds=20)
    press(desk, "Undo")
    subtitle(desk, "^generated digits · ")
    subtitle(desk, "^generated hiragana · ")
    assert not next(desk.accessibles("label", "^(.*/)?defect · "), None)

    drop(desk, program, [files.things], zone="Anomalies")
    desk.accessible("label", "^Taken: (.*/)?things as 52 anomalies\\.$", seconds=20)
    subtitle(desk, "^(.*/)?things · 52")
    # what it is not is said, and nothing moves
    drop(desk, program, [files.good], zone="Flow")
    desk.accessible("label", "good holds images; “Flow” takes the weights of a NICE flow", seconds=20)
    drop(desk, program, [files.good, files.defect], zone="Anything")
    desk.accessible("label", "^Taken: (.*/)?good as 60 normal images and (.*/)?defect as 41 anomalies\\.$", seconds=20)
    desk.quit(program)


def scenario_places_go_with_the_program_that_dragged(desk):
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    source = desk.start(DROP_SOURCE, files.good, title="^Drop source$", at=(1300, 0))
    drag_over(desk, (400, 300))
    wait_for(lambda: zones(desk), "the places")
    source.kill()
    source.wait()
    desk.processes.remove(source)
    desk.release()
    desk.rest()
    for at in ((420, 300), (440, 320), (460, 340)):
        desk.move(*at)
    wait_for(lambda: not zones(desk), "the places to go")
    drop(desk, program, [files.flow], zone="Flow")  # and come back
    subtitle(desk, r"^flow\.safetensors · ")
    desk.quit(program)


def scenario_rows_of_the_panel_are_places_too(desk):
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    drop(desk, program, [files.good], row="Anomalies")
    desk.accessible("label", "^Taken: (.*/)?good as 60 anomalies\\.$", seconds=20)
    subtitle(desk, "^(.*/)?good · 60")
    drop(desk, program, [files.things], row="Normal images")
    desk.accessible("label", "^Taken: (.*/)?things as 52 normal images\\.$", seconds=20)
    drop(desk, program, [files.flow], row="Flow")
    subtitle(desk, r"^flow\.safetensors · ")
    press(desk, "Take the last files back")
    subtitle(desk, "^flow of generated digits|^Flow of generated digits|generated digits ·")
    subtitle(desk, "^(.*/)?things · 52")
    desk.quit(program)


def rows_of_files(desk):
    """Where the rows are that files may be dropped on, by their titles."""
    found = {}
    for one in desk.accessibles("label", "^(Flow|Normal images|Anomalies|Unsorted images)$"):
        box = one.queryComponent().getExtents(1)
        if box.x > 860 and box.width > 0:
            found[one.name] = (box.x, box.y, box.width, box.height)
    return found


def scenario_rows_stay_while_files_are_dragged_to_them(desk):
    """Whatever arrives meanwhile: what moves under the pointer is dropped on by mistake."""
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    long = [f"{desk.directory}/{name} of all that a camera has taken since it was put up in the hall"
            for name in ("good", "defect")]
    for i, path in enumerate(long):
        made_up.write_folder(path, 45 + i, 0.5, seed=7 + i)
    source = desk.start(DROP_SOURCE, files.things, title="^Drop source$", at=(1300, 0))
    desk.move(1150, 500)
    desk.xdotool("click", "--repeat", 30, "--delay", 5, 5)
    desk.rest()
    drag_over(desk, (400, 300))
    wait_for(lambda: zones(desk), "the places")
    desk.rest()
    before = rows_of_files(desk)
    assert len(before) == 4, before
    at = (before["Unsorted images"][0] + 30, before["Unsorted images"][1] + 8)
    drag_to(desk, at)
    second = desk.run(LIMEN, files.flow, *long)  # names and scores arrive, and a toast
    assert second.returncode == 0, second.stderr
    desk.accessible("label", "^Taken: flow.safetensors as the flow, ", seconds=20)
    for _ in range(8):
        drag_to(desk, at)
        now = rows_of_files(desk)
        assert now == before, (now, before)
    # near an end of the panel nothing rolls on by itself
    for y in (884, 60):
        for _ in range(8):
            drag_to(desk, (1150, y))
            now = rows_of_files(desk)
            assert now == before, (y, now, before)
    drag_to(desk, at)
    desk.let_go()
    source.terminate()
    desk.accessible("label", "^Taken: (.*/)?things as 52 unsorted images", seconds=20)
    subtitle(desk, r"^(.*/)?good of all that a camera .* · 45$")  # what has waited is told
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def answer(desk, key):
    question = wait_for(lambda: desk.search("^Normal Images or Anomalies"), "the question")
    desk.focus(question)
    desk.rest()
    desk.keys(key)
    wait_for(lambda: not desk.search("^Normal Images or Anomalies"), "the question to go")


def scenario_what_no_name_says_is_asked_or_said(desk):
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    drop(desk, program, [files.things])
    answer(desk, "alt+n")
    desk.accessible("label", "^Taken: (.*/)?things as 52 normal images\\.$", seconds=20)
    drop(desk, program, [files.others])
    desk.accessible("label", "^Taken: (.*/)?others as 33 anomalies\\. No name says that these are anomalies", seconds=20)
    drop(desk, program, [files.things])  # once more: it is what it was, and nothing is asked
    desk.rest()
    subtitle(desk, "^(.*/)?things · 52")
    subtitle(desk, "^(.*/)?others · 33")
    assert not desk.search("^Normal Images or Anomalies")
    desk.quit(program)


def panel_of(desk):
    """What the rows of the panel say, of files and of rates."""
    return sorted(one.name for one in desk.accessibles("label", r" · \d|^none yet$|^[\d\u2009]+ of [\d\u2009]+$|^At .* nats"))


def scenario_a_second_start_does_what_the_first_does(desk):
    files = Files(desk)
    given = [files.flow, files.things, files.others]
    program = start(desk, *given)
    answer(desk, "alt+n")
    desk.accessible("label", "^Taken: .* No name says that these are anomalies", seconds=20)
    wait_for(lambda: any(one.endswith("of 33") for one in panel_of(desk)), "the rates")
    desk.rest()
    first = panel_of(desk)

    def again():
        second = desk.run(LIMEN, *given)
        assert second.returncode == 0, second.stderr
        answer(desk, "alt+n")
        desk.accessible("label", "^Taken: ", seconds=20)
        wait_for(lambda: panel_of(desk) == first, f"{first} again, not {panel_of(desk)}")

    again()  # over the same files
    desk.focus(desk.windows[program.pid])
    desk.run(LIMEN, files.defect)
    subtitle(desk, "^(.*/)?defect · 41")
    desk.click(*center(desk.accessible("spin button", "^Threshold in nats")))
    desk.keys("ctrl+a")
    desk.type("25.5")
    desk.keys("Return")
    again()  # over others, and over a threshold by hand
    desk.run(LIMEN, files.good, files.defect)  # no flow is among them: there is none, as at a first start
    desk.accessible("label", "^Now the Flow$", seconds=20)
    desk.accessible("label", "What was open before gave way", seconds=20)
    press(desk, "Undo")
    wait_for(lambda: panel_of(desk) == first, f"{first} back, not {panel_of(desk)}")
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


def scenario_a_column_of_numbers_is_asked_about(desk):
    labels = desk.directory + "/labels.npy"
    made_up.write_npy(labels, "u1", (100,), [i % 10 for i in range(100)])
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    drop(desk, program, [files.good, labels])  # beside images they are left out
    desk.accessible("label", "^Taken: (.*/)?good as 60 normal images\\.$", seconds=20)
    desk.accessible("label", r"labels\.npy was left out|1 file", seconds=20)
    drop(desk, program, [labels])  # alone they may be scores
    question = wait_for(lambda: desk.search("^Higher or Lower Is Anomalous"), "the question")
    desk.focus(question)
    desk.rest()
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Higher or Lower Is Anomalous"), "the question to go")
    subtitle(desk, "^(.*/)?good · 60")
    assert not desk.search("^Normal Images or Anomalies")
    desk.quit(program)


def scenario_other_pages_have_places_of_their_own(desk):
    program = start(desk)
    case = {"lambda1": [0], "lambda2": [1], "A": [[1], [0.5]], "b": [0, 0], "sigma2": 1, "x": [3, 1],
            "proposal": {"mean": [1], "covariance": [[0.5]]}}
    texts = {"case": json.dumps(case), "numbers": "1,2\n3,4.5\n5,6\n7,8\n"}
    for name, text in texts.items():
        with open(os.path.join(desk.directory, name), "w", encoding="utf-8") as file:
            file.write(text)
    case, numbers = (os.path.join(desk.directory, name) for name in texts)

    def show(number, name):
        desk.keys(f"alt+{number}")
        wait_for(lambda: page_seen(desk) == name, name)

    show(2, "Bound")
    drop(desk, program, [case], zone="Case")
    desk.accessible("label", r"^3\.00, 1\.00$", seconds=20)
    drop(desk, program, [case], zone="VAE")
    desk.accessible("label", "^case holds a case; “VAE” takes the weights of a VAE", seconds=20)
    show(3, "Prior")
    drop(desk, program, [numbers], zone="Points")
    desk.accessible("label", "^numbers · 4 points of 2 numbers$", seconds=20)
    show(4, "Game")
    drop(desk, program, [numbers], zone="Payoffs")
    wait_for(lambda: desk.accessible(None, "^Strategy of A$").description.count(".") >= 4, "four strategies")
    desk.quit(program)


# A real file manager

def icon_of(desk, name):
    """Where the file of that name lies in the file manager."""
    def place():
        for one in desk.accessibles(None, f"^{name}$"):
            box = one.queryComponent().getExtents(0)
            if one.getRoleName() == "table cell" and box.width > 0:  # icons are told to no screen reader
                return box.x + min(20, box.width / 2), box.y + box.height / 2
        return None

    return wait_for(place, f"{name} in the file manager")


def scenario_a_file_manager_drops_on_each_place(desk):
    files, program = Files(desk), start(desk)
    desk.accessible("label", "^At .* nats, ", seconds=20)
    os.makedirs(desk.directory + "/folder")
    for path in (files.flow, files.things, files.defect):
        os.rename(path, desk.directory + "/folder/" + os.path.basename(path))
    manager = desk.start("thunar", desk.directory + "/folder", title="^folder", at=(1210, 0))
    desk.resize(desk.windows[manager.pid], 390, 700)
    desk.keys("ctrl+2")  # a list
    for name, zone, said in (("flow.safetensors", "Flow", "^Taken: flow.safetensors as the flow"),
                             ("things", "Normal images", "^Taken: (.*/)?things as 52 normal images"),
                             ("defect", "Anomalies", "^Taken: (.*/)?defect as 41 anomalies")):
        desk.rest()
        begin = icon_of(desk, name)
        desk.move(*begin)
        desk.rest()
        desk.press()
        for i in range(1, 12):
            desk.move(begin[0] - 3 * i, begin[1] + i)

        def place():
            drag_to(desk, (400, 300))
            return zones(desk).get(zone)

        drag_to(desk, wait_for(place, f"the place {zone}"))
        desk.rest()
        desk.release()
        desk.accessible("label", said, seconds=20)
        assert not desk.search("^Normal Images or Anomalies")
    desk.quit(program)


if __name__ == "__main__":
    if not shutil.which("thunar"):
        print("# skipped, as Thunar is not installed: " + scenario_a_file_manager_drops_on_each_place.__name__)
        del scenario_a_file_manager_drops_on_each_place
    main(globals())
