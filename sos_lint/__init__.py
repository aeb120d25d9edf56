"""sos-lint: the linter for the language of child protection."""

__version__ = "0.1.0"
