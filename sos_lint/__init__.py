"""sos-lint: the linter for the language of child protection.

from sos_lint import Linter, lint_text

for finding in lint_text("There is neglect in the home."):
    print(finding.rule, finding.start, finding.questions)
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["Document", "Finding", "Linter", "SosLintError", "__version__", "lint_text"]

TYPE_CHECKING = False  # as in `typing`, which takes as long to load as the interpreter itself
if TYPE_CHECKING:
    from sos_lint.document import Document
    from sos_lint.errors import SosLintError
    from sos_lint.finding import Finding
    from sos_lint.lint import Linter


def lint_text(text: str, name: str = "-") -> tuple[Finding, ...]:
    """The findings in some text, by the shipped packs; a `name` such as "draft.md" tells its kind.

    Raises UnreadableFile where the text is empty. To lint many texts, make one `Linter` and keep it.
    """
    from sos_lint.lint import shared_linter
    from sos_lint.readers import read_bytes

    return shared_linter().lint(read_bytes(text.encode("utf-8", "surrogatepass"), name))


def __getattr__(name: str) -> object:
    """Public names are loaded when first used, so that `import sos_lint` is nearly free."""
    homes = {
        "Document": "sos_lint.document",
        "Finding": "sos_lint.finding",
        "Linter": "sos_lint.lint",
        "SosLintError": "sos_lint.errors",
    }
    if name not in homes:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(homes[name]), name)
