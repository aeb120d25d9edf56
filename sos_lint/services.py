"""What each service calls its statements and goals: frozen data, compiled from the packs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """A service and its own names for what every service has.

    `names` are, by role (`danger`, `goal`, …), the names that it accepts, the one that it prefers first.
    `in_labels` are the roles whose names count in headings and labels only: in a sentence they may be meant
    otherwise ("the Signs of Safety course"). `pack` is the one that describes it.
    """

    id: str
    title: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    in_labels: tuple[str, ...] = ()
    pack: str = ""

    def called(self, role: str) -> tuple[str, ...]:
        """The names that this service accepts for a role; none where it has no such thing."""
        return dict(self.names).get(role, ())
