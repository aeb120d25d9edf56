"""Messages of Outlook: what their writer wrote."""

from __future__ import annotations

import struct
from zlib import crc32

import pytest
from compressed_rtf import compress
from msg_files import compound, message
from rtf_files import paragraph, rtf

from sos_lint.document import BlockKind
from sos_lint.errors import UnreadableFile
from sos_lint.limits import Limits, held
from sos_lint.readers import read_bytes
from sos_lint.readers.from_rtf.compressed import unpacked

OWN = "Tom is six.\r\n\r\nHe hides.\r\n"
CODE_PAGE, PAGE_OF_BODY = 0x3FFD0003, 0x3FDE0003


def text_of(data: bytes) -> list[str]:
    return read_bytes(data, "a.msg").text.split("\n")


def test_subject_and_body_with_their_places() -> None:
    document = read_bytes(message("RE: Fwd: Visit", OWN), "a.msg")
    assert [(b.kind, b.where, b.at.of(document.text)) for b in document.blocks] == [
        (BlockKind.HEADING, "subject", "Visit"),
        (BlockKind.PARAGRAPH, "paragraph 1", "Tom is six."),
        (BlockKind.PARAGRAPH, "paragraph 2", "He hides."),
    ]
    assert document.source is None
    assert not document.can_change


# What stands after the writer's own words, and is not read.
NOT_OWN = {
    "a quotation": "\r\nOn 4 March 2026 at 10:02, Tom <t@x.org> wrote:\r\n> neglect\r\n",
    "a signature": "-- \r\nneglect\r\n",
    "an original message": "-----Original Message-----\r\nneglect\r\n",
    "an earlier message": "________\r\nFrom: A <mailto:a@x.org>\r\nSent: Monday\r\nTo: B\r\n\r\nneglect",
}


@pytest.mark.parametrize("more", NOT_OWN.values(), ids=NOT_OWN)
def test_what_is_not_the_writers_own(more: str) -> None:
    assert text_of(message(body=OWN + more)) == ["Visit", "Tom is six.", "He hides."]


def test_a_long_body() -> None:
    """One that is kept in sectors of its own, in a file with a long table of them."""
    words = "Tom is six.\r\n\r\n" * 20_000
    assert text_of(message(body=words)) == ["Visit", *["Tom is six."] * 20_000]


@pytest.mark.parametrize(("codec", "page"), [("cp1252", 1252), ("cp1251", 1251), ("utf-8", 65001)])
def test_characters_of_a_code_page(codec: str, page: int) -> None:
    words = "кот" if codec == "cp1251" else "Zoë’s"
    data = message(words, words, narrow=codec, code_pages={CODE_PAGE: page})
    assert text_of(data) == [words, words]


def test_an_unknown_code_page_is_that_of_windows() -> None:
    assert text_of(message("Zoë", "Zoë.", narrow="cp1252", code_pages={CODE_PAGE: 99999})) == ["Zoë", "Zoë."]
    assert text_of(message("Zoë", "Zoë.", narrow="cp1252")) == ["Zoë", "Zoë."]


PAGE = "<html><body><p>Zoë is six.</p>{}</body></html>"
EARLIER = "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>From: A</div>neglect"


@pytest.mark.parametrize(
    ("codec", "pages"), [("utf-8", {PAGE_OF_BODY: 65001}), ("cp1252", {PAGE_OF_BODY: 1252}), ("cp1252", {})]
)
def test_a_message_that_is_only_a_web_page(codec: str, pages: dict[int, int]) -> None:
    data = message(page=PAGE.format(EARLIER).encode(codec), code_pages=pages)
    assert text_of(data) == ["Visit", "Zoë is six."]


def test_the_plain_version_is_read() -> None:
    assert text_of(message(body=OWN, page=b"<p>neglect", rich=b"neglect")) == [
        "Visit",
        "Tom is six.",
        "He hides.",
    ]


# A web page inside RTF, as Outlook keeps it: its tags apart, what is only for RTF between `\htmlrtf`.
WRAPPED = (
    r"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 A;}}"
    r"{\colortbl\red0;}{\*\generator neglect;}\uc1\pard\plain\deftab360"
    r"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Zo\'eb is \u8211\'96 six{\*\htmltag84 &nbsp;}"
    r"\htmlrtf neglect\~\htmlrtf0 now\{\}.{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0 "
    r"{\*\mhtmltag0 neglect}{\*\htmltag241 <!--\par neglect-->}{\*\htmltag64 <p>}\htmlrtf{\htmlrtf0 "
    r"{\f1\'ea\'ee\'f2} \ldblquote so\rdblquote\tab yes.\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}"
    r"{\*\htmltag0 <div id='divRplyFwdMsg'>}neglect{\*\htmltag0 </div>}}"
).encode("ascii")

RICH = {
    "a web page": (WRAPPED, ["Visit", "Zoë is – six now{}.", "кот “so” yes."]),
    "plain text": (
        rb"{\rtf1\ansi\fromtext\pard Tom is\'a0six.\par\par He\tab hides.\par -- \par neglect}",
        ["Visit", "Tom is six.", "He hides."],
    ),
    "neither": (
        rtf(
            paragraph("Tom is {\\v neglect }six.")
            + paragraph("")
            + r"\trowd\cellx9\pard\intbl He hides.\cell\row"
            + paragraph("-----Original Message-----")
            + paragraph("neglect")
        ),
        ["Visit", "Tom is six.", "He hides."],
    ),
}


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "as it is"])
@pytest.mark.parametrize(("rich", "expected"), RICH.values(), ids=RICH)
def test_a_message_that_is_only_rtf(rich: bytes, expected: list[str], packed: bool) -> None:
    assert text_of(message(rich=compress(rich, packed) + bytes(3))) == expected


@pytest.mark.parametrize("count", [0, 1, 7, 500])
def test_rtf_is_unpacked_as_it_was_packed(count: int) -> None:
    data = b"".join(b"{\\rtf1 Tom is %d. aaaaaaaaaaaaaaaaaaaaaaaa}" % number for number in range(count))
    assert unpacked(compress(data)) == data


def test_attachments_are_not_read() -> None:
    inner = {"__substg1.0_0037001F": "neglect".encode("utf-16-le"), "__properties_version1.0": bytes(24)}
    attached = {"__substg1.0_3701000D": inner, "__substg1.0_1000001F": b"n\0", "__properties_version1.0": b""}
    data = message(body=OWN, more={"__attach_version1.0_#00000000": attached, "__recip": {}})
    assert text_of(data) == ["Visit", "Tom is six.", "He hides."]


def test_a_subject_alone() -> None:
    assert text_of(message("Tom is six.")) == ["Tom is six."]


def changed(at: int, data: bytes) -> bytes:
    """A message with other bytes in its head."""
    written = message(body=OWN)
    return written[:at] + data + written[at + len(data) :]


FAULTS = {
    "text by another name": (b"Tom is six.", "not an Outlook message"),
    "an old Word file": (compound({"WordDocument": b"Tom is six."}), "no Outlook message in it"),
    "cut short": (message(body=OWN)[:1000], "damaged or cut short"),
    "cut short in its head": (message(body=OWN)[:64], "damaged or cut short"),
    "with sectors beyond all measure": (changed(30, b"\x41\0"), "damaged or cut short"),
    "with small sectors beyond all measure": (changed(32, b"\x41\0"), "damaged or cut short"),
    "whose table is not there": (changed(76, b"\xf0\0\0\0"), "damaged or cut short"),
    "whose folder is not there": (changed(48, b"\xf0\0\0\0"), "damaged or cut short"),
    "with more tables than it has sectors": (changed(44, b"\xff\xff\xff\xff"), "damaged or cut short"),
    "with more small sectors than it has bytes": (changed(64, b"\xff\xff\xff\x7f"), "damaged or cut short"),
    "without words": (message("", "> neglect"), "no words of its own"),
    "encrypted": (message(kind="IPM.Note.SMIME"), "encrypted or signed"),
    "RTF that is not what it says": (message(rich=compress(b"{\\rtf1 a}")[:-1] + b"x"), "damaged or cut"),
    "RTF without a head": (message(rich=b"LZFu"), "damaged or cut short"),
    "RTF packed in another way": (message(rich=bytes(8) + b"LZMA" + bytes(99)), "damaged or cut short"),
    "RTF that is cut short": (message(rich=compress(b"{\\rtf1 {a}")), "damaged or cut short"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as raised:
        read_bytes(data, "a.msg")
    assert raised.value.hint


def test_a_signed_message_whose_words_are_there() -> None:
    data = message(body=OWN, kind="IPM.Note.SMIME.MultipartSigned")
    assert text_of(data) == ["Visit", "Tom is six.", "He hides."]


def blown_up(groups: int) -> bytes:
    """RTF, packed: eight characters, then groups of eight references, each the last character 17 times."""
    end, body = 207 + 8, bytearray(b"\0{\\rtf1 a")  # 207 characters count as having stood before
    for _ in range(groups):
        body += b"\xff"
        for _ in range(8):
            body += ((end - 1) % 4096 << 4 | 15).to_bytes(2, "big")
            end += 17
    body += b"\0}"
    check = crc32(body, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(body) + 12, end - 206, b"LZFu", check) + body


def test_rtf_that_unpacks_to_too_much() -> None:
    rich = blown_up(8_000)
    assert text_of(message(rich=rich))[1] == "a" * (8 * 17 * 8_000 + 1)
    with held(Limits(unpacked=1)), pytest.raises(UnreadableFile, match="more than 1 MB of text"):
        read_bytes(message(rich=rich), "a.msg")


def test_more_text_than_any_message_has() -> None:
    with held(Limits(unpacked=1)):
        assert text_of(message(body=OWN))[1] == "Tom is six."
        with pytest.raises(UnreadableFile, match="more than 1 MB of text"):
            read_bytes(message(body="Tom is six. " * 50_000), "a.msg")
