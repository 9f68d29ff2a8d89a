"""A real IMAP server on the loopback for tests: Debian's dovecot with a configuration and a folder of its own.

Belongs here: starting and ending the server, and putting mails into its mailboxes. Does not belong here: what is done
with them. Any user name is a mailbox of its own; the password is one for all.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from imapclient import IMAPClient

from ingest.receiving.envelope import BEIJING

PASSWORD = "nur-ein-test"
WHY_SKIPPED = "no IMAP server here: install the Debian package dovecot-imapd (make test-tools)"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
"""


def dovecot() -> str | None:
    """Where the server is installed, if it is."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class MailServer:
    port: int
    tls_port: int
    certificate: Path

    @contextmanager
    def login(self, user: str) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(user, PASSWORD)
            yield client

    def deliver(self, user: str, content: bytes, at: datetime, folder: str = "INBOX") -> None:
        """Put a mail into a mailbox as if the server had taken it in at that time (Beijing)."""
        with self.login(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, content, msg_time=at.replace(tzinfo=BEIJING))

    def subjects(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """What lies in a folder, as written in the mails."""
        with self.login(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            uids = client.search(["UNDELETED"])
            found = client.fetch(uids, ["ENVELOPE"]) if uids else {}
            return sorted(found[uid][b"ENVELOPE"].subject for uid in found)


def a_mail(subject: str, *attached: tuple[str, bytes], sender: str = "ceshi@example.org", to: str = "") -> bytes:
    """An ordinary mail with files attached."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"测试员甲 <{sender}>", to or "anwei@example.org", subject
    message["Message-ID"] = f"<{subject.encode().hex()[:40]}@example.org>"
    message.set_content("见附件。")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    """Start the server and end it again; its processes need a folder that every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="taizhang-imap-"))
    folder.chmod(0o755)
    owner = pwd.getpwnam("mail") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    (folder / "mail").mkdir()
    os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    server = MailServer(_free_port(), _free_port(), folder / "server.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-keyout", folder / "server.key", "-out", server.certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    text = _CONFIGURATION.format(
        folder=folder, password=PASSWORD, uid=owner.pw_uid, gid=owner.pw_gid,
        port=server.port, tls_port=server.tls_port,
    )  # fmt: skip
    if os.getuid():
        name = owner.pw_name
        text = f"default_internal_user = {name}\ndefault_login_user = {name}\n{text}"
    (folder / "dovecot.conf").write_text(text)
    process = subprocess.Popen([str(dovecot()), "-F", "-c", folder / "dovecot.conf"])
    try:
        _wait_for(server.port, process, folder / "dovecot.log")
        yield server
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the mail server does not answer: {log.read_text() if log.exists() else ''}")
