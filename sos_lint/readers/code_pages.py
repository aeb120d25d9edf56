"""Which encoding the number of a code page of Windows means."""

from __future__ import annotations

import codecs

MAC = 10000
_NAMES = {
    MAC: "mac_roman", 1200: "utf-16-le", 1201: "utf-16-be", 20127: "ascii", 20866: "koi8_r", 21866: "koi8_u",
    50220: "iso2022_jp", 50221: "iso2022_jp", 51932: "euc_jp", 51949: "euc_kr", 54936: "gb18030",
}  # fmt: skip
_ISO = range(28591, 28606)


def codec_of(page: int) -> str | None:
    """The name of the encoding; None for one that is not known here."""
    name = f"iso8859_{page - _ISO.start + 1}" if page in _ISO else _NAMES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
