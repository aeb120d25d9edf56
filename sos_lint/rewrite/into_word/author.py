"""Who stands beside a comment or a tracked change, and when it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

NAME = "sos-lint"


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Author:
    """A name and a time, which Word shows as it is written."""

    name: str = NAME
    at: datetime = field(default_factory=_now)

    def said(self) -> dict[str, str]:
        """What Word's elements say of it."""
        return {"author": self.name, "date": self.at.strftime("%Y-%m-%dT%H:%M:%SZ")}
