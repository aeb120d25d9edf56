"""Changes a file within its structure, so that what is inside the container is tried, not the container.

A mutation takes the bytes, a source of chance and `any_bytes`, which changes plain bytes (libFuzzer's own,
with its dictionary), and gives other bytes. Where the structure is broken already, the bytes are changed as
they are.
"""

from __future__ import annotations

import base64
import quopri
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO

import olefile
from lxml import etree
from msg_files import Folder, compound

AnyBytes = Callable[[bytes], bytes]
Mutation = Callable[[bytes, random.Random, AnyBytes], bytes]

WORDS = (
    "neglect",
    "The CIN plan",
    "He hides.",
    "Tom said “neglect”.",
    "\u00ad",
    "\u200b",
    " ",
    "\u00a0",
    "😀",
    "é",
    "\ufffe",
    "a" * 3000,
    "[" * 500,
    "- [ ] ",
    "Label:",
    "",
    "sos-lint: ignore",
    "\u202e",
    "\x1b[31m",
    "::error::",
)
VALUES = (
    "",
    "-1",
    "0",
    "1",
    "2",
    "99",
    "65536",
    "1048576",
    "99999999999999999999",
    "NaN",
    "1e9",
    "true",
    "id",
    "a" * 2000,
    "²",
    "../../a",
    "heading 1",
    "١",
)
_CONTAINER = 0.08  # how often the container itself is damaged
_DEEP = 260  # libxml2 reads no more than 256 elements within one another


def mutated_zip(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
    """A zip of XML parts: mostly one part is changed, sometimes the parts or the zip itself."""
    if chance.random() < _CONTAINER:
        return any_bytes(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # it is broken in a way that is none of our concern
        return any_bytes(data)
    if not parts:
        return any_bytes(data)
    at = chance.randrange(len(parts))
    name, part = parts[at]
    move = chance.random()
    if move < 0.04:
        del parts[at]
    elif move < 0.08:
        parts.append((chance.choice([name, name.upper(), f"/{name}", name.replace("/", "\\")]), part))
    elif move < 0.10:
        other = chance.randrange(len(parts))
        parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], part)
    elif move < 0.4:
        parts[at] = name, any_bytes(part)
    else:
        parts[at] = name, mutated_xml(part, chance, any_bytes)
    return _zipped(parts, chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))


def _zipped(parts: Sequence[tuple[str, bytes]], how: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts:
            info = zipfile.ZipInfo(name)
            # The first part of an OpenDocument file is never packed.
            archive.writestr(info, part, zipfile.ZIP_STORED if name == "mimetype" else how)
    return file.getvalue()


def mutated_xml(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
    """XML: elements are taken out, doubled, moved, nested and renamed, their words and attributes changed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return any_bytes(data)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        _change_element(chance.choice(elements), elements, root, chance, any_bytes)
    return etree.tostring(root)


def _change_element(
    element: etree._Element,
    elements: Sequence[etree._Element],
    root: etree._Element,
    chance: random.Random,
    any_bytes: AnyBytes,
) -> None:
    parent, other = element.getparent(), chance.choice(elements)
    move = chance.choice(
        ["out", "double", "move", "nest", "deep", "name", "words", "words", "value", "value", "drop"]
    )
    if move == "out" and parent is not None:
        parent.remove(element)
    elif move == "double" and parent is not None:
        parent.insert(parent.index(element), deepcopy(element))
    elif (
        move == "move"
        and parent is not None
        and element not in other.iterancestors()
        and other is not element
    ):
        other.insert(chance.randrange(len(other) + 1), element)
    elif move == "nest" and parent is not None:
        around = etree.Element(other.tag, other.attrib)
        parent.replace(element, around)
        around.append(element)
    elif move == "deep":
        for _ in range(chance.randrange(_DEEP)):
            element = etree.SubElement(element, other.tag)
    elif move == "name" and element is not root:
        element.tag = other.tag
    elif move == "words":
        words = (
            chance.choice(WORDS) if chance.random() < 0.6 else _printable(any_bytes(_said(element).encode()))
        )
        if chance.random() < 0.7:
            element.text = _printable(words.encode())
        else:
            element.tail = _printable(words.encode())
    elif move == "value" and element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
    elif move == "value":
        for key, value in other.attrib.items():
            element.set(key, value)
    elif move == "drop" and element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def _said(element: etree._Element) -> str:
    return element.text or "a"


def _printable(data: bytes) -> str:
    """The bytes as characters that XML may hold."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", data.decode("utf-8", "replace"))


_HEADERS = (
    b"Content-Type: text/plain; charset=utf-8",
    b"Content-Type: text/plain; charset=utf-7",
    b"Content-Type: text/html",
    b"Content-Type: text/plain; charset=idna",
    b'Content-Type: text/plain; charset="us-ascii\\"',
    b"Content-Type: a",
    b"Content-Type: text/plain; format=flowed; delsp=yes",
    b"Content-Type: message/rfc822",
    b"Content-Type: multipart/mixed",
    b"Content-Type: multipart/alternative; boundary=B",
    b'Content-Type: multipart/related; boundary=""',
    b"Content-Type: application/pkcs7-mime",
    b"Content-Type: text/plain; name*=utf-8''a%00.docx",
    b"Content-Type: text/rtf",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Transfer-Encoding: uuencode",
    b"Content-Transfer-Encoding: 8bit",
    b"Content-Transfer-Encoding: x",
    b"Content-Disposition: attachment; filename=a.docx",
    b"Content-Disposition: attachment; filename*0*=utf-8''a; filename*1*=%ff",
    b"Content-Type: multipart/mixed; boundary*0*=utf-8''B; boundary*=B",
    b"Content-Type: text/plain; charset*0*=utf-8''a; format*=flowed; format*2=a",
    b"Content-Type: multipart/mixed; boundary*=idna''%ff",
    b"Subject: =?utf-8?q?a=E2?=",
    b"Subject: =?idna?b?//8=?=",
    b"Subject: =?x?y?z?= =?utf-16?b?2A==?=",
    b"MIME-Version: 1.0",
    b"Date: ",
    b"From: a@example.org",
)
_SPLITS = (
    b"--B",
    b"--B--",
    b"--",
    b"",
    b"begin 644 a.txt",
    b"end",
    b"> ",
    b"-- ",
    b"From: a",
    b"On 3 May Jo wrote:",
)


def mutated_mail(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
    """A message: headers and boundaries are put in, taken out and moved, bodies encoded, parts nested."""
    move = chance.random()
    if move < 0.25:
        return any_bytes(data)
    if move < 0.32:
        return (
            b"Content-Type: multipart/mixed; boundary=B\n\n--B\n"
            + data
            + b"\n--B\n"
            + data[: len(data) // 2]
            + b"\n--B--\n"
        )
    if move < 0.36:
        return b"Content-Type: message/rfc822\n\n" + data
    if move < 0.44:
        head, _, body = data.partition(b"\n\n")
        how, encoded = chance.choice(
            [(b"base64", base64.encodebytes(body)), (b"quoted-printable", quopri.encodestring(body))]
        )
        return head + b"\nContent-Transfer-Encoding: " + how + b"\n\n" + encoded
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    end = min(len(lines), start + chance.choice([1, 1, 1, 3, 9, 40]))
    if move < 0.55:
        lines[start:end] = []
    elif move < 0.65:
        lines[start:start] = lines[start:end] * chance.choice([1, 1, 5, 40])
    elif move < 0.75:
        lines[start] = any_bytes(lines[start])
    elif move < 0.8:
        lines[start:start] = [chance.choice(_SPLITS)]
    else:
        lines[start : start + chance.randrange(2)] = [chance.choice(_HEADERS)]
    return b"\n".join(lines)


_OBJECT = re.compile(rb"\d+ \d+ obj.*?endobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_NUMBER = re.compile(rb"-?\b\d+(?:\.\d+)?\b")
_NAME = re.compile(rb"/[A-Za-z]+")


def mutated_pdf(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
    """A PDF file: objects are changed, doubled and led to one another, and the table of places is mended."""
    objects = [match.group() for match in _OBJECT.finditer(data)]
    if not objects or chance.random() < _CONTAINER:
        return any_bytes(data)
    at = chance.randrange(len(objects))
    one, move = objects[at], chance.random()
    if move < 0.3:
        objects[at] = any_bytes(one)
    elif move < 0.4:
        objects[at] = one.split(b"obj", 1)[0] + b"obj" + chance.choice(objects).split(b"obj", 1)[-1]
    elif move < 0.55:
        objects[at] = _swapped(_REFERENCE, one, chance, b"%d 0 R" % chance.randrange(len(objects) + 2))
    elif move < 0.75:
        objects[at] = _swapped(_NUMBER, one, chance, chance.choice(VALUES[1:11]).encode())
    elif move < 0.95:
        names = _NAME.findall(data)
        objects[at] = _swapped(_NAME, one, chance, chance.choice(names))
    else:
        objects.insert(at, one)
    return _with_table(objects)


def _swapped(pattern: re.Pattern[bytes], data: bytes, chance: random.Random, new: bytes) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + new + data[match.end() :]


def _with_table(objects: Sequence[bytes]) -> bytes:
    data, table = b"%PDF-1.4\n", b""
    for one in objects:
        table += b"%010d 00000 n \n" % len(data)
        data += one + b"\n"
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>" % (size, table, size)
    return data + end + b"\nstartxref\n%d\n%%%%EOF" % len(data)


def mutated_compound(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
    """A compound file: mostly one of its streams is changed, sometimes the file itself."""
    if chance.random() < 3 * _CONTAINER:
        return any_bytes(data)
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            streams = {tuple(path): file.openstream(path).read() for path in file.listdir()}
    except Exception:  # it is broken in a way that is none of our concern
        return any_bytes(data)
    if not streams:
        return any_bytes(data)
    path = chance.choice(sorted(streams))
    if chance.random() < 0.1:
        del streams[path]
    else:
        streams[path] = any_bytes(streams[path] or b"a")
    root: dict[str, Folder | bytes] = {}
    for names, stream in streams.items():
        folder = root
        for name in names[:-1]:
            inner = folder.setdefault(name, {})
            if not isinstance(inner, dict):
                return any_bytes(data)
            folder = inner
        folder[names[-1]] = stream
    return compound(root)


_PARAGRAPHS = re.compile(rb"(\n+|[{}<>])")


def mutated_text(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
    """Text with markup: mostly as libFuzzer changes it, sometimes pieces are doubled, moved or nested."""
    if chance.random() < 0.8:
        return any_bytes(data)
    pieces = _PARAGRAPHS.split(data)
    start = chance.randrange(len(pieces))
    end = min(len(pieces), start + chance.choice([1, 2, 4, 16]))
    move = chance.random()
    if move < 0.3:
        pieces[start:end] = []
    elif move < 0.6:
        pieces[start:start] = pieces[start:end] * chance.choice([1, 1, 2, 30])
    elif move < 0.8:
        pieces.insert(chance.randrange(len(pieces)), b"".join(pieces[start:end]))
    else:
        pieces[start:start] = [chance.choice(WORDS).encode()]
    return b"".join(pieces)


def after_first(mutation: Mutation) -> Mutation:
    """The mutation of all but the first byte, which says of what kind the others are."""

    def mutate(data: bytes, chance: random.Random, any_bytes: AnyBytes) -> bytes:
        return data[:1] + mutation(data[1:], chance, any_bytes)

    return mutate
