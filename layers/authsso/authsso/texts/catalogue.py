"""The words in one language, and which language somebody wants (RFC 4647; RFC 9110, 12.5.4)."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

_SUFFIX: Final = ".json"
_LONGEST_HEADER: Final = 500
_MOST_TAGS: Final = 20
_RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*"
    r"(?:;\s*[qQ]=(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Texts:
    """All words in one language.

    Args:
        language: Its tag (BCP 47), as the file is named.
        words: Key -> text; what the language lacks is there in English.
    """

    language: str
    words: Mapping[str, str] = field(repr=False)

    def say(self, key: str, **values: str) -> str:
        """Return a text.

        Args:
            key: As in the files.
            values: What stands for the `{names}` in it; not escaped here.
        """
        return self.words[key].format(**values)

    def find(self, key: str) -> str | None:
        """Return a text that need not be there."""
        return self.words.get(key)


def _read() -> dict[str, dict[str, str]]:
    folder = files("authsso.texts")
    return {
        file.name.removesuffix(_SUFFIX): json.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(_SUFFIX)
    }


WRITTEN: Final = _read()
ENGLISH: Final = Texts("en", WRITTEN["en"])
_BY_TAG: Final = {
    tag.lower(): Texts(tag, {**ENGLISH.words, **words}) for tag, words in WRITTEN.items()
}


def choose(wanted: Iterable[str]) -> Texts:
    """Return the first language that there is; English when there is none.

    Args:
        wanted: Tags, the most wanted first; from outside, of any form. `de-CH` is content with
            `de` (RFC 4647, 3.4).
    """
    for tag in wanted:
        left = tag.lower()
        while left:
            if left in _BY_TAG:
                return _BY_TAG[left]
            left = left.rpartition("-")[0]
    return ENGLISH


def accepted(header: str) -> list[str]:
    """Return the tags of an Accept-Language header, the most wanted first.

    Args:
        header: From outside; what is malformed in it is left out, `*` as well.
    """
    weighed = []
    for part in header[:_LONGEST_HEADER].split(",")[:_MOST_TAGS]:
        match = _RANGE.fullmatch(part)
        if match is not None and (weight := float(match["weight"] or 1)) > 0:
            weighed.append((weight, match["tag"]))
    return [tag for _, tag in sorted(weighed, key=lambda one: one[0], reverse=True)]
