"""The same rules as DuckDB queries: one SELECT for each pair rule, one anti-join for each absence rule and instrument.

SQL has the rules' own logic of what is not known (NULL). Tables of members and of the interactions between sets of
themes are prepared with the data, so that a query can join on them.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from coherence.engine.scopes import plan_of
from coherence.fact_models import FACTS
from coherence.pair_facts import SHARED, interaction_table
from coherence.quote_words import content_words
from coherence.rule_expressions import Node, conjuncts, facts_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.engine.planning import Join
    from coherence.fact_models import FactBase
    from coherence.rule_models import Rule

_COMPARED = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "add": "+", "sub": "-", "mul": "*"}
_TYPES = {"text": pl.String, "number": pl.Float64, "truth": pl.Boolean, "set": pl.List(pl.String)}
_JOINED_SETS = tuple(name for name, spec in FACTS["a"].items() if spec.kind == "set" and not spec.shown_only)
_FEWEST_WORDS = 5


def frame(bases: Sequence[FactBase]) -> pl.DataFrame:
    """Return all commitments as a frame: row, block (number of the dossier), facts, and codes of the sets of themes."""
    records = [(block, each) for block, base in enumerate(bases) for each in base.commitments]
    sets: dict[frozenset[str], int] = {}
    columns: dict[str, pl.Series] = {
        "row": pl.Series(range(len(records)), dtype=pl.Int64),
        "block": pl.Series([block for block, _ in records], dtype=pl.Int64),
        "theme_set": pl.Series([sets.setdefault(each.themes, len(sets)) for _, each in records], dtype=pl.Int64),
        "word_list": pl.Series([sorted(content_words(each.quote)) for _, each in records], dtype=pl.List(pl.String)),
    }
    for name, spec in FACTS["a"].items():
        if not spec.shown_only:
            values = [getattr(each, name) for _, each in records]
            if spec.kind == "set":
                values = [sorted(each) for each in values]
            elif spec.kind == "number":
                values = [None if each is None else float(each) for each in values]
            columns[name] = pl.Series(values, dtype=_TYPES[spec.kind])
    documents = [{each.path: each for each in base.documents} for base in bases]
    for name, spec in FACTS["doc"].items():
        if spec.kind == "number":
            values = [getattr(documents[block][each.document], name) for block, each in records]
            columns[f"doc_{name}"] = pl.Series(values, dtype=pl.Float64, strict=False)
    return pl.DataFrame(columns)


def interactions_of(bases: Sequence[FactBase]) -> pl.DataFrame:
    """Return the strongest interaction of each two sets of themes that occur."""
    table = interaction_table()
    sets: dict[frozenset[str], int] = {}
    for base in bases:
        for each in base.commitments:
            sets.setdefault(each.themes, len(sets))
    found = []
    for one, first in sets.items():
        reachable = {partner for theme in one for partner in table.partners.get(theme, ())}
        for other, second in sets.items():
            strongest = table.strongest(one, other) if reachable & other else None
            if strongest:
                found.append((first, second, float(strongest.score), strongest.source, strongest.target))
    return pl.DataFrame(found, schema=["set_a", "set_b", "interaction", "interaction_from", "interaction_to"],
                        orient="row")  # fmt: skip


def effects() -> pl.DataFrame:
    """Return how one theme acts on another."""
    table = interaction_table().by_themes
    return pl.DataFrame(
        [(source, target, float(each.score), each.mechanism) for (source, target), each in sorted(table.items())],
        schema=["theme_b", "theme_a", "effect", "effect_mechanism"], orient="row",
    )  # fmt: skip


class Queries:
    """The rules in SQL over one set of dossiers."""

    def __init__(self, bases: Sequence[FactBase], threads: int) -> None:
        """Load the facts."""
        start = perf_counter()
        self.database = duckdb.connect()
        self.database.execute(f"SET threads={threads}")
        tables = {"c": frame(bases), "interacting": interactions_of(bases), "effects": effects()}
        tables["dossier"] = pl.DataFrame(
            {"block": range(len(bases)), "instruments": [sorted(base.dossier.instruments) for base in bases]}
        )
        for name in _JOINED_SETS:
            members = tables["c"].select("row", "block", pl.col(name).alias("member")).explode("member")
            tables[f"m_{name}"] = members.drop_nulls("member")
        with TemporaryDirectory() as folder:
            for name, data in tables.items():
                file = Path(folder) / f"{name}.parquet"
                data.write_parquet(file)
                self.database.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{file}')")
        self.load_seconds = perf_counter() - start

    def run(self, rule: Rule, *, through_members: bool = False) -> tuple[list[tuple[Any, ...]], float]:
        """Return the rows of a rule's matches (a, b), or (a, instrument), and the seconds of the query."""
        start = perf_counter()
        if rule.spec.scope == "pair":
            sql = pair_query(rule, through_members=through_members)
            found = self.database.execute(sql).fetchnumpy()
            return [found["a"], found["b"]], perf_counter() - start
        parts = [
            self.database.execute(absence_query(rule, each)).fetchnumpy()["a"] for each in rule.spec.counterpart_in
        ]
        return list(zip(rule.spec.counterpart_in, parts, strict=True)), perf_counter() - start


def sayable(rule: Rule) -> bool:
    """Return whether SQL can say the rule: some facts rest on data of this project, some functions on its own code."""
    return all(_is_sayable(each.expression.node) for each in (*rule.where, *rule.unless))


def _is_sayable(node: Node) -> bool:
    if node.op == "fact":
        if node.root == "pair":
            return node.name in SHARED or node.name in _PAIR or node.name.startswith(("interaction", "effect"))
        return (
            node.root in ("a", "b")
            or (node.root, node.name) == ("missing", "instrument")
            or (node.root == "doc" and FACTS["doc"][node.name].kind == "number")
        )
    known = node.op in ("constant", "and", "or", "not") or node.op in _COMPARED or node.op in _FORMS
    return known and all(_is_sayable(part) for part in node.parts)


def pair_query(rule: Rule, *, through_members: bool = False) -> str:
    """Return the query of a pair rule; ``through_members`` joins on the members of sets that must meet."""
    plan = plan_of(rule)
    nodes = [*(part for each in rule.where for part in conjuncts(each.expression.node))]
    conditions = [sql_of(node) for node in nodes]
    within = {None: "a.instrument <> b.instrument", "document": "a.document = b.document",
              "instrument": "a.instrument = b.instrument", "dossier": "true"}[rule.spec.within]  # fmt: skip
    joins = _tables(nodes)
    meeting = next((join for join in plan.joins if join.how == "meet"), None) if through_members else None
    tables, distinct = "c a JOIN c b ON a.block = b.block AND a.row <> b.row", ""
    if meeting is not None:
        tables, distinct = _through_members(meeting), "DISTINCT "
    return f"SELECT {distinct}a.row AS a, b.row AS b FROM {tables}{joins} WHERE " + " AND ".join([within, *conditions])


def _through_members(join: Join) -> str:
    return (
        f"{_side(join.name_a, 'a')} JOIN {_side(join.name_b, 'b')} "
        f"ON {_member(join.name_a, 'a')} = {_member(join.name_b, 'b')} AND a.block = b.block AND a.row <> b.row"
    )


def _side(name: str, role: str) -> str:
    if FACTS["a"][name].kind != "set":
        return f"c {role}"
    return f"(SELECT c.*, m.member AS {role}_member FROM c JOIN m_{name} m ON m.row = c.row) {role}"


def _member(name: str, role: str) -> str:
    return f"{role}.{role}_member" if FACTS["a"][name].kind == "set" else f"{role}.{_quoted(name)}"


def absence_query(rule: Rule, instrument: str) -> str:
    """Return the query of an absence rule for one instrument."""
    where = [sql_of(each.expression.node, instrument) for each in rule.where]
    unless = [each.expression.node for each in rule.unless]
    inner = " AND ".join(sql_of(each, instrument) for each in unless)
    return (
        f"SELECT a.row AS a FROM c a JOIN dossier d ON d.block = a.block WHERE list_contains(d.instruments, "
        f"'{instrument}') AND a.instrument <> '{instrument}' AND {' AND '.join(where) or 'true'} AND NOT EXISTS "
        f"(SELECT 1 FROM c b{_tables(unless)} WHERE b.block = a.block AND b.instrument = '{instrument}' AND {inner})"
    )


def _tables(nodes: Sequence[Node]) -> str:
    """Return the tables that the facts of a pair are looked up in."""
    names = {each.name for node in nodes for each in facts_in(node) if each.root == "pair"}
    found = ""
    if any(name.startswith("interaction") for name in names):
        found += " LEFT JOIN interacting i ON i.set_a = a.theme_set AND i.set_b = b.theme_set"
    if any(name.startswith("effect") for name in names):
        found += " LEFT JOIN effects e ON e.theme_b = b.theme AND e.theme_a = a.theme"
    return found


def sql_of(node: Node, missing: str = "") -> str:
    """Return a condition in SQL: true, false, or NULL where it is not known."""
    value = _sql(node, missing)
    return f"len({value}) > 0" if node.kind == "set" else value


def _sql(node: Node, missing: str) -> str:
    if node.op == "fact":
        return _fact(node, missing)
    if node.op == "constant":
        return _literal(node.value)
    if node.op in ("and", "or"):
        return "(" + f" {node.op.upper()} ".join(sql_of(part, missing) for part in node.parts) + ")"
    if node.op == "not":
        return f"(NOT {sql_of(node.parts[0], missing)})"
    parts = [_sql(part, missing) for part in node.parts]
    if node.op in _COMPARED:
        return f"({parts[0]} {_COMPARED[node.op]} {parts[1]})"
    return _FORMS[node.op](parts, node)


def _contains(parts: list[str], node: Node) -> str:
    if node.parts[1].op == "constant":
        return f"({parts[0]} IN ({parts[1][1:-1]}))"
    return f"(CASE WHEN {parts[0]} IS NULL THEN NULL ELSE list_contains({parts[1]}, {parts[0]}) END)"


_FORMS = {
    "bwand": lambda parts, _: f"list_intersect({parts[0]}, {parts[1]})",
    "bwor": lambda parts, _: f"list_concat({parts[0]}, {parts[1]})",
    "tdiv": lambda parts, _: f"({parts[0]} / nullif({parts[1]}, 0))",
    "negative": lambda parts, _: f"(-{parts[0]})",
    "known": lambda parts, _: f"({parts[0]} IS NOT NULL)",
    "unknown": lambda parts, _: f"({parts[0]} IS NULL)",
    "otherwise": lambda parts, _: f"coalesce({parts[0]}, {parts[1]})",
    "length": lambda parts, _: f"len({parts[0]})",
    "is_empty": lambda parts, _: f"(len({parts[0]}) = 0)",
    "in": _contains,
    "within": lambda parts, _: f"contains({parts[1]}, {parts[0]})",
    "match": lambda parts, _: f"regexp_matches({parts[0]}, '^(?:' || {parts[1]} || ')')",
    "search": lambda parts, _: f"regexp_matches({parts[0]}, {parts[1]})",
}


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}::DOUBLE"
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(_literal(each) for each in value)) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _fact(node: Node, missing: str) -> str:
    if node.root == "missing":
        return _literal(missing)
    if node.root == "dossier":
        raise NotImplementedError(node.name)
    if node.root == "doc":
        return f"a.doc_{node.name}"
    if node.root != "pair":
        return f"{node.root}.{_quoted(node.name)}"
    if node.name in SHARED:
        own = _quoted(SHARED[node.name])
        return f"list_intersect(a.{own}, b.{own})"
    return _PAIR.get(node.name) or (f"i.{node.name}" if node.name.startswith("interaction") else f"e.{node.name}")


def _ratio(name: str, comparable: str) -> str:
    a, b = f'a."{name}"', f'b."{name}"'
    return (
        f"(CASE WHEN NOT ({comparable}) OR {a} IS NULL OR {b} IS NULL THEN NULL WHEN {a} = {b} THEN 1.0::DOUBLE "
        f"WHEN least({a}, {b}) >= 0 THEN least({a}, {b}) / greatest({a}, {b}) END)"
    )


_VALUE_RATIO = _ratio("value", "coalesce(a.unit = b.unit, false) AND a.per_year = b.per_year")
_ONE_YEARLY = "a.area_ha IS NOT NULL AND b.area_ha IS NOT NULL AND a.area_per_year <> b.area_per_year"
_PERIOD = "(CASE WHEN a.area_per_year THEN a.target_year - a.start_year ELSE b.target_year - b.start_year END)"
_PAIR = {
    "places_known": "(len(a.places) > 0 AND len(b.places) > 0)",
    "years_apart": "abs(a.target_year - b.target_year)",
    "area_ratio": _ratio("area_ha", "a.area_per_year = b.area_per_year"),
    "same_unit": "(a.unit = b.unit)",
    "value_ratio": _VALUE_RATIO,
    "same_value": "(CASE WHEN a.unit IS NULL OR b.unit IS NULL THEN NULL ELSE "
    f"coalesce({_VALUE_RATIO} >= 0.995::DOUBLE, false) END)",
    "same_document": "(a.document = b.document)",
    "same_instrument": "(a.instrument = b.instrument)",
    "period_years": f"(CASE WHEN {_ONE_YEARLY} AND {_PERIOD} > 0 THEN {_PERIOD} END)",
    "period_area_ha": f"(CASE WHEN {_ONE_YEARLY} AND {_PERIOD} > 0 THEN {_PERIOD} * "
    "(CASE WHEN a.area_per_year THEN a.area_ha ELSE b.area_ha END) END)",
    "shared_wording": "(CASE WHEN a.language <> b.language OR least(len(a.word_list), len(b.word_list)) < "
    f"{_FEWEST_WORDS} THEN NULL ELSE round(len(list_intersect(a.word_list, b.word_list)) / "
    "least(len(a.word_list), len(b.word_list)), 2) END)",
}
