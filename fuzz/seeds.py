"""Files to begin with: made by real libraries and LibreOffice for our tests, and drafts of the examples."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import test_readers_email as mail_cases
import test_readers_html as page_cases
import test_readers_msg as outlook_cases
import test_readers_odt as odt_cases
import test_readers_rtf as rtf_cases
from msg_files import message
from odt_files import flat, odt_file
from pdf_files import pdf_file
from rtf_files import rtf
from small_packs import ACRONYM, FRAMES, PACK, QUESTIONS, rule
from table_files import csv_text, raw_workbook, workbook
from word_files import generated

from fuzz.laws import BETWEEN, KINDS, kept_packs, kept_result
from sos_lint.cli.init import STARTER

ROOT = Path(__file__).parent.parent
_PARTS_OF_NO_WORDS = (
    "theme",
    "docProps",
    "fontTable",
    "webSettings",
    "thumbnail",
    "printerSettings",
    "settings",
    "customXml",
)
ROWS = [["id", "note"], [1, "Tom said “go”, and hid.\nThere is neglect."], ["2", 'a "CIN" plan']]


def texts() -> Iterator[bytes]:
    """Text and Markdown: the examples, and a form."""
    for path in sorted((ROOT / "examples").rglob("*.md")):
        text = path.read_bytes()
        yield from (text[start : start + 800] for start in (0, len(text) // 2))
    yield "Danger statement:\r\nMum shouts – “go!”\r\n\r\n1. one\r\n   a) two\r\n> I hide.\r\n".encode(
        "utf-16"
    )
    yield "Zoë said: naïve café – “neglect”.".encode("cp1252")


def pages() -> Iterator[bytes]:
    """Web pages."""
    yield from (source.encode() for source, *_ in page_cases.BLOCKS.values())


def word_files() -> Iterator[bytes]:
    """Word files, without the parts that hold no words."""
    yield from (_lean(generated(seed)) for seed in range(6))
    yield _lean((ROOT / "examples" / "referral.docx").read_bytes())


def odt_files() -> Iterator[bytes]:
    """OpenDocument texts."""
    yield from (odt_file(body, odt_cases.STYLES) for body, *_ in odt_cases.BLOCKS.values())
    yield _lean((ROOT / "tests" / "files" / "libreoffice.odt").read_bytes())


def flat_odt_files() -> Iterator[bytes]:
    """OpenDocument texts in one file of XML."""
    yield from (flat(body, odt_cases.STYLES) for body, *_ in odt_cases.BLOCKS.values())


def messages() -> Iterator[bytes]:
    """E-mails, with and without attachments."""
    for words in mail_cases.NOT_OWN.values():
        yield mail_cases.plain(mail_cases.OWN + words)
    yield mail_cases.web("<p>Tom is <b>six</b>.</p><blockquote>neglect</blockquote>")
    yield _with_attachments()


def _with_attachments() -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Zoë’s plan"
    mail.set_content("There is neglect. – Zoë\n", cte="quoted-printable")
    mail.add_alternative("<p>There is neglect.</p>", subtype="html", cte="base64")
    mail.add_attachment(b"There is neglect.\n", maintype="text", subtype="plain", filename="plan.txt")
    inner = EmailMessage()
    inner["Subject"] = "earlier"
    inner.set_content("He hides.\n")
    mail.add_attachment(inner)
    return mail.as_bytes()


def outlook_messages() -> Iterator[bytes]:
    """Messages of Outlook: plain, a web page, RTF packed and not."""
    yield message("Visit", outlook_cases.OWN)
    yield message("Visit", None, page=outlook_cases.PAGE.encode())
    for rich, _ in outlook_cases.RICH.values():
        yield from (message(None, None, rich=packed) for packed in _packed(rich))
    attached = {"__substg1.0_3701000D": {}, "__substg1.0_37010102": b"There is neglect."}
    yield message("Visit", "Tom is six.", more={"__attach_version1.0_#00000000": attached})


def _packed(rich: bytes) -> Iterator[bytes]:
    import compressed_rtf

    yield compressed_rtf.compress(rich, compressed=True)
    yield compressed_rtf.compress(rich, compressed=False)


def pdf_files() -> Iterator[bytes]:
    """PDF files with a text layer."""
    yield pdf_file(["There is neglect.", "Tom hides."], ["A CIN plan."])
    yield pdf_file(["Name: Tom"])


def rtf_files() -> Iterator[bytes]:
    """Files of RTF."""
    for body, *_ in rtf_cases.BLOCKS.values():
        yield rtf(body, rtf_cases.STYLES)
    yield rtf_cases.SAMPLE.read_bytes()


def csv_files() -> Iterator[bytes]:
    """Text with delimiters."""
    for delimiter in ",;\t|":
        yield csv_text(ROWS, delimiter).encode()
    yield csv_text(ROWS, "\t", quote_all=True).encode("utf-16")
    yield b'sep=;\r\nid;note\r\n1;"Tom ""hid"".\r\nHe is six."\r\n'


def workbooks() -> Iterator[bytes]:
    """Workbooks of Excel."""
    yield _lean(workbook({"A": ROWS, "B": [["x"], ["Notes"]]}, hidden=["B"]))
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>id</t></is></c>'
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    yield raw_workbook(
        f"<sheetData>{rows}</sheetData>", "<si><t>note</t></si><si><r><t>He hides.</t></r></si>"
    )


def _lean(data: bytes) -> bytes:
    """The file without parts that nobody reads: what is short is changed more often where it matters."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            if not any(part in info.filename for part in _PARTS_OF_NO_WORDS):
                new.writestr(info, _lean_part(info.filename, old.read(info)))
    return file.getvalue()


def _lean_part(name: str, part: bytes) -> bytes:
    """The default styles of python-docx are 30 KB, all alike: the first are enough."""
    if not name.endswith("styles.xml") or len(part) < 8000:
        return part
    start, end = part.find(b"<w:latentStyles"), part.find(b"</w:latentStyles>")
    part = part if start < 0 or end < 0 else part[:start] + part[end + len(b"</w:latentStyles>") :]
    heads = part.split(b"</w:style>")
    return b"</w:style>".join(heads[:5]) + b"</w:style></w:styles>" if len(heads) > 6 else part


def whole() -> Iterator[bytes]:
    """Of each kind of file some, after the byte that says of which."""
    makers = (
        texts,
        texts,
        pages,
        messages,
        rtf_files,
        csv_files,
        word_files,
        odt_files,
        flat_odt_files,
        workbooks,
        pdf_files,
        outlook_messages,
    )
    for number, (_, make) in enumerate(zip(KINDS, makers, strict=True)):
        yield from (bytes([number]) + data for data in make())


def attachments() -> Iterator[bytes]:
    """Messages of both kinds."""
    yield from messages()
    yield from outlook_messages()


def packs() -> Iterator[bytes]:
    """The shipped packs' shorter files, each in a small pack of its own, and rules of other kinds."""
    for path in sorted((ROOT / "rules").rglob("*.yml")):
        if path.name != "pack.yml" and path.stat().st_size < 2500:
            yield _pack(path.name, _SOURCE.sub("source: guide", path.read_text("utf-8")))
    rules = (
        rule("a", phrases=["neglect"], unless=["quoted"], not_before=["VERB"]),
        rule("a", tokens=[[{"LOWER": "cold"}]], anchors=["cold"]),
        rule("a", phrases=["cold"], ask=QUESTIONS, scaffold=FRAMES, kind="broad-term"),
        rule("a", phrases=[{"verb": "hide"}], swap={"hides": "is out of sight"}, swap_safety="review"),
        {
            "title": "A",
            "defaults": ACRONYM,
            "entries": [{"short": "CIN", "meanings": [{"is": "Child in Need"}]}],
        },
    )
    yield from (_pack("a.yml", json.dumps(one)) for one in rules)


_SOURCE = re.compile(r"source: .*")
_CLASS = re.compile(r"<([a-z-]+)>")


def _pack(name: str, text: str) -> bytes:
    """A pack with one file, and each class of words that this asks for."""
    words = {
        "words": {name: ["gull", "sea"] for name in sorted(set(_CLASS.findall(text))) if name != "number"}
    }
    files = {"pack.yml": json.dumps(PACK), "words.yml": json.dumps(words), name: text}
    return BETWEEN.join(f"{name}\n{text}".encode() for name, text in files.items())


def configurations() -> Iterator[bytes]:
    """Configurations in YAML and TOML, after the letter that says which."""
    yield b"y" + STARTER.encode()
    yield from (b"y" + text for text in _CONFIGURATIONS)
    yield b't[tool.sos-lint]\nselect = ["jargon"]\n[tool.sos-lint.severity]\njargon = "error"\n'
    yield b't[[tool.sos-lint.overrides]]\nfiles = ["*.md"]\nignore = ["acronyms"]\n'


_CONFIGURATIONS = (
    b"select: [jargon, broad-terms]\nignore: acronyms\nfail-on: error\nprofile: strict\n",
    b"overrides:\n  - files: ['drafts/*.md']\n    with: [english]\nseverity:\n  jargon: suggestion\n",
    b"ignore-words:\n  - words: CIN plan\n    rules: [acronyms]\n    reason: ours\nrequire-reason: true\n",
    b"packs: [mine]\ninclude: ['*.md', '!a']\nexclude: ['**/old']\nforce-exclude: true\n",
    b"column: note\nattachments: true\nbaseline: b.json\nservice: england\nform: assessment\n",
)


def answer_files() -> Iterator[bytes]:
    """Files of answers."""
    yield (ROOT / "tests" / "golden" / "questions.yml").read_bytes()
    yield b'- rule: broad-terms/neglect\n  place: "1:2"\n  answers:\n    worst: 3\n  replace: true\n'
    yield b"- rule: acronyms/sections\n  meaning: 2\n- rule: jargon/contact\n  skip: rule\n"
    yield b'- rule: jargon/contact\n  sentence: "a: \\u2028b"\n  write: |\n    Two\n    lines\n'


def baselines() -> Iterator[bytes]:
    """Baselines."""
    yield b'{"schema": 1, "salt": "00ff", "files": {"a": {"b": 1}}}'
    yield b'{"schema": 1, "salt": "", "files": {}}'


def results() -> Iterator[bytes]:
    """An entry of the cache."""
    yield kept_result()[1]


def compiled() -> Iterator[bytes]:
    """Compiled packs."""
    yield kept_packs()[2]


def all_of(*makers: Iterable[bytes]) -> Sequence[bytes]:
    """What some makers make."""
    return [data for make in makers for data in make]
