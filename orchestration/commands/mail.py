"""Commands about mail: fetch-mail, send-mail.

Belongs here: options, what is printed, exit codes. Does not belong here: the mailbox (ingest/mail/mailbox.py),
the order of the steps (mail_intake.py).
"""

from __future__ import annotations

import typer

from orchestration.commands.options import HomeOption, JsonOption
from orchestration.commands.verdict_table import print_verdicts
from orchestration.commands.workplace import existing_home
from orchestration.console import ExitCode, progress_bar, say, say_aside
from orchestration.errors import PlainError


def register(app: typer.Typer) -> None:
    app.command("fetch-mail")(fetch_mail)
    app.command("send-mail")(send_mail)


def fetch_mail(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """从邮箱取附件并收表；信箱写在 mail.toml 里。 Fetch mails, take in their attachments."""
    from orchestration.answers import answer_senders
    from orchestration.building.campaign_tables import all_dates_in_force
    from orchestration.home import beijing_now
    from orchestration.mail_intake import fetch_mails, mark_mails
    from orchestration.mail_settings import FILE_NAME, mail_settings
    from orchestration.receiving import receive

    place, now = existing_home(home), beijing_now()
    mailbox = mail_settings(place).imap
    if mailbox is None:
        raise PlainError(f"{place.root / FILE_NAME} 里没有 [imap]，不知道从哪里取信。 No mailbox is configured.")
    place.prepare()
    campaigns = place.campaigns()
    with place.lock("fetch-mail"), progress_bar("收表") as progress:
        dates = all_dates_in_force(place, campaigns, now.date())
        sentences = fetch_mails(place, mailbox, now)
        report = receive(place, campaigns, dates, now, progress=progress)
        mark_mails(place, mailbox)
        sentences += answer_senders(place, campaigns, dates)
    for sentence in sentences:
        say_aside(sentence)
    print_verdicts(report.files, as_json, {"batch_id": report.batch_id})


def send_mail(home: HomeOption = None) -> None:
    """把 outbox 里等着的通知发出去；服务器写在 mail.toml 里。 Send the notices that wait in the outbox."""
    from orchestration.mail_settings import FILE_NAME, mail_settings
    from orchestration.notices import send_notices

    place = existing_home(home)
    if mail_settings(place).smtp is None:
        raise PlainError(f"{place.root / FILE_NAME} 里没有 [smtp]，通知留在 outbox，不发送。 No server is configured.")
    waiting = len(list(place.outbox.glob("*.eml")))
    with place.lock("send-mail"):
        sentences = send_notices(place)
    for sentence in sentences:
        say_aside(sentence)
    say(f"发出 {waiting - len(list(place.outbox.glob('*.eml')))} 封通知。")
    if sentences:
        raise typer.Exit(ExitCode.SYSTEM)
