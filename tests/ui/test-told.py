"""The manual and the completions say what the program says: each command and option, and no other.

usage: test-told.py LIMEN MANUAL BASH ZSH FISH
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

from tap import Skipped, main

LIMEN, MANUAL, BASH, ZSH, FISH = map(os.path.abspath, sys.argv[1:6])


def said(*words):
    return subprocess.run([LIMEN, *words, "--help"], check=True, capture_output=True, text=True).stdout


def commands():
    """{"prior train": its options with their values, as --help prints them}"""
    listed = re.findall(r"^  ([a-z]+(?: [a-z]+)?)  ", said().partition("Commands:")[2], re.MULTILINE)
    assert len(listed) >= 10, listed
    return {name: re.findall(r"^  (--[\w-]+)(?: (\S+))?", said(*name.split()).partition("\nOptions:")[2], re.MULTILINE)
            for name in listed}


def unescaped(text):
    return text.replace("\\-", "-").replace("\\(ha", "^").replace("\\(ti", "~").replace("\\&", "").replace("\\e", "\\")


def manual():
    """The same, as the manual has them"""
    with open(MANUAL, encoding="utf-8") as file:
        sections = re.split(r'^\.S[SH] "?', file.read(), flags=re.MULTILINE)
    return {unescaped(one).split(":")[0][len("limen "):]:
            re.findall(r"^\\fB(--[\w-]+)\\fR(?: \\fI(\S+)\\fR)?$", unescaped(one), re.MULTILINE)
            for one in sections if one.startswith("limen ") and ".HP" in one}


def check_the_manual_has_each_command_and_option():
    told, expected = manual(), commands()
    assert list(told) == list(expected), (list(told), list(expected))
    for name, options in expected.items():
        assert len(options) > 2 and told[name] == options, (name, set(told[name]) ^ set(options))


def check_the_readme_has_each_command_and_option():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "README.md")
    with open(path, encoding="utf-8") as file:
        usage = next(one for one in re.findall(r"^```\n(.*?)^```", file.read(), re.MULTILINE | re.DOTALL)
                     if one.startswith("limen detect "))
    lines = re.sub(r"\n +", " ", usage).splitlines()
    for name, options in commands().items():
        shown = " ".join(line for line in lines if line.startswith(f"limen {name} "))
        words = set(re.findall(r"--[\w-]+", shown))
        expected = {option for option, _ in options} - {"--help"}
        assert shown and words == expected, (name, words ^ expected)


def check_the_manual_has_the_words_of_help():
    squeeze = lambda text: re.sub(r"\s+", "", text)
    with open(MANUAL, encoding="utf-8") as file:
        text = squeeze(unescaped(file.read()))
    for name in commands():
        before, options = said(*name.split()).split("\nOptions:\n")
        for paragraph in [*before.split("\n\n")[1:], *re.split(r"^  --\S+(?: \S+)?", options, flags=re.MULTILINE)]:
            assert squeeze(paragraph) in text, (name, paragraph)


def check_the_manual_is_set_without_a_fault():
    if shutil.which("mandoc"):
        subprocess.run(["mandoc", "-T", "lint", "-W", "error", MANUAL], check=True)
    elif shutil.which("groff"):
        run = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", MANUAL], check=True, capture_output=True, text=True)
        assert not run.stderr, run.stderr
    else:
        raise Skipped("neither mandoc nor groff is here")


# -- shells, as a user has them: on a terminal, and keys --


class Terminal:
    """A shell on a pseudoterminal. What is typed is answered on its screen; a line is run when a key says so."""

    def __init__(self, folder, *command):
        self.child, self.end = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.environ.update(TERM="dumb", PATH=os.path.dirname(LIMEN) + ":" + os.environ["PATH"], HOME=folder,
                              INPUTRC="/dev/null", HISTFILE="/dev/null", COLUMNS="200")
            os.execvp(command[0], command)

    def type(self, text):
        os.write(self.end, text.encode())

    def read_until(self, mark, patience=30):
        """All that is shown until the mark is."""
        shown, until = "", time.monotonic() + patience
        while mark not in shown:
            assert time.monotonic() < until, f"no {mark!r} in {shown!r}"
            if select.select([self.end], [], [], 0.1)[0]:
                shown += os.read(self.end, 4096).decode("utf-8", "replace")
        return shown

    def close(self):
        os.close(self.end)
        os.waitpid(self.child, 0)


def completed(terminal, typed):
    """What a line becomes with Tab: "echo" before it would complete another command, so limen prints its arguments."""
    terminal.type(typed + "\t\r")
    shown = terminal.read_until(">>>")
    return re.findall(r"<<<(.*)>>>", shown.replace("\r", ""))[-1]


TYPED = {  # what stands on the line: what Tab makes of it, but for a slash behind a folder
    "limen det": "detect",
    "limen pri": "prior",
    "limen prior tr": "prior|train",
    "limen detect --thr": "detect|--threshold",
    "limen detect --split ord": "detect|--split|ordered",
    "limen detect --model builtin:clo": "detect|--model|builtin:cloth",
    "limen detect --normal builtin:digits pic": "detect|--normal|builtin:digits|pictures of mine",
    "limen bound --vae builtin:fas": "bound|--vae|builtin:fashion-vae",
    "limen bound --proposal po": "bound|--proposal|posterior",
    "limen prior gradients --estimator sti": "prior|gradients|--estimator|sticking-the-landing",
    "limen prior train --data builtin:ri": "prior|train|--data|builtin:ring",
    "limen game --method replic": "game|--method|replicator",
    "limen game so": "game|solve",
    "limen game solve --pay": "game|solve|--payoff",
    "limen game solve --payoff match": "game|solve|--payoff|matching-pennies",
    "limen score --scores nearest,typ": "score|--scores|nearest,typicality",
    "limen inspect pic": "inspect|pictures of mine",
    "limen pic": "pictures of mine",
}
PRINTS = "limen () { local IFS='|'; printf '<<<%s>%s\\n' \"$*\" '>>'; }"


def try_in(shell, begin, *command, typed=TYPED):
    if not shutil.which(shell):
        raise Skipped(f"{shell} is not here")
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "pictures of mine"))
        terminal = Terminal(folder, *command)
        try:
            terminal.type(begin + "\r")
            terminal.read_until("<<<ready>>>")
            for line, expected in typed.items():
                found = completed(terminal, line)
                assert found.rstrip("/") == expected, f"{line}: {found}, not {expected}"
        finally:
            terminal.close()


def check_bash_completes_words():
    extra = {"limen detect --split=ord": "detect|--split=ordered", "limen train --out=pic": "train|--out=pictures of mine"}
    try_in("bash", f"source '{BASH}'; {PRINTS}; limen ready", "bash", "--norc", "-i", typed={**TYPED, **extra})


def check_zsh_completes_words():
    extra = {"limen detect --split=ord": "detect|--split=ordered"}
    try_in("zsh", f"fpath=('{os.path.dirname(ZSH)}' $fpath); autoload -U compinit; compinit -u -D; {PRINTS}; limen ready",
           "zsh", "-f", "-i", typed={**TYPED, **extra})


def offered(shell, line, command):
    if not shutil.which(shell):
        raise Skipped(f"{shell} is not here")
    return subprocess.run([*command, line], check=True, capture_output=True, text=True).stdout.splitlines()


def in_bash(line):
    """All that bash would offer behind a line"""
    script = (f"source '{BASH}'; COMP_WORDS=($1); [[ $1 != *' ' ]] || COMP_WORDS+=(''); "
              "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _limen; printf '%s\\n' \"${COMPREPLY[@]}\"")
    return offered("bash", line, ["bash", "-c", script, "bash"])


def in_fish(line):
    script = f"source '{FISH}'; complete -C $argv[1]"
    return [one.split("\t")[0] for one in offered("fish", line, ["fish", "--no-config", "-c", script])]


def check_all_options_are_offered(offers):
    for name, options in commands().items():
        found = [one.removesuffix("=") for one in offers(f"limen {name} --") if one.startswith("--")]
        assert sorted(found) == sorted(one for one, _ in options), (name, found)
    first = {name.split()[0] for name in commands()}
    assert first <= set(offers("limen ")), offers("limen ")


def check_bash_offers_all_options():
    check_all_options_are_offered(in_bash)


def check_fish_offers_all_options():
    check_all_options_are_offered(in_fish)


def check_fish_completes_words():
    for line, expected in TYPED.items():
        if "mine" not in expected:
            last = expected.split("|")[-1]
            assert last in in_fish(line), (line, in_fish(line))


def check_nothing_is_offered_for_a_number():
    for offers in (in_bash, in_fish):
        try:
            assert offers("limen game --step ") in ([], [""]), offers("limen game --step ")
        except Skipped:
            if offers is in_bash:
                raise


if __name__ == "__main__":
    sys.exit(main(globals()))
