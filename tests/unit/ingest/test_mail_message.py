"""What is attached to a mail, in every spelling that mail programs use."""

import base64
from datetime import datetime

import pytest

from ingest.files.zip_members import DamagedError
from ingest.mail.mail_message import attachments, looks_like_mail, mail_name, read_head
from ingest.receiving.envelope import Envelope, MailRoute, campaigns_for

CSV = base64.b64encode(b"1,2").decode()
NAME = "孤山镇6月调度表.xlsx"


def mail(*parts: str, head: str = "") -> bytes:
    """A mail of the given MIME parts, each with its own headers."""
    body = "".join(f"--B\r\n{part}\r\n" for part in parts)
    return f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n{body}--B--\r\n'.encode(
        "utf-8", "surrogateescape"
    )


def attachment(*headers: str, kind: str = "application/octet-stream", body: str = CSV) -> str:
    lines = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *headers]
    return "\r\n".join(lines) + f"\r\n\r\n{body}"


def word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode('gb18030' if charset == 'gb2312' else charset)).decode()}?="


def bare(text: str, encoding: str) -> str:
    return text.encode(encoding).decode("utf-8", "surrogateescape")


def split_word(text: str) -> str:
    """GBK cut into two encoded words in the middle of a character, as some mail programs do."""
    raw = text.encode("gbk")
    pieces = [base64.b64encode(piece).decode() for piece in (raw[:3], raw[3:])]
    return "\r\n ".join(f"=?gb2312?B?{piece}?=" for piece in pieces)


@pytest.mark.parametrize(
    "header",
    [
        f'Content-Disposition: attachment; filename="{word(NAME, "utf-8")}"',
        f'Content-Disposition: attachment; filename="{word(NAME, "gb2312")}"',
        f"Content-Disposition: attachment; filename={word(NAME, 'gb18030')}",
        f'Content-Disposition: attachment;\r\n filename="{split_word(NAME)}"',
        "Content-Disposition: attachment;\r\n"
        " filename*=UTF-8''%E5%AD%A4%E5%B1%B1%E9%95%876%E6%9C%88%E8%B0%83%E5%BA%A6%E8%A1%A8.xlsx",
        "Content-Disposition: attachment; filename*=gb18030''%B9%C2%C9%BD%D5%F26%D4%C2%B5%F7%B6%C8%B1%ED.xlsx",
        "Content-Disposition: attachment;\r\n filename*0*=UTF-8''%E5%AD%A4%E5%B1%B1;\r\n"
        " filename*1*=%E9%95%876%E6%9C%88%E8%B0%83%E5%BA%A6%E8%A1%A8;\r\n filename*2=.xlsx",
        f'Content-Disposition: attachment; filename="{bare(NAME, "gbk")}"',
        f'Content-Disposition: attachment; filename="{bare(NAME, "utf-8")}"',
    ],
)
def test_the_name_of_an_attachment_is_read_in_every_spelling(header: str) -> None:
    assert list(attachments(mail(attachment(header)))) == [(NAME, b"1,2")]


def test_a_name_in_the_content_type_only_is_found_and_a_missing_one_is_made() -> None:
    named = attachment(kind=f'application/vnd.ms-excel; name="{word(NAME, "gb2312")}"')
    assert [name for name, _ in attachments(mail(named, attachment()))] == [NAME, "附件2"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("C:\\\\a.xlsx", "C:_a.xlsx"),
        ("a" * 300 + ".xlsx", "a" * 114 + "….xlsx"),
    ],
)
def test_a_hostile_name_is_a_harmless_label(name: str, label: str) -> None:
    (found,) = attachments(mail(attachment(f'Content-Disposition: attachment; filename="{name}"')))
    assert found[0] == label


def test_the_text_pictures_in_it_and_signatures_are_no_attachments() -> None:
    picture = attachment("Content-Disposition: inline", "Content-ID: <logo>", kind="image/png")
    logo = attachment('Content-Disposition: attachment; filename="logo.png"', "Content-ID: <logo2>", kind="image/png")
    signature = attachment('Content-Disposition: attachment; filename="smime.p7s"', kind="application/pkcs7-signature")
    text = "Content-Type: text/plain; charset=utf-8\r\n\r\n1.1 是 5"
    page = "Content-Type: text/html\r\n\r\n<table><tr><td>5</td></tr></table>"
    assert list(attachments(mail(text, page, picture, logo, signature))) == []


def test_a_photograph_sent_as_a_file_and_a_csv_shown_in_the_text_are_attachments() -> None:
    photo = attachment('Content-Disposition: attachment; filename="盖章.jpg"', kind="image/jpeg")
    csv = 'Content-Type: text/plain; name="a.csv"\r\nContent-Disposition: inline\r\n\r\n1,2'
    inline = attachment('Content-Disposition: inline; filename="b.xlsx"')
    assert [name for name, _ in attachments(mail(photo, csv, inline))] == ["盖章.jpg", "a.csv", "b.xlsx"]


def test_a_forwarded_mail_is_an_attachment_that_is_a_mail() -> None:
    inner = mail(attachment('Content-Disposition: attachment; filename="a.csv"'), head="Subject: 转来的\r\n")
    outer = mail("Content-Type: message/rfc822\r\n\r\n" + inner.decode().replace("--B", "--C").replace('"B"', '"C"'))
    ((name, content),) = attachments(outer)
    assert (name, looks_like_mail(content, name)) == ("转来的.eml", True)
    assert list(attachments(content)) == [("a.csv", b"1,2")]


def test_a_mail_that_is_one_attachment_and_nothing_else_is_read() -> None:
    assert list(attachments(attachment('Content-Disposition: attachment; filename="a.csv"').encode())) == [
        ("a.csv", b"1,2")
    ]


def test_nesting_without_end_is_damage_and_no_crash() -> None:
    content = "".join(
        f'Content-Type: multipart/mixed; boundary="{level}"\r\n\r\n--{level}\r\n' for level in range(3000)
    )
    with pytest.raises(DamagedError):
        list(attachments(content.encode()))


def test_the_head_is_read_in_the_encodings_of_chinese_mail_programs() -> None:
    head = read_head(
        (
            f"From: {word('测试员甲', 'gb2312')} <CeShi@Example.org>\r\n"
            f"To: {word('安委办', 'utf-8')} <anwei@example.org>, b@example.org\r\n"
            f"Delivered-To: haicheng@example.org\r\n"
            f"Subject: {split_word('孤山镇六月报表')}\r\nMessage-ID: <1@example.org>\r\n\r\n"
        ).encode()
    )
    assert head.sender == "ceshi@example.org"
    assert head.recipients == ("anwei@example.org", "b@example.org", "haicheng@example.org")
    assert (head.subject, head.message_id) == ("孤山镇六月报表", "<1@example.org>")


def test_a_head_in_bare_gbk_and_one_that_is_missing() -> None:
    assert read_head("Subject: 孤山镇\r\n\r\n".encode("gbk")).subject == "孤山镇"
    empty = read_head(b"\r\nhello")
    assert (empty.subject, empty.sender, empty.recipients) == ("", "", ())
    assert mail_name("") == "无主题.eml"
    assert mail_name("a/b\r\nc") == "a_b__c.eml"


def test_only_a_mail_looks_like_one() -> None:
    assert looks_like_mail(b"Received: from a\r\n", "x.EML")
    assert not looks_like_mail(b"PK\x03\x04", "x.eml")
    assert not looks_like_mail(b"MIME-Version: 1.0\r\n", "x.mht")


ENVELOPE = Envelope(
    "a", "INBOX/海城", 1, 2, datetime(2023, 6, 24), "", "c@example.org", ("anwei@example.org",), "六月重大事故隐患"
)


@pytest.mark.parametrize(
    ("routes", "attachment", "named"),
    [
        ([], "a.xlsx", []),
        ([MailRoute("h")], "a.xlsx", ["h"]),
        ([MailRoute("h", folder="INBOX/海城")], "", ["h"]),
        ([MailRoute("h", folder="INBOX")], "", []),
        ([MailRoute("h", recipient="Anwei@example.org"), MailRoute("p", recipient="x@example.org")], "", ["h"]),
        ([MailRoute("h", subject="重大事故"), MailRoute("p", subject="治本攻坚")], "", ["h"]),
        ([MailRoute("h", attachment="调度表"), MailRoute("p", attachment="任务清单")], "六月.zip!调度表.xlsx", ["h"]),
        ([MailRoute("h", subject="重大"), MailRoute("h", folder="INBOX/海城")], "", ["h"]),
        ([MailRoute("h", subject="重大"), MailRoute("p", attachment="a")], "a.xlsx", ["h", "p"]),
        ([MailRoute("h", subject="重大", attachment="b")], "a.xlsx", []),
    ],
)
def test_routes_name_one_campaign_or_leave_a_question(routes: list, attachment: str, named: list) -> None:
    assert campaigns_for(routes, ENVELOPE, attachment) == named
