"""Says whether a word processor's file is signed: who changes its words makes the signature void.

The signature is left where it is. To take it out is not ours to do, and a void one says truly that the words
were changed after they were signed.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from sos_lint.readers.archive import BROKEN

_OF_ODT = "META-INF/documentsignatures.xml"
_OF_WORD = "_xmlsignatures/"

VOID = "The signature in this file no longer holds: have it signed again."


def is_signed(data: bytes) -> bool:
    """True for the bytes of a Word or OpenDocument file with a signature of its words."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return any(name == _OF_ODT or name.startswith(_OF_WORD) for name in package.namelist())
    except BROKEN:
        return False
