"""Checks of a program in Python, each a subtest of TAP."""

import subprocess


class Skipped(Exception):
    """What a check needs is not here."""


def main(names):
    """Runs each function check_* of @names that takes nothing, in their order. Returns an exit status."""
    checks = [(name[len("check_"):].replace("_", " "), one) for name, one in names.items()
              if name.startswith("check_") and not one.__code__.co_argcount]
    print(f"1..{len(checks)}")
    failed = 0
    for number, (title, check) in enumerate(checks, 1):
        try:
            check()
            print(f"ok {number} {title}", flush=True)
        except Skipped as reason:
            print(f"ok {number} {title} # SKIP {reason}", flush=True)
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            failed += 1
            print(f"not ok {number} {title}", flush=True)
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}", flush=True)
    return 1 if failed else 0
