"""What is deployed to AWS is compiled already: Lambda could not keep what it compiles."""

from importlib.machinery import SourceFileLoader

import pytest

from local_stack.compiled import compile_all
from local_stack.failure import StackError


@pytest.fixture
def built(tmp_path):
    for file, text in {
        "template.yaml": "",
        "AuthssoLayer/python/shared.py": "answer = 42\n",
        "AuthorizeFunction/authorize/app.py": "import shared\n",
    }.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_an_import_takes_the_bytecode_whatever_the_zip_did_to_the_times(built):
    compile_all(built)
    file = built / "AuthssoLayer/python/shared.py"
    file.write_text("compiled_anew = True\n")

    assert "compiled_anew" not in SourceFileLoader("shared", str(file)).get_code("shared").co_names


def test_each_folder_is_named_as_it_is_called_in_lambda(built):
    compile_all(built)

    (bytecode,) = (built / "AuthorizeFunction/authorize/__pycache__").iterdir()
    assert b"/var/task/authorize/app.py" in bytecode.read_bytes()


def test_what_is_no_python_is_told(built):
    (built / "AuthorizeFunction/authorize/app.py").write_text("def\n")

    with pytest.raises(StackError, match=r"(?s)compiling AuthorizeFunction failed: .*app\.py"):
        compile_all(built)
