"""Says whether a word processor's file is signed: who changes its words makes the signature void.

The signature is left where it is. To take it out is not ours to do, and a void one says truly that the words
were changed after they were signed.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

_OF_ODT = "META-INF/documentsignatures.xml"
_OF_WORD = "_xmlsignatures/"

_BROKEN = (zipfile.BadZipFile, struct.error, EOFError, OSError, ValueError, NotImplementedError)

VOID = "The signature in this file no longer holds: have it signed again."


def is_signed(data: bytes) -> bool:
    """True for the bytes of a Word or OpenDocument file with a signature of its words."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return any(name == _OF_ODT or name.startswith(_OF_WORD) for name in package.namelist())
    except _BROKEN:
        return False
