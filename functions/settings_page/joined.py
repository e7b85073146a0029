"""The page's modules as one script: one request at a first visit, not one for each module.

Each file of ours is a request to Lambda, and sixty at once would start as many of them. What is
joined here is what our own modules say, which is little of ECMAScript (ECMA-262, 16.2): imports by
name from beside them, exports by name of what never changes, and no circles. Anything else is
refused, so that it is seen when the function starts, in the tests, and not by an administrator.
"""

import re
from collections.abc import Iterator, Mapping

_IMPORT = re.compile(r"^import \{([^}]*)\} from '\./(\w+\.js)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def script(modules: Mapping[str, str], first: str) -> str:
    """Return one script that does what a module and all that it imports do.

    Args:
        modules: File names and contents.
        first: The module that the page loads.

    Raises:
        ValueError: A module says something that cannot be joined, or imports itself by a detour.
    """
    order: dict[str, None] = {}
    _put(first, modules, order, above=())
    return "\n".join(_as_constant(name, modules[name]) for name in order)


def _put(
    name: str, modules: Mapping[str, str], order: dict[str, None], above: tuple[str, ...]
) -> None:
    """Put a module into the order, after all that it imports."""
    if name in above:
        raise ValueError(f"modules import in a circle: {' '.join((*above, name))}")
    if name in order:
        return
    for imported in _imports(modules[name]):
        _put(imported, modules, order, (*above, name))
    order[name] = None


def _imports(text: str) -> Iterator[str]:
    return (found[2] for found in _IMPORT.finditer(text))


def _as_constant(name: str, text: str) -> str:
    """Make a module a function that runs once and returns what the module exports."""
    exported = ", ".join(found[2] for found in _EXPORT.finditer(text))
    body = _IMPORT.sub(lambda found: _taken(found[1], found[2]), text)
    body = _EXPORT.sub(r"\1 \2", body)
    if left := _OTHER.search(body):
        raise ValueError(f"{name} cannot be joined: {left[0]}")
    return f"const {_constant(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _taken(names: str, module: str) -> str:
    return f"const {{{names.replace(' as ', ': ')}}} = {_constant(module)};\n"


def _constant(module: str) -> str:
    return f"${module.removesuffix('.js')}"
