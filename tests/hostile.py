"""Words and names made to steer whatever shows them, and what a report of each format is found to obey.

Each report is read by a parser of its format that is not ours. What `obeyed` gives back should be nothing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html
from markdown_it import MarkdownIt

WORDS = {
    "a command of GitHub": "::error file=a::x",
    "the end of commands": "::stop-commands::x",
    "an older command of GitHub": "##[add-path]x",
    "a command of Azure": "##vso[task.setvariable variable=a]b",
    "a message of TeamCity": "##teamcity[buildStop]",
    "a section of GitLab": "section_start:1:a\r\x1b[0Kb",
    "an escaped line break of GitHub": "x%0A::error::y",
    "the end of a CDATA section": "]]><![CDATA[x",
    "an entity": "&#27;[31m &lt;b&gt; &amp;lt;",
    "an element": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "the end of an attribute": "\"' onmouseover='alert(1)' x=\"",
    "the end of a remark": "--><script>x</script><!--",
    "colour": "\x1b[31mred\x1b[0m",
    "a link of the terminal": "\x1b]8;;http://a.example\x1b\\b\x1b]8;;\x07",
    "the clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "the title of the window": "\x1b]0;x\x07\x1bP+q\x1b\\",
    "an answer of the terminal": "\x1b[6n\x1b[c\x05",
    "controls of eight bits": "\x9b31m\x9d52;c;eA==\x9c\x85\x90",
    "back and over": "abc\b\b\bxyz\rover\x7f",
    "other directions": "\u202eabc\u2066d\u2069\u061c\u200f",
    "ends of lines": "a\x0bb\x0cc\u2028d\u2029e",
    "no characters": "\ufffe\uffff\x00",
    "a link and a picture": "[a](javascript:x) ![b](http://b.example/b.png) <http://a.example>",
    "calls and references": "@octocat #1 !2 ~bug %v1 $3 GH-4 www.a.example https://a.example",
    "a table and code": "|a|`b`\\|c ```",
    "an order in a comment": "/close",
    "a format": "{0.__class__} {text} %(x)s %n",
    "markup of rich": "[bold red]x[/] [link=http://a.example]y[/link] :smile:",
    "a formula": '=cmd|"/c calc"!A1',
}
# Parts of names of files; none holds a slash, which parts folders.
NAMES = {
    "a line break": "a\nb",
    "a command": "::error::x",
    "a command after a line break": "a\n::error::x",
    "a command of Azure": "##vso[task.complete]",
    "escapes": "\x1b[31m\x1b]52;c;eA==\x07",
    "eight bits": "\x9b31m\x85",
    "other directions": "\u202etxt.exe\u2066",
    "not UTF-8": os.fsdecode(b"caf\xe9\xff"),
    "an element": "<img src=x onerror=alert(1)>",
    "the end of CDATA": "]]>",
    "quotes": "\"'`",
    "a call": "@octocat #1 !2",
    "a table": "a|b",
    "a percent": "%0A%25",
    "only spaces": "   ",
    "an option": "--output=x",
}

CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)\Z")
_SHOWN = {
    *("h2", "h3", "ul", "li", "br", "table", "thead", "tbody", "tr", "th", "td", "p"),
}
_RUNS = {"script", "iframe", "object", "embed", "img", "link", "base", "form", "svg", "video", "audio"}


def obeyed(report: str, format: str) -> list[str]:
    """What in a report would steer what shows it."""
    faults = [f"a control: {sign!a}" for sign in set(CONTROLS.findall(report))]
    faults += [f"an order: {sign}" for sign in re.findall(r"##\w*\[", report)]
    if format != "github":
        faults += [f"a command: {line!a}" for line in report.splitlines() if line.lstrip().startswith("::")]
    return [*faults, *_READ[format](report)]


def _text(_: str) -> Iterator[str]:
    yield from ()


def _json(report: str) -> Iterator[str]:
    json.loads(report)
    yield from ()


def _sarif(report: str) -> Iterator[str]:
    (run,) = json.loads(report)["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        yield from _of_page(
            MarkdownIt("commonmark", {"html": True}).render(rule["help"]["markdown"]),
            {"strong", "em"} | _SHOWN,
        )
    for artifact in run["artifacts"]:
        uri = artifact["location"]["uri"]
        if re.search(r"[^\w./~%-]", uri) or re.match(r"\w+:", uri):
            yield f"a place that is no path: {uri!a}"


def _github(report: str) -> Iterator[str]:
    for line in report.splitlines():
        command = _COMMAND.match(line)
        if command is None or command[1] not in {"error", "warning", "notice"}:
            yield f"no annotation: {line!a}"
            continue
        keys = [one.partition("=")[0] for one in command[2].split(",")]
        if set(keys) - {"file", "line", "endLine", "col", "endColumn", "title"} or len(set(keys)) < len(keys):
            yield f"another property: {command[2]!a}"


def _gitlab(report: str) -> Iterator[str]:
    for issue in json.loads(report):
        if not re.fullmatch(r"[0-9a-f]{32}", issue["fingerprint"]):
            yield "no fingerprint"


def _xml(report: str) -> Iterator[str]:
    root = etree.fromstring(report.encode(), etree.XMLParser(resolve_entities=False))
    known = {"testsuites", "testsuite", "testcase", "failure", "error", "system-out", "checkstyle", "file"}
    for element in root.iter():
        if element.tag not in known:
            yield f"an element of somebody's: {element.tag}"
        held = [element.text or "", *map(str, element.attrib.values())]
        yield from (f"a control: {words!a}" for words in held if CONTROLS.search(words))


def _summary(report: str) -> Iterator[str]:
    page = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(report.replace("<!-- sos-lint -->", ""))
    )
    yield from _of_page(page, _SHOWN)
    shown = html.fromstring(f"<div>{page}</div>").text_content()
    calls = re.findall(r"[@#!~%$]\w+|://|www\.|GH-\d", shown)
    yield from (f"a call: {one}" for one in calls)
    yield from (f"an order: {line}" for line in report.splitlines() if line.startswith(("/", "    ")))


def _of_page(page: str, allowed: set[str]) -> Iterator[str]:
    for element in html.fragments_fromstring(page):
        inside = [element] if isinstance(element, str) else element.iter()
        for one in inside:
            if not isinstance(one, str) and one.tag not in allowed:
                yield f"an element of somebody's: {one.tag}"


def _page(report: str) -> Iterator[str]:
    page = html.document_fromstring(report)
    for element in page.iter():
        if element.tag in _RUNS:
            yield f"an element that runs or loads: {element.tag}"
        for key, value in element.attrib.items():
            if key.startswith("on") or (key in {"href", "src", "action"} and not value.startswith("#")):
                yield f"an attribute that runs or loads: {key}={value!a}"
    if len(page.findall(".//style")) > 1:
        yield "a style of somebody's"


_READ = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _xml,
    "checkstyle": _xml,
    "summary": _summary,
    "html": _page,
}


def put_drafts(folder: Path) -> int:
    """Drafts of hostile words under hostile names, and files that cannot be read; how many there are."""
    sentences = [
        f"{words} There is neglect {words} and she has a CIN plan {words}." for words in WORDS.values()
    ]
    text = "".join(f"{sentence}\n\n# {sentence}\n\n- {sentence}\n\n" for sentence in sentences)
    for number, name in enumerate(NAMES.values()):
        (folder / f"{name}{number}.md").write_bytes(text.replace("\0", "").encode("utf-8", "surrogatepass"))
        (folder / f"{name}{number}.docx").write_bytes(b"no Word file")
    return 2 * len(NAMES)
