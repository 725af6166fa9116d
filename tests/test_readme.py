"""What the two READMEs name is there, and what is there for newcomers they name."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[1]
LARGEST_PICTURE = 200_000  # bytes


@pytest.fixture(params=["README.md", "README.vi.md"])
def readme(request) -> str:
    return (ROOT / request.param).read_text()


def settings_read() -> dict[str, str]:
    """Every environment variable that the settings read, with its default as the tables write it, "" for none."""
    found: dict[str, str] = {}
    for path in (ROOT / "config/settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(ast.Attribute(ast.Name("env")), [ast.Constant(str(name)), *default]):
                    found[name] = found.get(name) or as_written(default)
    return found


def as_written(default: list[ast.expr]) -> str:
    match default:
        case [ast.Constant(bool(value))]:
            return "yes" if value else "no"
        case [ast.Constant(value)]:
            return str(value)
        case _:
            return ""


def settings_described(readme: str) -> dict[str, str]:
    """Every variable in the tables, with its default."""
    return dict(re.findall(r"(?m)^\| `([A-Z0-9_]+)` \| (.+?) \| .+ \|$", readme))


def test_every_setting_is_described_and_every_described_setting_is_read(readme):
    assert len(settings_read()) > 10
    assert settings_described(readme).keys() == settings_read().keys()


def test_the_defaults_in_the_table_are_those_of_the_code(readme):
    described = settings_described(readme)
    for name, default in settings_read().items():
        assert not default or described[name] == f"`{default}`", name


def test_the_makefile_and_the_readme_name_the_same_commands(readme):
    described = set(re.findall(r"(?m)(?:`|^    )make ([a-z]+)", readme))
    assert described == set(re.findall(r"(?m)^([a-z]+):.*##", (ROOT / "Makefile").read_text()))


def test_every_command_and_option_of_manage_py_exists(readme):
    lines = re.findall(r"manage\.py ([a-z_]+)(.*)", readme)
    assert len(lines) > 5
    commands = get_commands()
    for name, rest in lines:
        assert name in commands
        parser = load_command_class(commands[name], name).create_parser("manage.py", name)
        options = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options, name


def test_every_local_link_and_picture_is_there(readme):
    targets = [target for target in re.findall(r"\]\(([^)#]+)", readme) if "://" not in target]
    assert len(targets) > 4
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_part_of_the_layout_is_there(readme):
    above: list[str] = []
    parts = re.findall(r"(?m)^    ( *)([a-z]+/)  ", readme)
    assert len(parts) > 10
    for indentation, name in parts:
        above[len(indentation) // 2 :] = [name]
        assert (ROOT / "".join(above)).is_dir(), above


def test_the_layout_leaves_no_package_out(readme):
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"templates", "static", "locale", "docs"}
    assert packages <= set(re.findall(r"(?m)^    ([a-z]+)/  ", readme))


def test_both_readmes_name_the_same_things():
    english, vietnamese = (
        set(re.findall(r"`[^`\n]+`|\]\([^)]+\)|(?m:^ {4,}[a-z]+/  )", (ROOT / name).read_text()))
        for name in ("README.md", "README.vi.md")
    )
    assert english - {"](README.vi.md)"} == vietnamese - {"](README.md)"}


def test_pictures_are_small():
    pictures = list((ROOT / "docs/images").iterdir())
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []
