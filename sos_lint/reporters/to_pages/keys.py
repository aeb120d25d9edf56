"""The reference of the configuration as a Markdown page, made from the table of keys."""

from __future__ import annotations

from collections.abc import Iterator

from sos_lint.reporters.markdown import table
from sos_lint.settings.keys import FILES, KEYS, OF_A_PHRASE, OF_LIMITS, Key

MADE = "<!-- Made by `sos-lint config page`, from the table of keys: change that, not this page. -->"
_START = """\
# Settings, key by key

What sos-lint looks for, and how strict it is, is said in a file `.sos-lint.yml`. `sos-lint init` writes one
with remarks. Every key may be left out. Names of rules, packs and kinds are those of `sos-lint rules list`; a
key or a name that does not exist is an error that names the nearest one that does.

**Which file counts.** The nearest one above a draft, and that one alone, unless it says [`extend`](#extend).
`--config FILE` takes another one.

**What wins.** Options of the command line lie over `overrides`, these over the file, and the file over those
that it extends. Lists add up, but of [`select`](#select), [`column`](#column) and [`include`](#include) the
last one counts.

**In a project of Python** the same keys may stand in `pyproject.toml`:

```toml
[tool.sos-lint]
profile = "learning"
ignore = ["acronyms/unknown"]

[tool.sos-lint.severity]
jargon = "suggestion"
```

**Help while you write.** `sos-lint config schema` prints the JSON Schema of the file, with which an editor
completes and checks it:

```sh
sos-lint config schema > sos-lint.schema.json
```

In an editor with the YAML language server (such as VS Code with Red Hat's extension for YAML), put this line
at the top of `.sos-lint.yml`:

```yaml
# yaml-language-server: $schema=sos-lint.schema.json
```"""


def keys_page() -> str:
    """The page: each key with what it may hold, what holds without it, and an example."""
    lines = [MADE, "", _START, "", "## All keys", "", *_overview()]
    for key in KEYS:
        lines += ["", *_section(key)]
    return "\n".join(lines) + "\n"


def _overview() -> list[str]:
    rows = [[f"[`{key.name}`](#{key.name})", key.meaning.split(". ")[0].rstrip(".:")] for key in KEYS]
    return table(["key", "what it says"], rows)


def _section(key: Key) -> Iterator[str]:
    yield from (f"## `{key.name}`", "", key.meaning, "")
    yield f"- **Value**: {_value(key)}"
    yield f"- **Unless said**: {key.usual}"
    yield f"- **Over another value**: {key.joined.value}"
    yield f"- **In `overrides`**: {'no' if key.of_project else 'yes'}"
    if key.option:
        yield f"- **For one run**: `{key.option}`"
    yield from ("", "```yaml", key.example, "```")
    if key.name == "ignore-words":
        yield from ("", "Each phrase may stand alone, or with these:", "", *_parts(OF_A_PHRASE))
    if key.name == "limits":
        rows = [[f"`{one.name}`", one.usual, one.meaning] for one in OF_LIMITS]
        yield from ("", *table(["name", "unless said", "what may be so many"], rows))
    if key.name == "overrides":
        yield from ("", *_parts((FILES,)))


def _value(key: Key) -> str:
    listed = ", ".join(f"`{word}`" for word in key.words or key.known)
    if key.words and key.name != "limits":  # they have a table of their own
        return f"{key.shape.value}: {listed}"
    return f"{key.shape.value}; sos-lint brings {listed}" if listed else key.shape.value


def _parts(keys: tuple[Key, ...]) -> list[str]:
    rows = [[f"`{key.name}`", key.shape.value, key.meaning] for key in keys]
    return table(["key", "value", "what it says"], rows)
