"""The curve of the Detector page and the promises that go with the line: its point is dragged, rules are changed, a
folder that nobody sorted is dropped, its p-values are exported, other sets are drawn."""

import csv
import json
import os
import re
import shutil
import sys

import made_up
from window import PATIENCE, accessibility, center, main, text, value, wait_for

LIMEN, DROP_SOURCE, FRAMES = sys.argv[1:4]
NORMAL, ANOMALIES, UNSORTED = 400, 100, 80  # half of the normal images are tested with


class Files:
    """A flow, normal images and anomalies that it does not tell apart well, and a folder of both."""

    def __init__(self, desk):
        self.flow, self.normal, self.defect, self.unsorted = (
            f"{desk.directory}/{name}" for name in ("flow.safetensors", "normal", "defect", "unsorted"))
        made_up.write_flow(self.flow)
        made_up.write_folder(self.normal, NORMAL, 0.5, seed=1)
        made_up.write_folder(self.defect, ANOMALIES, 0.7, seed=2)
        made_up.write_folder(self.unsorted, 60, 0.5, seed=3)
        made_up.write_folder(desk.directory + "/others", UNSORTED - 60, 0.95, seed=4)
        for name in os.listdir(desk.directory + "/others"):
            shutil.move(f"{desk.directory}/others/{name}", f"{self.unsorted}/odd-{name}")


def start(desk, *more, width=1300, height=1000):
    files = Files(desk)
    program = desk.start(LIMEN, files.flow, files.normal, files.defect, *more, title="^Limen")
    desk.resize(desk.windows[program.pid], width, height)
    wait_for(lambda: rates(desk) and rates(desk)[1].endswith(f" of {ANOMALIES}"), "both rates")
    desk.accessible("label", r"^[0-9.]+–[0-9.]+.%$")  # over splits: all is worked out
    desk.rest()
    return program, files


def see(desk, view):
    desk.click(*center(desk.accessible("page tab", f"^{view}$")))
    desk.rest()


def row_of(desk, title):
    return desk.accessible("list item", f"^{title}")


def words_in(row):
    """All labels in a row, thin spaces left out."""
    found = []

    def look(one):
        if one.getRoleName() == "label":
            found.append(one.name.replace("\u2009", ""))
        for i in range(one.childCount):
            look(one.getChildAtIndex(i))

    look(row)
    return found


def rates(desk):
    """"7 of 200" of both kinds of errors."""
    labels = [one.name.replace("\u2009", "") for one in desk.accessibles("label", "^[\\d\u2009]+ of [\\d\u2009]+$")]
    return labels[:2] if len(labels) >= 2 else None


def threshold_of(desk):
    return value(desk.accessible("spin button", "^Threshold in nats"))


def detect(desk, files, *options):
    """What the command line says of the same files."""
    done = desk.run(LIMEN, "detect", "--model", files.flow, "--normal", files.normal, "--anomaly", files.defect,
                    "--split", "random", "--seed", "0", *options, "--json", "-")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def expected(answer):
    return [f"{answer[key]['errors']} of {answer[key]['n']}" for key in ("type_1", "type_2")]


def is_pressed(one):
    states = accessibility()
    return any(one.getState().contains(state) for state in (states.STATE_PRESSED, states.STATE_CHECKED))


def chosen_by_looking(desk):
    return is_pressed(desk.accessible("push button", "^By looking$"))


def percent(words):
    return [float(one) for one in re.findall(r"(\d+(?:\.\d+)?)(?=[–\u00a0 ]*[\d.]* ?%)", words)]


def point_of(desk, curve):
    """Where the point is: the middle of the largest disc of the hand's purple, which its pill is not."""
    box = curve.queryComponent().getExtents(0)
    pixels = desk.hand_pixels(curve)
    assert pixels, "no point on the curve"
    def filled(x, y, r=6):
        ring = [(x + dx, y + dy) for dx, dy in ((-r, 0), (r, 0), (0, -r), (0, r), (-4, -4), (4, 4), (-4, 4), (4, -4))]
        return all(one in pixels for one in ring) and not any(
            (x + dx, y + dy) in pixels for dx, dy in ((-11, -4), (11, 4), (-4, -11), (4, 11)))
    found = [(x, y) for x, y in pixels if filled(x, y)]
    assert found, ("no disc", box.x, box.y, len(pixels))
    return (sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found))


def drag_of_line(desk, curve, by):
    """From the line of the histogram that is left of the curve, so many pixels to the right."""
    end = curve.queryComponent().getExtents(0).x
    plot = next(one for one in desk.accessibles("image", "^Histogram of")
                if (box := one.queryComponent().getExtents(0)).width > 0 and box.x + box.width <= end)
    box = plot.queryComponent().getExtents(0)
    columns = [x for x, _ in desk.hand_pixels(plot)]
    line, y = max(set(columns), key=columns.count), box.y + 2 * box.height // 3
    return (line, y), (line + by, y)


def told(one, pattern):
    wait_for(lambda: re.search(pattern, one.description), f"to be told {pattern}")
    return one.description


def scenario_the_point_is_dragged_and_the_line_follows(desk):
    program, files = start(desk)
    see(desk, "Curve")
    curve = desk.accessible("image", "^ROC curve$")
    before = threshold_of(desk)
    answer = detect(desk, files, f"--threshold={before!r}")
    told(curve, f"^At .*False alarms: .*; misses: ")
    assert not chosen_by_looking(desk) and rates(desk) == expected(answer)

    x, y = point_of(desk, curve)
    desk.drag((x, y), (x + 90, y - 120), moves=12)
    wait_for(lambda: threshold_of(desk) != before, "the line to follow")
    desk.rest()
    after = threshold_of(desk)
    assert chosen_by_looking(desk), "who drags it has looked"
    answer = detect(desk, files, f"--threshold={after!r}", "--promise", "looking")
    assert rates(desk) == expected(answer) != expected(detect(desk, files, f"--threshold={before!r}"))
    low, high = answer["band"]["type_1"]
    alarms = next(one for one in words_in(row_of(desk, "Type I ·")) if "anywhere" in one)
    assert abs(percent(alarms)[-1] - 100 * high) < 0.06 * 100 * high, (alarms, low, high)
    assert f"{answer['type_1']['errors']} of" in rates(desk)[0]
    sentence = desk.accessible("label", r"^At .* nats, ").name.replace("\u00a0", " ")
    assert told(curve, "False alarms").startswith(sentence), (curve.description, sentence)
    desk.accessible("label", "wherever you put the line")

    at = point_of(desk, curve)
    assert at[0] > x + 20 and at[1] < y - 20, (at, x, y)
    desk.keys("Left")
    wait_for(lambda: threshold_of(desk) < after, "Left to flag fewer")
    desk.keys("Home")
    wait_for(lambda: rates(desk)[0] == "0 of 200", "Home to flag nothing")
    desk.keys("End")
    wait_for(lambda: rates(desk) == ["200 of 200", "0 of 100"], "End to flag everything")
    desk.quit(program)


def scenario_the_point_slides_while_the_line_is_moved_elsewhere(desk):
    program, files = start(desk)
    see(desk, "Curve")
    curve = desk.accessible("image", "^ROC curve$")
    before, said = point_of(desk, curve), curve.description
    desk.drag(*drag_of_line(desk, curve, 60))
    wait_for(lambda: curve.description != said, "the operating point to be told anew")
    after = point_of(desk, curve)
    assert after[0] > before[0] and after[1] < before[1], (before, after)
    answer = detect(desk, files, f"--threshold={threshold_of(desk)!r}", "--promise", "looking")
    assert rates(desk) == expected(answer)
    for kind, name in (("DET", "DET curve"), ("Precision–recall", "Precision–recall curve")):
        desk.click(*center(desk.accessible("push button", f"^{kind}$")))
        shown = desk.accessible("image", f"^{name}$")
        told(shown, "False alarms")
        point_of(desk, shown)
    share = desk.accessible("spin button", "^Anomalies to expect, % of all images")
    assert value(share) == 1, "one in a hundred, until somebody knows better"
    desk.click(*center(desk.accessible("push button", "^Fixed beforehand$")))
    wait_for(lambda: not chosen_by_looking(desk), "the switch to go back")
    answer = detect(desk, files, f"--threshold={threshold_of(desk)!r}", "--promise", "fixed")
    alarms = next(one for one in words_in(row_of(desk, "Type I ·")) if "95 %" in one)
    assert "anywhere" not in alarms, alarms
    desk.quit(program)


def scenario_the_point_follows_the_line_of_many_scores_within_a_frame(desk):
    answer = desk.run(FRAMES, "4", "1000000", desk.directory)
    print("milliseconds between frames:", answer.stdout.strip(), file=sys.stderr)
    assert answer.returncode == 0, answer.stderr
    computed = float(re.match(r"computed: median (\S+)", answer.stdout)[1])  # however busy the machine is
    assert PATIENCE > 1 or computed < 16.7, answer.stdout


def scenario_the_point_goes_to_both_ends(desk):
    """Of the curves whose ends are special: rates of 0 and 1 lie at no normal deviate, and precision is of nothing."""
    program, files = start(desk)
    drop(desk, files.unsorted, "Unsorted images")
    desk.accessible("label", rf"unsorted · {UNSORTED}\n", seconds=20)
    desk.focus(desk.windows[program.pid])
    see(desk, "Curve")
    for kind, name in (("DET", "DET curve"), ("Precision–recall", "Precision–recall curve")):
        desk.click(*center(desk.accessible("push button", f"^{kind}$")))
        curve = desk.accessible("image", f"^{name}$")
        told(curve, "False alarms")
        box, seen = curve.queryComponent().getExtents(0), []
        left, right = (box.x - 30, box.y - 30), (box.x + box.width + 30, box.y + box.height + 30)
        for end in ((left[0], right[1]), right, (right[0], left[1]), left, (box.x + box.width / 2, box.y + 200)):
            desk.drag(point_of(desk, curve), end, moves=6)
            desk.rest()
            now = threshold_of(desk)
            assert now == now and abs(now) < 1e6, (kind, end, now)
            answer = detect(desk, files, f"--threshold={now!r}", "--promise", "looking")
            assert rates(desk) == expected(answer), (kind, end, now)
            seen.append(rates(desk)[0])
            wrong = [one.name for one in desk.accessibles("label", r"(?i)\bnan\b|\binf\b|∞")]
            assert not wrong, wrong
            assert box == curve.queryComponent().getExtents(0), "nothing jumps"
            desk.accessible("label", rf"unsorted · {UNSORTED}\n\d+ flagged by the line")
            assert "nan" not in curve.description.lower(), curve.description
        assert "200 of 200" in seen and len(set(seen)) > 2, (kind, seen)
    desk.quit(program)


def scenario_a_toast_of_unsorted_images_takes_them_back(desk):
    program, files = start(desk)
    before = rates(desk)
    drop(desk, files.unsorted, "Unsorted images")
    desk.accessible("label", "^Taken: (.*/)?unsorted as 80 unsorted images", seconds=20)
    assert not next(desk.accessibles("push button", "^Swap$"), None), "there is nothing to swap of what has come"
    desk.accessible("label", rf"unsorted · {UNSORTED}\n", seconds=20)
    desk.focus(desk.windows[program.pid])
    desk.rest()
    desk.click(*center(desk.scroll_to("push button", "^Swap sets$", over=(1200, 500))))
    wait_for(lambda: rates(desk) and rates(desk)[1].endswith(f" of {NORMAL}"), "the sets to be swapped")
    desk.accessible("label", rf"unsorted · {UNSORTED}\n", seconds=20)
    desk.click(*center(desk.scroll_to("push button", "^Swap sets$", over=(1200, 500))))
    wait_for(lambda: rates(desk) == before, "the sets to be what they were")
    desk.accessible("label", rf"unsorted · {UNSORTED}\n", seconds=20)
    desk.click(*center(desk.accessible("push button", "^Take the last files back$")))
    wait_for(lambda: not next(desk.accessibles("label", rf"unsorted · {UNSORTED}"), None), "them to go")
    wait_for(lambda: rates(desk) == before, "all else to stay")
    desk.quit(program)


def choose_rule(desk, down):
    """The rule so many below the first, by keys."""
    desk.click(*center(desk.scroll_to("push button", "^Choose the rule$", over=(1200, 500))))
    first = desk.accessible("check box", "^Standard deviations")
    for _ in range(8):
        if any(one.getState().contains(accessibility().STATE_FOCUSED) for one in desk.accessibles("check box")):
            break
        desk.keys("Tab")
        desk.rest()
    assert first
    desk.keys(*["Down"] * down)
    desk.rest()


def type_number(desk, name, number):
    spin = desk.accessible("spin button", name)
    for _ in range(8):
        if spin.getState().contains(accessibility().STATE_FOCUSED):
            break
        desk.keys("Tab")
        desk.rest()
    desk.keys("ctrl+a")
    desk.type(number)
    desk.keys("Return")
    desk.rest()


def scenario_rules_say_what_they_promise_and_what_they_lack(desk):
    program, files = start(desk)
    choose_rule(desk, 2)
    desk.accessible("label", "takes 299 validation images, and there are 200")
    assert rates(desk) is None, "no line, no errors"
    type_number(desk, "^False alarms, at most", "5")
    wait_for(lambda: rates(desk), "a rule that 200 images are enough for")
    answer = detect(desk, files, "--rule", "false-alarms:0.05,0.95")
    assert rates(desk) == expected(answer)
    assert abs(threshold_of(desk) - answer["threshold"]) < 0.005
    desk.accessible("label", "With 95.% confidence at most 5.% of all normal images are flagged")
    desk.keys("Escape")
    desk.rest()
    choose_rule(desk, 3)  # from the one that is chosen: least errors
    wait_for(lambda: chosen_by_looking(desk), "a rule that looks at anomalies to be one chosen by looking")
    answer = detect(desk, files, "--rule", "least-errors")
    assert rates(desk) == expected(answer)
    desk.keys("Escape")
    desk.rest()
    desk.quit(program)


def export_table(desk, path):
    """The scores, through the menu and the file chooser."""
    desk.click(*center(desk.accessible("push button", "^Export$")))
    item = desk.accessible("menu item", "^Table of Numbers")
    for _ in range(12):
        if item.getState().contains(accessibility().STATE_FOCUSED):
            break
        desk.keys("Down")
        desk.rest()
    desk.keys("Return")
    chooser = wait_for(lambda: desk.search("^Export Scores$"), "the file chooser")
    desk.focus(chooser)
    desk.rest()
    desk.keys("ctrl+a")
    desk.type(path)
    desk.keys("Return")
    wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 0, "the table")


def drop(desk, path, zone):
    """On a place of that title, which comes up where files are over the page."""
    source = desk.start(DROP_SOURCE, path, title="Drop source", at=(1350, 0))

    def places():
        for x in (400, 403):
            desk.move(x, 300)
        return next(desk.accessibles(None, "^Where files may be dropped$"), None)

    def place():
        return center(desk.accessible("label", f"^{zone}$", within=wait_for(places, "the places")))

    desk.drag_and_drop((1440, 50), place)
    source.terminate()
    source.wait()
    desk.processes.remove(source)


def scenario_what_is_given_twice_is_told(desk):
    program, files = start(desk)
    shared = "pixel by pixel"
    assert not next(desk.accessibles("label", shared), None)
    for zone, said in (("Unsorted images", "All of the unsorted images are normal images as well"),
                       ("Anomalies", "All of the anomalies are normal images as well")):
        drop(desk, files.normal, zone)
        told = desk.accessible("label", f"^{said}, {shared}", seconds=20).name
        option = "--unsorted" if zone == "Unsorted images" else "--anomaly"
        done = desk.run(LIMEN, "detect", "--model", files.flow, "--normal", files.normal, option, files.normal)
        assert done.returncode == 0 and said in done.stdout, (done.stdout, done.stderr)
        assert told.split(".")[0] in done.stdout, told
    assert "All of the unsorted images are normal images as well" in told, told
    desk.focus(desk.windows[program.pid])
    desk.click(*center(desk.accessible("push button", "^Undo$")))  # of the last drop
    wait_for(lambda: not next(desk.accessibles("label", "^All of the anomalies are normal"), None), "half of it to go")
    desk.accessible("label", f"^All of the unsorted images are normal images as well, {shared}", seconds=20)
    desk.quit(program)


def scenario_an_unsorted_folder_gets_verdicts_and_p_values(desk):
    program, files = start(desk)
    drop(desk, files.unsorted, "Unsorted images")
    desk.accessible("label", rf"unsorted · {UNSORTED}\n\d+ flagged by the line, \d+ listed as anomalies$", seconds=20)
    desk.focus(desk.windows[program.pid])
    answer = detect(desk, files, f"--threshold={threshold_of(desk)!r}", "--unsorted", files.unsorted)
    assert rates(desk) == expected(answer), "they count in no rate"
    said = desk.accessible("label", rf"^\d+ of {UNSORTED} unsorted images are listed as anomalies").name
    listed = int(said.split()[0])
    assert 5 <= listed < UNSORTED, said

    path = desk.directory + "/scores.csv"
    export_table(desk, path)
    with open(path, encoding="utf-8", newline="") as file:
        rows = [one for one in csv.DictReader(line for line in file if not line.startswith("#"))]
    unsorted = [one for one in rows if one["set"] == "unsorted"]
    assert len(unsorted) == UNSORTED and len(rows) > UNSORTED, (len(unsorted), len(rows))
    p = sorted(float(one["p_value"]) for one in unsorted)
    most = max((i for i, one in enumerate(p, 1) if one <= 0.1 * i / UNSORTED), default=0)  # Benjamini and Hochberg
    assert most == listed, (most, listed)
    assert all(0 < float(one["p_value"]) <= float(one["p_value_conditional"]) <= 1 for one in unsorted)
    desk.quit(program)


def scenario_an_export_is_what_is_seen(desk):
    program, _ = start(desk)
    seen = {}
    titles = {"Curve": "ROC curve: ", "Histogram": None, "Scores": "Scores side by side: ", "Scatter": "Scatter of "}
    whats = {"Curve": "the ROC curve", "Histogram": "the histogram", "Scores": "the scores side by side",
             "Scatter": "the scatter of .* and .*"}
    for view, title in titles.items():
        see(desk, view)
        if view in ("Scores", "Scatter"):
            desk.accessible("image" if view == "Scatter" else "label", "^Scatter of two scores$|^AUROC.0", seconds=60)
            desk.rest()
        path = f"{desk.directory}/{view}.png"
        told = desk.export_picture(path, what=rf"^It shows {whats[view]}\.$")
        for other in titles.values():
            assert not other or (other in told) == (other == title), (view, told)
        assert "Type I error rate" in told and "flow.safetensors" in told, told
        desk.focus(desk.windows[program.pid])
        with open(path, "rb") as file:
            seen[view] = file.read()
    assert len(set(seen.values())) == len(titles), "each view is another picture"
    desk.quit(program)


def scenario_other_sets_are_drawn(desk):
    program, _ = start(desk)
    desk.click(*center(desk.accessible("push button", "^Try it…$")))
    window = wait_for(lambda: desk.search("^Other Validation Sets$"), "the window")
    desk.focus(window)
    said = desk.accessible("label", "^The interval misses the truth in", seconds=60).name
    numbers = re.search(r"in (\w+) of 200 sets .*, and in (\w+) at some line .*; the band is left in (\w+)\.", said)
    assert numbers, said
    fixed, somewhere, left = (0 if one == "none" else int(one) for one in numbers.groups())
    assert fixed < 30 and left < 30 and somewhere > 60, said
    described = desk.accessible("image", "^Other sets of normal images$").description
    assert described == said.replace("\u00a0%", " %")
    desk.keys("Escape")
    wait_for(lambda: not desk.search("^Other Validation Sets$"), "the window to close")
    desk.focus(desk.windows[program.pid])
    desk.quit(program)


if __name__ == "__main__":
    main(globals())
