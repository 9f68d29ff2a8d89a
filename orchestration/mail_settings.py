"""What an office says about its mailbox: mail.toml in the home.

Belongs here: reading and checking that file, and finding the passwords, which stand in the environment only. Does not
belong here: using the mailbox (mail_intake.py), sending (notices.py), which letters go (letter_mails.py).
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from orchestration.errors import PlainError

if TYPE_CHECKING:
    from ingest.mail.mailbox import Account
    from ingest.receiving.envelope import MailRoute
    from orchestration.home import Home

FILE_NAME = "mail.toml"
_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}


Address = Annotated[str, StringConstraints(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+$")]
Addresses = Annotated[tuple[Address, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Server(_Strict):
    host: str
    port: int | None = None
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password_env: str
    ca_file: str | None = None
    timeout_seconds: float = 60.0

    @model_validator(mode="after")
    def no_open_password(self) -> Self:
        from ingest.mail.mailbox import is_loopback

        if self.security == "none" and not is_loopback(self.host):
            raise ValueError("security = none 只能用于本机 (only for this machine)")
        return self

    def password(self) -> str:
        """The password out of the environment.

        Raises:
            PlainError: it is not there.
        """
        found = os.environ.get(self.password_env)
        if not found:
            raise PlainError(
                f"环境变量 {self.password_env} 里没有邮箱密码（授权码）。 The password is missing: {self.password_env}."
            )
        return found


class ImapSettings(_Server):
    password_env: str = "TAIZHANG_IMAP_PASSWORD"  # noqa: S105 - the name of a variable
    folders: tuple[str, ...] = ("INBOX",)
    done: Literal["move", "keyword"] = "move"
    done_folder: str = "台账已收"
    most_megabytes: int = Field(default=70, gt=0)  # 50 MB of forms, as mail packs them

    def account(self) -> Account:
        from ingest.mail.mailbox import Account

        return Account(
            host=self.host,
            port=self.port or _PORTS[self.security],
            security=self.security,
            user=self.user,
            password=self.password(),
            done=self.done,
            done_folder=self.done_folder,
            ca_file=self.ca_file,
            timeout_seconds=self.timeout_seconds,
        )


class SmtpSettings(_Server):
    password_env: str = "TAIZHANG_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
    sender: str
    recipients: tuple[str, ...] = Field(min_length=1)

    @property
    def number(self) -> int:
        return self.port or _SMTP_PORTS[self.security]


class RouteSettings(_Strict):
    campaign: str
    folder: str = ""
    recipient: str = ""
    subject: str = ""
    attachment: str = ""


class MailSettings(_Strict):
    """`letters` says by campaign, and there by unit_id or name, to which addresses a unit's 核实单 goes."""

    imap: ImapSettings | None = None
    smtp: SmtpSettings | None = None
    routes: tuple[RouteSettings, ...] = ()
    letters: dict[str, dict[str, Addresses]] = Field(default_factory=dict)

    @property
    def mail_routes(self) -> tuple[MailRoute, ...]:
        from ingest.receiving.envelope import MailRoute

        return tuple(
            MailRoute(route.campaign, route.folder, route.recipient, route.subject, route.attachment)
            for route in self.routes
        )


def mail_settings(home: Home) -> MailSettings:
    """What mail.toml says; without the file, nothing is fetched and nothing is sent.

    Raises:
        PlainError: the file cannot be read or says what is not understood; the message names the place.
    """
    path: Path = home.root / FILE_NAME
    if not path.is_file():
        return MailSettings()
    try:
        return MailSettings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlainError(f"{path} 读不了：{error}。 Cannot be read.") from error
    except ValidationError as error:
        wrong = "；".join(f"{'.'.join(map(str, one['loc']))}：{one['msg']}" for one in error.errors())
        raise PlainError(f"{path} 写得不对：{wrong}。 Not understood.") from error
