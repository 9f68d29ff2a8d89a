"""Runs `taizhang fetch-mail` on a home and kills it at a given step on the disk.

Called as a program by test_mail_intake.py: `killed_fetch.py HOME [STEP]`. A step is an opening, renaming, removing or
making of something in the home. Undisturbed, it prints the number of steps to the error stream.
"""

import os
import signal
import sys

from orchestration.cli import main

KINDS = ("open", "os.rename", "os.remove", "os.mkdir")


def run(root: str, kill_at: int | None) -> None:
    steps = 0

    def count(event: str, arguments: tuple) -> None:
        nonlocal steps
        if event in KINDS and str(arguments[0]).startswith(root):
            steps += 1
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        main(["fetch-mail", "--home", root])
    finally:
        sys.stderr.write(f"{steps}\n")


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None)
