"""Takes in what waits in a home and answers the senders, and is killed at a given step on the folder of answers.

Called as a program by test_answers.py: `killed_answers.py HOME [STEP]`. A step is an opening, renaming, removing or
making of something below `returned`; without a step the run is not disturbed.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from ingest.intake import IntakeSettings, take_in
from orchestration.answers import answer_senders
from orchestration.gate1 import judge
from orchestration.home import Home

NOW = datetime(2023, 6, 25, 16, 30)


def main(root: Path, kill_at: int | None) -> None:
    home, steps = Home(root), 0
    campaigns = home.campaigns()
    dates = {key: home.due_dates(campaign) for key, campaign in campaigns.items()}

    def count(event: str, arguments: tuple) -> None:
        nonlocal steps
        if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(str(home.returned)):
            steps += 1
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    with home.lock("test"):
        take_in(home.intake_paths, campaigns, dates, judge, NOW, settings=IntakeSettings(quiet_seconds=0))
        sys.addaudithook(count)
        unwritten = answer_senders(home, campaigns, dates)
    sys.exit("\n".join(unwritten) or None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
