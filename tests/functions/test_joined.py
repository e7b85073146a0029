"""The settings page's modules as one script: what they may say, and that it does the same."""

import json
import subprocess

import pytest

from settings_page.assets import ASSETS, modules
from settings_page.joined import script

MODULES = {
    "main.js": "import { add as plus, Sum } from './sums.js';\nimport { ONE } from './one.js';\n\n"
    "print(plus(ONE, 2), new Sum().of, typeof add);\n",
    "sums.js": "import { ONE } from './one.js';\n\nexport function add(a, b) { return a + b; }\n"
    "export class Sum { of = ONE; }\nexport async function later() { return ONE; }\n",
    "one.js": "print('once');\nconst add = 'not theirs';\nexport const ONE = add.length && 1;\n",
    "unused.js": "print('never');\n",
}


@pytest.mark.parametrize(
    "said",
    [
        "export default 1;\n",
        "export let x = 1;\n",
        "export { x };\n",
        "export * from './one.js';\n",
        "export function* all() {}\n",
        "import one from './one.js';\n",
        "import * as one from './one.js';\n",
        "import './one.js';\n",
        "import { x } from 'https://elsewhere.example/x.js';\n",
        "import { x } from '../one.js';\n",
    ],
)
def test_what_cannot_be_joined_is_refused(said):
    with pytest.raises(ValueError, match=r"main\.js cannot be joined: "):
        script(MODULES | {"main.js": said}, "main.js")


def test_a_circle_is_refused():
    circle = {
        "a.js": "import { b } from './b.js';\nexport const a = 1;\n",
        "b.js": "import { a } from './a.js';\nexport const b = 1;\n",
    }
    with pytest.raises(ValueError, match=r"in a circle: a\.js b\.js a\.js"):
        script(circle, "a.js")


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(KeyError, match=r"gone\.js"):
        script({"a.js": "import { x } from './gone.js';\n"}, "a.js")


def test_it_does_what_the_modules_do(tmp_path):
    """Each of them once, after what it imports, with names of its own."""
    (tmp_path / "joined.mjs").write_text(script(MODULES, "main.js"))
    for name, text in MODULES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "package.json").write_text(json.dumps({"type": "module"}))
    out = [_said_by(tmp_path, file) for file in ("main.js", "joined.mjs")]

    assert out == ["once\n3 1 undefined\n"] * 2


def _said_by(folder, file):
    say = "globalThis.print = (...said) => console.log(said.join(' '));"
    command = ["node", "--input-type=module", "-e", f"{say} await import('./{file}');"]
    done = subprocess.run(  # noqa: S603 - our own script
        command, cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_every_module_of_ours_is_in_it():
    """But for the one that holds types only."""
    text = ASSETS["settings.js"].text
    missing = {name for name in modules() if f"const ${name.removesuffix('.js')} = " not in text}
    assert missing == {"types.js"}
