"""What an editor tells of rule files, packs and manifests: nothing of good ones, the fault of bad ones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from coherence.fact_models import FACTS
from coherence.manifest_models import ManifestSpec
from coherence.resources import corpora_dir, rules_dir
from coherence.rule_models import RuleSpec
from coherence.rule_packs import PackSpec
from coherence.rulebook.editor_schemas import EDITOR_SCHEMAS, render_editor_schema
from coherence.strict_yaml import load_plain

ROOT = Path(__file__).parents[1]
RULES = sorted(
    path for kind in ("overlap", "synergy", "conflict", "gap", "quality") for path in (rules_dir() / kind).glob("*")
)
VALIDATORS = {
    name: Draft7Validator(json.loads(render_editor_schema(name)), format_checker=FormatChecker())
    for name in EDITOR_SCHEMAS
}


def faults(name: str, data: Any) -> list[str]:
    return [error.message for error in VALIDATORS[f"{name}.schema.json"].iter_errors(data)]


@pytest.mark.parametrize("name", sorted(EDITOR_SCHEMAS))
def test_committed_schemas_are_those_of_the_models(name: str) -> None:
    """Run ``make schema`` after changing a model, a fact or a vocabulary."""
    assert (ROOT / "graphs" / "schema" / name).read_text(encoding="utf-8") == render_editor_schema(name)
    Draft7Validator.check_schema(json.loads(render_editor_schema(name)))


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_no_shipped_rule_is_underlined(path: Path) -> None:
    assert faults("rule", load_plain(path)) == []


def test_no_shipped_pack_or_dossier_is_underlined() -> None:
    assert faults("pack", load_plain(rules_dir() / "pack.yaml")) == []
    for path in sorted(corpora_dir().glob("*/dossier.yaml")):
        assert faults("dossier", load_plain(path)) == []


@pytest.mark.parametrize("page", ["reference/dossier-yaml.md", "how-to/rule-packs.md", "reference/rule-language.md"])
def test_no_example_of_the_manual_is_underlined(page: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for code in re.findall(r"^ *```yaml\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        (tmp_path / "x.yaml").write_text(re.sub(r"^   ", "", code, flags=re.MULTILINE) if "packs" in page else code)
        name = {"reference/dossier-yaml.md": "dossier", "how-to/rule-packs.md": "pack"}.get(page, "rule")
        assert faults(name, load_plain(tmp_path / "x.yaml")) == []


@pytest.mark.parametrize(
    "number", ["015", "016", "019", "022", "023", "028", "034", "035", "037", "038", "040", "043", "044", "045", "050"]
)
def test_what_the_form_alone_shows_is_underlined(number: str) -> None:
    assert faults("rule", load_plain(ROOT / "tests" / "rules_invalid" / f"BAD-{number}.yaml"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pack", {"name": "A"}),
        ("pack", {"name": "A", "version": "1.0.0", "disable": [{"rule": "OVL-001"}]}),
        ("dossier", {"country": "Ghana", "documents": [{"file": "a.pdf"}]}),
        ("dossier", {"country": "GHA", "documents": []}),
        ("dossier", {"country": "GHA", "documents": [{"file": "a.pdf", "status": "old"}]}),
        ("dossier", {"country": "GHA", "documents": [{"file": "a.pdf"}],
                     "suppressions": [{"reason": "r", "author": "a", "expires": "2027-12-31"}]}),
        ("dossier", {"country": "GHA", "documents": [{"file": "a.pdf"}], "as_of": "soon"}),
    ],
)  # fmt: skip
def test_faults_of_packs_and_manifests_are_underlined(name: str, data: dict[str, Any]) -> None:
    assert faults(name, data)


def test_every_key_and_fact_says_what_it_is() -> None:
    rule = json.loads(render_editor_schema("rule.schema.json"))
    facts = rule["definitions"]["Example"]["properties"]["a"]["properties"]
    assert set(facts) == set(FACTS["a"])
    assert all(each["description"] for each in facts.values())
    for model, name in ((RuleSpec, "rule"), (PackSpec, "pack"), (ManifestSpec, "dossier")):
        properties = json.loads(render_editor_schema(f"{name}.schema.json"))["properties"]
        assert set(properties) == {field.alias or key for key, field in model.model_fields.items()}
        assert all(each["description"] for each in properties.values())
