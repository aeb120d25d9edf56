"""E-mail: what its writer wrote."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sos_lint.document import BlockKind
from sos_lint.errors import UnreadableFile
from sos_lint.readers import read_bytes

HEAD = "From: Odette <o@example.org>\r\nTo: t@example.org\r\nSubject: {}\r\n"
PLAIN = 'Content-Type: text/plain; charset="utf-8"\r\n'
OWN = "Tom is six.\r\n\r\nHe hides.\r\n"


def text_of(data: bytes) -> list[str]:
    return read_bytes(data, "a.eml").text.split("\n")


def plain(words: str, more: str = PLAIN, subject: str = "Visit") -> bytes:
    return f"{HEAD.format(subject)}{more}\r\n{words}".encode()


def web(words: str) -> bytes:
    return plain(words, "Content-Type: text/html\r\n")


def test_subject_and_body_with_their_places() -> None:
    document = read_bytes(plain(OWN), "a.eml")
    assert [(b.kind, b.where, b.at.of(document.text)) for b in document.blocks] == [
        (BlockKind.HEADING, "subject", "Visit"),
        (BlockKind.PARAGRAPH, "paragraph 1", "Tom is six."),
        (BlockKind.PARAGRAPH, "paragraph 2", "He hides."),
    ]
    assert document.source is None
    assert not document.can_change


# What stands after the writer's own words, and is not read.
NOT_OWN = {
    "a quotation": "\r\nOn 4 March 2026 at 10:02, Tom <t@x.org> wrote:\r\n> neglect\r\n>> neglect\r\n",
    "a quotation whose opening is broken": "On 4 March 2026 Tom\r\n<t@x.org> wrote:\r\n\r\n> neglect",
    "a signature": "-- \r\nneglect\r\n",
    "a signature whose space was lost": "--\r\nneglect",
    "a telephone's": "Sent from my iPhone\r\nneglect",
    "an original message": "-----Original Message-----\r\nneglect\r\n",
    "a forwarded message": "---------- Forwarded message ---------\r\nneglect",
    "an earlier message of Outlook": "_________\r\nFrom: A\r\nSent: Monday\r\nTo: B\r\n\r\nneglect",
    "the same in bold": "*From:* A\r\n*Sent:* Monday\r\n*To:* B\r\n\r\nneglect",
}  # fmt: skip


@pytest.mark.parametrize("more", NOT_OWN.values(), ids=NOT_OWN)
def test_what_is_not_the_writers_own(more: str) -> None:
    assert text_of(plain(OWN + more)) == ["Visit", "Tom is six.", "He hides."]


OWN_WORDS = {
    "an answer below": ("On Monday Tom wrote:\r\n> neglect\r\n\r\nHe hides.", ["He hides."]),
    "answers between": ("> a\r\nYes.\r\n> b\r\nNo.", ["Yes. No."]),
    "on, but not an opening": ("On Monday Tom hid.\r\n\r\n> a", ["On Monday Tom hid."]),
    "from, but not a header": ("From: Nana\r\nHe hides.", ["From: Nana", "He hides."]),
}


@pytest.mark.parametrize(("words", "expected"), OWN_WORDS.values(), ids=OWN_WORDS)
def test_the_writers_own_words_stay(words: str, expected: list[str]) -> None:
    assert text_of(plain(words)) == ["Visit", *expected]


# What stands after them, where a message is only a web page.
PAGES = {
    "Gmail": "<div class='gmail_quote'>On Monday Tom wrote:<q>neglect</q></div>",
    "Apple": "<blockquote type='cite'><div>On Monday Tom wrote:</div>neglect</blockquote>",
    "Outlook on the web": "<hr><div id='divRplyFwdMsg'><b>From:</b> A</div><div>neglect</div>",
    "Outlook": "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>From: A</div>neglect",
    "a signature": "<div class='x moz-signature'>neglect</div>",
    "a preview": "<div style='display:none'>neglect</div>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_message_that_is_only_a_web_page(page: str) -> None:
    document = read_bytes(web(f"<p>Tom is six.</p>{page}"), "a.eml")
    assert [(block.where, block.at.of(document.text)) for block in document.blocks] == [
        ("subject", "Visit"),
        ("paragraph 1", "Tom is six."),
    ]


@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_every_encoding(transfer: str, charset: str) -> None:
    message = EmailMessage()
    message["From"] = "o@example.org"
    message["Subject"] = "Zoë’s visit"
    message.set_content("Zoë is six.\n", charset=charset, cte=transfer)
    assert text_of(message.as_bytes()) == ["Zoë’s visit", "Zoë is six."]


def test_the_plain_version_is_read_and_attachments_are_not() -> None:
    message = EmailMessage()
    message["Subject"] = "RE: Fwd: Visit"
    message.set_content("Tom is six.")
    message.add_alternative("<p>neglect</p>", subtype="html")
    message.add_attachment("neglect", filename="a.txt")
    inner = EmailMessage()
    inner.set_content("neglect")
    message.add_attachment(inner)
    assert text_of(message.as_bytes()) == ["Visit", "Tom is six."]


def test_lines_broken_only_to_be_sent_are_joined() -> None:
    flowed = "Content-Type: text/plain; format=flowed\r\n"
    assert text_of(plain("Tom is \r\nSix \r\nNow\r\n-- \r\nneglect", flowed)) == ["Visit", "Tom is Six Now"]


def test_an_unknown_encoding_is_guessed() -> None:
    data = plain("", "Content-Type: text/plain; charset=nonsense\r\n") + "Zoë is six.".encode("cp1252")
    assert text_of(data) == ["Visit", "Zoë is six."]


ODD_SETTINGS = {
    "in pieces of no order": "charset*0*=utf-8''a; charset*=b; format*0*=a; format*=b",
    "in an encoding that is none": "charset*=idna''%ff; boundary*=idna''%ff",
    "in a piece of many digits": f"charset*{'1' * 4301}*=a; format*{'1' * 4301}*=flowed",
    "with a NUL": "charset*=a%00b''utf-8",
}


@pytest.mark.parametrize("settings", ODD_SETTINGS.values(), ids=ODD_SETTINGS)
def test_settings_that_cannot_be_read_take_no_words_away(settings: str) -> None:
    """The standard library breaks on these; the message says what it says all the same."""
    assert text_of(plain("Tom is six.", f"Content-Type: text/plain; {settings}\r\n")) == [
        "Visit",
        "Tom is six.",
    ]


FAULTS = {
    "no e-mail": (b"Tom is six.\n", "not an e-mail"),
    "no words": (b"From: a@example.org\r\n\r\n> neglect\r\n", "no words of its own"),
    "encrypted": (plain("x", "Content-Type: multipart/encrypted; boundary=a\r\n"), "encrypted"),
    "encrypted by S/MIME": (plain("x", "Content-Type: application/pkcs7-mime\r\n"), "encrypted"),
    "parts without a border": (plain("x", "Content-Type: multipart/mixed\r\n"), "where its parts begin"),
    "parts with a border that cannot be": (
        plain("x", "Content-Type: multipart/mixed; boundary*0*=utf-8''B; boundary*=B\r\n"),
        "where its parts begin",
    ),
    "a picture": (plain("", "Content-Type: image/png\r\n", ""), "no words of its own"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as raised:
        read_bytes(data, "a.eml")
    assert raised.value.hint
