"""The arrows of the house run one way: campaigns ← ingest | expectations | reports ← orchestration."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from ingest.raw.raw_tables import PERSONAL_TABLES

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "campaigns": set(),
    "ingest": {"campaigns"},
    "expectations": {"campaigns"},
    "reports": {"campaigns"},
    "orchestration": {"campaigns", "ingest", "expectations", "reports"},
}
HOME_OF = {
    "dagster": "orchestration",
    "dagster_dbt": "orchestration",
    "dbt": "orchestration",
    "great_expectations": "expectations",
}
MODULES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def imports_of(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_its_package_may(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    imported = imports_of(ast.parse(path.read_text()))
    assert imported & MAY_IMPORT.keys() <= MAY_IMPORT[package] | {package}
    assert {library for library in imported & HOME_OF.keys() if HOME_OF[library] != package} == set()


def folders_imported(path: Path) -> set[str]:
    """The folders of its own package that a module imports from, its own left out."""
    package, folder = path.relative_to(ROOT).parts[:2]
    modules = {node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
    parts = [name.split(".") for name in modules if name and name.startswith(f"{package}.")]
    return {name[1] for name in parts if (ROOT / package / name[1]).is_dir()} - {folder}


@pytest.mark.parametrize("package", ["ingest", "reports", "orchestration"])
def test_the_folders_of_a_package_import_each_other_one_way(package: str) -> None:
    """A folder is a step: what comes later may use what comes before, never the other way round."""
    imported: dict[str, set[str]] = {}
    for path in (ROOT / package).glob("*/*.py"):
        imported.setdefault(path.parent.name, set()).update(folders_imported(path))
    order = list(TopologicalSorter(imported).static_order())  # raises CycleError, which names the folders
    assert set(order) == imported.keys()


@pytest.mark.parametrize("path", [p for p in MODULES if p.parts[-2] == "expectations"], ids=lambda p: p.name)
def test_great_expectations_is_imported_inside_functions_only(path: Path) -> None:
    at_top = ast.Module([node for node in ast.parse(path.read_text()).body if "Import" in type(node).__name__], [])
    assert "great_expectations" not in imports_of(at_top)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_python_names_a_campaign(path: Path) -> None:
    """Campaigns are data: an id in code (outside the demo city) means the model is wrong."""
    if "demo" in path.parts:
        return
    ids = [folder.name for folder in (ROOT / "campaigns").iterdir() if (folder / "campaign.yml").exists()]
    assert [name for name in ids if name in path.read_text()] == []


def test_personal_tables_are_staged_in_the_restricted_schema_and_read_by_nobody_else() -> None:
    """Who filled a form in, and whom to call, stays in `restricted`; no mart and no report may reach it."""
    models = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "dbt_project" / "models").rglob("*.sql")}
    staged = {name for name, text in models.items() for table in PERSONAL_TABLES if f"source('raw', '{table}')" in text}
    assert len(staged) == len(PERSONAL_TABLES)
    assert all('config(schema="restricted")' in models[name] for name in staged)
    assert [name for name, text in models.items() for other in staged if f"ref('{other}')" in text] == []
