"""The hash by which things are known again.

It is taken as the standard library's own `random` takes its hash: `hashlib` loads all of OpenSSL.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
