"""What stands under a key, checked by the shape that the table of keys gives it, and made into settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sos_lint.config.source import Source, Steps, plain_path
from sos_lint.errors import BadConfig, nearest
from sos_lint.globs import Globs
from sos_lint.kinds import Severity
from sos_lint.limits import HIGHEST
from sos_lint.settings import SEVERITIES, FailOn, IgnoredWords, Profile, Settings
from sos_lint.settings.keys import FILES, KEYS, OF_A_PHRASE, OF_LIMITS, OF_SOME_FILES, Key, Shape, names

_MEANT: dict[str, Callable[[str], FailOn | Profile]] = {"fail-on": FailOn, "profile": Profile}


class Value(NamedTuple):
    """What a file says under a key, which is not nothing, and where."""

    key: Key
    given: Any
    file: Source
    at: Steps

    def fault(self, sentence: str, hint: str = "", *steps: str | int) -> BadConfig:
        """A fault in it, or in a part of it."""
        return self.file.fault((*self.at, *steps), sentence, hint)


def project_settings(file: Source) -> Settings:
    """The settings that a file gives for the whole project."""
    return _settings(file, file.data, (), KEYS)


def overrides(file: Source) -> Iterator[tuple[tuple[str, ...], Settings]]:
    """The settings for some files, each with the patterns of the files."""
    listed = [] if file.data.get("overrides") is None else file.data["overrides"]
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise file.fault(
            ("overrides",),
            "“overrides” should be a list of settings with `files`.",
            "Start each with “- files:”.",
        )
    for number, one in enumerate(listed):
        at = ("overrides", number)
        for key in KEYS:
            if key.of_project and key.name in one:
                raise file.fault(
                    (*at, key.name),
                    f"“{key.name}” is for the whole project.",
                    "Move it out of `overrides`, to the start of a line.",
                )
        settings = _settings(file, one, at, OF_SOME_FILES)
        files = as_list(one.get(FILES.name))
        if not files or not all(isinstance(pattern, str) for pattern in files):
            raise file.fault(
                at, "an override needs `files`: one pattern or a list of them.", 'For example "letters/*".'
            )
        yield tuple(files), settings


def patterns(file: Source, name: str) -> tuple[str, ...]:
    """The patterns under a key."""
    given = as_list(file.data.get(name))
    if not all(isinstance(pattern, str) for pattern in given):
        hint = 'For example ["letters/", "*.docx"].'
        raise file.fault((name,), f"“{name}” should be a list of patterns.", hint)
    for number in Globs(given).faults if given else ():
        raise file.fault(
            (name, number), f"“{given[number]}” is no pattern.", "Patterns are written as in a .gitignore."
        )
    return tuple(given)


def switch(file: Source, name: str) -> bool | None:
    """What is said under a key that is true or false; None where nothing is."""
    (key,) = (key for key in KEYS if key.name == name)
    given = file.data.get(name)
    return None if given is None else _switch(Value(key, given, file, (name,)))


def extended(file: Source) -> Iterator[tuple[Path, str]]:
    """The configurations that this one extends, and where it says so."""
    for number, parent in enumerate(as_list(file.data.get("extend"))):
        if not isinstance(parent, str):
            raise file.fault(("extend",), "“extend” should be a path or a list of paths.")
        path = plain_path(file.path.parent / parent)
        if not path.is_file():
            raise file.fault(
                ("extend", number), f"there is no file “{parent}” to extend.", "A path starts from this file."
            )
        yield path, file.place("extend", number)


def check_reasons(file: Source) -> None:
    """Raise BadConfig where reasons are required and a phrase has none; the file has been found in order."""
    for at, data in file.parts():
        for number, one in enumerate(as_list(data.get("ignore-words"))):
            if isinstance(one, str) or not (one.get("reason") or "").strip():
                raise file.fault(
                    (*at, "ignore-words", number),
                    "this phrase has no reason, and `require-reason` asks for one.",
                    "Write it with `words:` and `reason:`.",
                )


def as_list(value: Any) -> list[Any]:
    """What may be one or several, as several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _settings(file: Source, data: Mapping[str, Any], at: Steps, keys: tuple[Key, ...]) -> Settings:
    """The settings at some place in a file; a key without a value says nothing."""
    _check_known(file, data, at, names(keys))
    filled: dict[str, Any] = {}
    for key in keys:
        if key.field and data.get(key.name) is not None:
            value = Value(key, data[key.name], file, (*at, key.name))
            filled[key.field] = _READ[key.shape](value)
    return Settings(**filled)


def _check_known(file: Source, data: Mapping[str, Any], at: Steps, known: Sequence[str]) -> None:
    for name in data:
        if name not in known:
            hint = nearest(str(name), known) or f"The keys are {', '.join(known)}."
            raise file.fault((*at, name), f"the key “{name}” is not known here.", hint)


def _words(value: Value) -> tuple[str, ...]:
    words = as_list(value.given)
    if not all(isinstance(word, str) for word in words):
        raise value.fault(f"“{value.key.name}” should be a list of words.")
    return tuple(words)


def _packs(value: Value) -> tuple[Path, ...]:
    paths = []
    for number, pack in enumerate(_words(value)):
        path = value.file.path.parent / pack
        if not path.exists():
            raise value.fault(f"there is no pack “{pack}”.", "A path starts from this file.", number)
        paths.append(path)
    return tuple(paths)


def _grades(value: Value) -> tuple[tuple[str, Severity], ...]:
    if not isinstance(value.given, dict):
        raise value.fault(
            "“severity” should be rules with a severity each.",
            "For example `jargon: suggestion`, on a line of its own.",
        )
    return tuple(
        (name, SEVERITIES[_one_of(value, severity, "severity", name)])
        for name, severity in value.given.items()
    )


def _amounts(value: Value) -> tuple[tuple[str, int], ...]:
    if not isinstance(value.given, dict):
        raise value.fault(
            f"“{value.key.name}” should be names with a number each.",
            "For example `seconds: 60`, on a line of its own.",
        )
    _check_known(value.file, value.given, value.at, names(OF_LIMITS))
    for name, amount in value.given.items():
        most = getattr(HIGHEST, name)
        if type(amount) is not int or not 0 < amount <= most:
            raise value.fault(f"“{name}” should be a whole number from 1 to {most}.", "", name)
    return tuple(value.given.items())


def _choice(value: Value) -> FailOn | Profile:
    what = "profile" if value.key.name == "profile" else "severity"
    return _MEANT[value.key.name](_one_of(value, value.given, what))


def _one_of(value: Value, word: Any, what: str, *steps: str) -> str:
    known = value.key.words
    if word not in known:
        hint = nearest(str(word), known) or f"Use one of: {', '.join(known)}."
        raise value.fault(f"“{word}” is not a {what}.", hint, *steps)
    return str(word)


def _word(value: Value) -> str:
    if not isinstance(value.given, str):
        raise value.fault(f"“{value.key.name}” should be one word.")
    return value.given


def _file(value: Value) -> Path:
    return value.file.path.parent / _word(value)


def _switch(value: Value) -> bool:
    if not isinstance(value.given, bool):
        raise value.fault(f"“{value.key.name}” should be true or false.")
    return value.given


def _phrases(value: Value) -> tuple[IgnoredWords, ...]:
    return tuple(_phrase(value, one, number) for number, one in enumerate(as_list(value.given)))


def _phrase(value: Value, given: Any, number: int) -> IgnoredWords:
    """A phrase that may stand as it is: alone, or with `rules` and a `reason`."""
    one = {"words": given} if isinstance(given, str) else given
    if not isinstance(one, dict):
        raise value.fault(
            "“ignore-words” should be a list of phrases.", 'For example "the Neglect Toolkit".', number
        )
    _check_known(value.file, one, (*value.at, number), names(OF_A_PHRASE))
    words, rules = one.get("words"), as_list(one.get("rules"))
    reason = "" if one.get("reason") is None else one["reason"]
    if not isinstance(words, str) or not words.strip():
        raise value.fault("this needs `words`: the phrase that may stand as it is.", "", number)
    if not all(isinstance(name, str) for name in rules):
        raise value.fault("“rules” should be a list of rules, packs or kinds.", "", number, "rules")
    if not isinstance(reason, str):
        raise value.fault("“reason” should be words.", "", number, "reason")
    return IgnoredWords(words, tuple(rules), reason.strip())


_READ: dict[Shape, Callable[[Value], object]] = {
    Shape.NAMES: _words,
    Shape.PACKS: _packs,
    Shape.GRADES: _grades,
    Shape.AMOUNTS: _amounts,
    Shape.ONE_OF: _choice,
    Shape.NAME: _word,
    Shape.FILE: _file,
    Shape.SWITCH: _switch,
    Shape.PHRASES: _phrases,
}
