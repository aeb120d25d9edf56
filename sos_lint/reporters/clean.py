"""Makes words from documents and file names safe to show: nothing in them may steer what shows them."""

from __future__ import annotations

import re

_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_STRANGE = "�"
_CONTROLS = (
    _PICTURES
    | dict.fromkeys(range(0x80, 0xA0), _STRANGE)
    | dict.fromkeys(range(0xD800, 0xE000), _STRANGE)  # half a surrogate pair: a file name that is not UTF-8
    | dict.fromkeys((0x2028, 0x2029), _STRANGE)
    # Marks that turn the direction of writing: "Trojan Source", CVE-2021-42574.
    | dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), _STRANGE)
    | {0xAD: "-"}  # a soft hyphen takes one column in some terminals and none in others
)

# Where a line would be obeyed by a build server that reads it: `::error::` (GitHub), `##[section]` and
# `##vso[…]` (Azure). Each match ends in the sign to change.
OBEYED = re.compile(r"(?m)^[^\S\n]*::|##\w*\[")

_TYPED = str.maketrans("“”‘’–—…·", "\"\"''--.-")


def one_line(words: str) -> str:
    """The same words with every tab and line break as a space: the same length, on one line."""
    return words if words.isprintable() else words.translate(_BREAKS)


def visible(words: str, encoding: str = "utf-8") -> str:
    """The same number of characters, each of which the terminal shows and none of which it obeys.

    Controls become pictures of themselves (`␛`). Where the encoding lacks a sign, it is typed as on a
    keyboard if it can be, else `?` stands for it.
    """
    shown = words if words.isprintable() else words.translate(_CONTROLS)
    if encoding.startswith("utf"):
        return shown
    held = "".join(sign if _holds(encoding, sign) else sign.translate(_TYPED) for sign in shown)
    return held.encode(encoding, "replace").decode(encoding)


def safe_line(words: str) -> str:
    """Words that are shown on one line, which no terminal and no build server obeys."""
    return disarmed(visible(words))


def may_be_obeyed(line: str) -> bool:
    """False for a line that no build server takes for a command: for nearly every one."""
    return "::" in line or "##" in line


def disarmed(line: str) -> str:
    """A line of the same length that no build server takes for a command."""
    if not may_be_obeyed(line):
        return line
    return OBEYED.sub(lambda sign: sign[0][:-1] + ("." if sign[0][-1] == ":" else "("), line)


def referred(markup: str) -> str:
    """XML or HTML of the same meaning that no build server takes for a command."""
    if not may_be_obeyed(markup):
        return markup
    return OBEYED.sub(lambda sign: f"{sign[0][:-1]}&#{ord(sign[0][-1])};", markup)


def _holds(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
