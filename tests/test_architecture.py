"""Imports go one way, in-function imports included; modules and functions stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "coherence"
LAYERS = (
    ("errors",),
    ("strict_yaml", "resources", "identifiers"),
    ("form_faults",),
    ("vocabulary",),
    ("model_basics",),
    ("translations",),
    (
        "rule_records",
        "interaction_models",
        "programme_models",
        "document_models",
        "recommendation_records",
        "accounting_models",
        "agenda_models",
        "bounds",
        "quality_models",
        "audit_models",
    ),
    ("models",),
    ("rejections", "change_models"),
    ("amounts",),
    ("countries",),
    ("column_roles",),
    ("notices",),
    ("reading", "extraction", "frameworks", "concepts"),
    ("expectations", "official_elements"),
    ("suggestions",),
    ("suppressions", "manifest_models", "manifest", "dossier_inference", "dossier", "graph"),
    (
        "quote_words",
        "fact_specs",
        "pair_fact_models",
        "fact_models",
        "levers",
        "pair_words",
        "pair_stakes",
        "pair_works",
        "stake_facts",
        "detail_facts",
        "measured_facts",
        "pair_facts",
        "restated_facts",
        "statement_facts",
        "facts",
    ),
    ("accounting", "compare_commitments"),
    ("compare",),
    (
        "rule_functions",
        "rule_syntax",
        "rule_terms",
        "rule_expressions",
        "rule_models",
        "rule_checks",
        "rule_files",
        "rule_packs",
        "ruleset",
    ),
    ("engine",),
    ("programme", "theme_interactions", "target_criteria", "target_quality", "comparability"),
    (
        "recommendation_patterns",
        "revision_windows",
        "recommendation_phrases",
        "recommendation_wording",
        "cluster_settings",
        "cluster_wording",
        "clusters",
        "recommend",
        "agenda",
    ),
    ("reports",),
    ("rulebook",),
    ("pipeline",),
    ("batch",),
    ("audit_workers", "audit"),
    ("evaluation",),
    ("cli_printing",),
    ("cli_sources",),
    ("cli_account", "cli_audit", "cli_diff", "cli_dossier"),
    ("cli_rules",),
    ("cli_explain",),
    ("cli",),
    ("__main__",),
)
"""Lowest first; a module may import its own layer and lower ones."""

REPORTS_MAY_IMPORT = {
    "errors",
    "strict_yaml",
    "resources",
    "identifiers",
    "vocabulary",
    "translations",
    "models",
    "rejections",
    "amounts",
    "reports",
    "model_basics",
    "rule_records",
    "interaction_models",
    "programme_models",
    "accounting_models",
    "agenda_models",
    "document_models",
    "quality_models",
    "audit_models",
    "change_models",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "coherence" else [f"coherence.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("coherence.")}
    return found


def layer(name: str) -> int:
    return next(index for index, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = name_of(path)
    if own == "__init__":
        return
    wrong = {other for other in imported(path) if layer(other) > layer(own)}
    assert not wrong, f"{path.name} imports {sorted(wrong)} from a higher layer"


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) == "reports"], ids=lambda path: path.name)
def test_reports_import_models_only(path: Path) -> None:
    assert imported(path) <= REPORTS_MAY_IMPORT


def test_every_module_has_a_layer() -> None:
    known = {name for names in LAYERS for name in names}
    assert {name_of(path) for path in MODULES} - {"__init__"} <= known


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert not long


def test_importing_the_package_loads_neither_spacy_nor_networkx() -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    code = "import sys, coherence; print(*({'spacy', 'networkx', 'pint'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
