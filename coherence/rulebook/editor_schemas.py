"""JSON Schemas by which an editor checks and completes rule files, pack.yaml and dossier.yaml while one types.

Generated from the models that read the files. What a model cannot say is added: the short forms that a rule file
allows, the facts that an example may state, and the closed vocabularies.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coherence.fact_models import FACTS
from coherence.frameworks import all_ids
from coherence.manifest_models import ManifestSpec
from coherence.rule_models import RuleSpec
from coherence.rule_packs import PackSpec
from coherence.rule_terms import terms_of
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.fact_models import FactSpec

__all__ = ["EDITOR_SCHEMAS", "render_editor_schema"]

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The draft that yaml-language-server reads."""
_JSON_TYPES = {"text": "string", "number": "number", "truth": "boolean"}
_MOST_LISTED = 100
"""Values that an editor offers one by one; codes of countries and currencies are more and would fill the file."""

Schema = dict[str, Any]


def render_editor_schema(name: str) -> str:
    """Return the schema of that file name in graphs/schema as JSON with sorted keys; raises KeyError."""
    return json.dumps(_draft_7(EDITOR_SCHEMAS[name]()), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _rule_schema() -> Schema:
    schema = RuleSpec.model_json_schema(by_alias=True)
    fields, parts = schema["properties"], schema["$defs"]
    condition = {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/ConditionSpec"}]}
    fields["where"]["items"] = fields["unless"]["items"] = condition
    fields["severity"] = _or_short(fields["severity"], parts["SeverityCase"]["properties"]["severity"])
    fields["confidence"] = _or_short(fields["confidence"], parts["ConfidenceCase"]["properties"]["value"])
    fields["relation"] = _or_short(fields["relation"], parts["RelationCase"]["properties"]["value"])
    ways = parts["ConflictSpec"]["properties"]
    ways["manageability"] = _or_short(ways["manageability"], ways["manageability"]["items"])
    fields["limit"]["anyOf"].insert(0, parts["LimitSpec"]["properties"]["first"]["anyOf"][0])
    fields["basis"]["items"] = {"enum": sorted(all_ids())}
    example = parts["Example"]["properties"]
    for root in ("a", "b", "doc", "said", "dossier"):
        example[root] = _facts_schema(root) | {"description": example[root]["description"]}
    example["others"]["items"] = _facts_schema("b")
    return schema


def _or_short(cases: Schema, short: Schema) -> Schema:
    """Return the schema of a list of cases that may be written as one plain value."""
    plain = {key: value for key, value in short.items() if key != "title"}
    listed = {key: value for key, value in cases.items() if key not in ("title", "description")}
    return {"title": cases["title"], "description": cases["description"], "anyOf": [plain, listed]}


def _facts_schema(root: str) -> Schema:
    properties = {name: _fact_schema(spec) for name, spec in FACTS[root].items()}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _fact_schema(spec: FactSpec) -> Schema:
    terms = terms_of(spec.name)
    listed = terms is not None and len(terms) <= _MOST_LISTED
    text: Schema = {"enum": sorted(terms or ())} if listed else {"type": "string"}
    if spec.kind == "set":
        plain: Schema = {"type": "array", "items": text}
    else:
        plain = text if spec.kind == "text" else {"type": _JSON_TYPES[spec.kind]}
    return {"description": spec.description, **({"anyOf": [plain, {"type": "null"}]} if spec.nullable else plain)}


def _pack_schema() -> Schema:
    return PackSpec.model_json_schema()


def _dossier_schema() -> Schema:
    schema = ManifestSpec.model_json_schema()
    parts = schema["$defs"]
    status = parts["DocumentSpec"]["properties"]["status"]
    status["anyOf"] = [{"enum": list(term_list("dossier")["statuses"])}, {"type": "null"}]
    parts["SuppressionSpec"]["oneOf"] = [{"required": ["finding"]}, {"required": ["rule"]}]
    return schema


def _draft_7(schema: Schema) -> Schema:
    """Return the schema in the older draft: what models generate differs from it in the name of definitions only."""
    text = json.dumps(schema).replace('"#/$defs/', '"#/definitions/')
    moved: Schema = json.loads(text)
    if "$defs" in moved:
        moved["definitions"] = moved.pop("$defs")
    return {"$schema": _DIALECT, **moved}


EDITOR_SCHEMAS: dict[str, Callable[[], Schema]] = {
    "rule.schema.json": _rule_schema,
    "pack.schema.json": _pack_schema,
    "dossier.schema.json": _dossier_schema,
}
"""File name in graphs/schema, and what makes its content."""
