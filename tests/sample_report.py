"""A report as an assessment makes it, small but with everything that renderers must bear."""

from __future__ import annotations

from datetime import date
from typing import Any

from coherence.accounting import account_for
from coherence.agenda import agenda_of, subjects_of
from coherence.identifiers import content_id
from coherence.models import (
    Baseline,
    Cluster,
    ClusterElement,
    ClusterFigure,
    Commitment,
    Comparison,
    ConditionValue,
    ConflictNature,
    DisabledRule,
    DocumentRecord,
    Finding,
    LegalBasis,
    Missing,
    Notice,
    PackRecord,
    Provenance,
    Quantity,
    Recommendation,
    ReplacedRule,
    Report,
    RuleRecord,
    Span,
    SuppressedFinding,
    Suppression,
)
from coherence.theme_interactions import interaction_view

NDC, LDN, NBSAP = "CDN-2021.pdf", "ldn/targets.docx", "استراتيجية.pdf"
_SHA = {NDC: "a" * 64, LDN: "b" * 64, NBSAP: "c" * 64}
_INSTRUMENT: dict[str, Any] = {
    NDC: {"instrument": "NDC", "convention": "UNFCCC", "language": "fr", "document_year": 2021},
    LDN: {"instrument": "LDN", "convention": "UNCCD", "language": "en", "document_year": None},
    NBSAP: {"instrument": "NBSAP", "convention": "CBD", "language": "ar", "document_year": 2016},
}
HOSTILE_QUOTE = "=HYPERLINK(\"https://example.org\") <script>alert('x')</script> & <b>200 000 ha</b>"
ARABIC_QUOTE = "استعادة 150000 هكتار من الأراضي المتدهورة بحلول عام 2030"
LONG_QUOTE = "Restaurer les terres dégradées de la zone, " * 60 + "soit 90 000 ha d’ici 2030"
BASES = (
    LegalBasis(id="uncdd-3-cop16", label="UNCCD decision 3/COP.16", source="ICCD/COP(16)/24/Add.1", verified=True),
    LegalBasis(id="kmgbf-2", label="KMGBF target 2", source="SECRET UNVERIFIED WORDS", verified=False),
)


def commitment(document: str, page: int, quote: str, **fields: Any) -> Commitment:
    """Return a commitment of one of the sample's documents."""
    place = Provenance(document=document, sha256=_SHA[document], page=page, start=10, end=10 + len(quote), quote=quote)
    values = {
        "id": content_id("c", document, page, quote),
        "country": "XKX",
        "document": document,
        "provenance": place,
        "kind": "target",
        "modality": "committed",
        "confidence": 0.9,
        **_INSTRUMENT[document],
        **fields,
    }
    return Commitment.model_validate(values)


def hectares(value: float, **fields: Any) -> Quantity:
    """Return an area."""
    return Quantity.model_validate({"value": value, "unit": "ha", "text": f"{value:.0f} ha", **fields})


def _commitments() -> tuple[Commitment, ...]:
    restored = commitment(
        NDC,
        12,
        "Restaurer 200 000 ha de terres dégradées d’ici 2030",
        themes=("land_restoration", "soil_carbon"),
        quantities=(hectares(200_000, of="degraded land"),),
        start_year=2021,
        target_year=2030,
        baseline=Baseline(year=2010, kind="base_year"),
        conditionality="conditional",
        places=("Région du Nord",),
    )
    place = restored.provenance
    other = place.model_copy(update={"page": 31})
    turned = place.model_copy(update={"continued": (Span(page=13, start=0, end=18, text="et 50 000 ménages."),)})
    return (
        restored.model_copy(update={"repeats": (other,), "provenance": turned}),
        commitment(
            LDN, 3, HOSTILE_QUOTE, themes=("land_restoration",), quantities=(hectares(200_000),), target_year=2030
        ),
        commitment(
            NBSAP, 44, ARABIC_QUOTE, themes=("land_restoration",), quantities=(hectares(150_000),), target_year=2030
        ),
        commitment(
            NDC, 20, LONG_QUOTE, kind="measure", modality="planned", quantities=(hectares(90_000, qualifier="up_to"),)
        ),
        commitment(
            LDN,
            4,
            "Region\t+5 000 ha\t@2025",
            quantities=(hectares(5_000, per_year=True),),
            conditionality="unconditional",
        ),
        commitment(
            LDN,
            5,
            "Erosion was reduced by 10 to 15 %",
            modality="achieved",
            quantities=(Quantity(low=10, high=15, unit="percent", text="10 to 15 %"),),
        ),
    )


def _findings(commitments: tuple[Commitment, ...]) -> tuple[Finding, ...]:
    restored, hostile, arabic, long, row, _ = (entry.id for entry in commitments)
    checks = ("The two areas may lie in different provinces.", "Read both annexes <first>.")
    conditions = (
        ConditionValue(condition="a.theme in b.themes", holds=True, values=(("a.theme", "land_restoration"),)),
        ConditionValue(
            condition="a.area_ha == b.area_ha", holds=True, values=(("a.area_ha", "200000"), ("b.area_ha", "200000"))
        ),
    )

    def finding(rule: str, kind: str, names: tuple[str, ...], **fields: Any) -> Finding:
        missing = fields.get("missing")
        values = {
            "fingerprint": content_id("f", rule, names, missing and missing.element),
            "rule": rule,
            "rule_version": "1.0.0",
            "dossier": "XKX",
            "kind": kind,
            "severity": "medium",
            "confidence": 0.75,
            "commitments": names,
            "title": "A title of its own",
            "explanation": f"Potential {kind} between the statements: check before use.",
            "conditions": conditions,
            "falsepositives": checks,
            "basis": BASES,
            **fields,
        }
        return Finding.model_validate(values)

    overlap = {"title": "The same area may be counted twice", "score": 1, "recommendation": "REC-001"}
    return (
        finding(
            "OVL-001", "overlap", (restored, hostile), severity="high", confidence=0.9, relation="nested", **overlap
        ),
        finding("OVL-001", "overlap", (restored, arabic), **overlap),
        finding("SYN-001", "synergy", (long, arabic), score=2, severity="low", basis=()),
        finding(
            "CON-001",
            "conflict",
            (restored, long),
            score=-1,
            title="Two figures for one aim",
            conflict=ConflictNature(
                type="contradiction",
                mechanism="differing_statements",
                manageability=("clarification",),
                precondition="Both mean <one> area",
            ),
        ),
        finding("GAP-001", "gap", (row,), missing=Missing(instrument="NBSAP", element="counterpart")),
        finding("GAP-002", "gap", (), missing=Missing(instrument="NAP", element="instrument"), conditions=()),
        finding("QUA-001", "quality", (long,), missing=Missing(element="deadline"), severity="info"),
        finding("OVL-009", "overlap", (restored, hostile, arabic), severity="low"),
    )


def _recommendations(findings: tuple[Finding, ...]) -> tuple[Recommendation, ...]:
    first = Recommendation(
        id="r-1",
        pattern="REC-001",
        rank=1,
        priority="high",
        title="Count the restoration area once",
        text="State in both documents that the areas are the same.",
        instrument="LDN",
        addressees=("UNCCD focal point", "UNFCCC focal point"),
        draft="The 200 000 ha of this target are those of the NDC.\nThey are counted once.",
        basis=BASES,
        findings=tuple(finding.fingerprint for finding in findings[:2]),
    )
    second = Recommendation(
        id="r-2",
        pattern="REC-002",
        rank=2,
        priority="low",
        title="=1+1 Name a date",
        text="@Add a year.",
        findings=("f-gone",),
    )
    return first, second


def _clusters(commitments: tuple[Commitment, ...], findings: tuple[Finding, ...]) -> tuple[Cluster, ...]:
    """Return one candidate project of two commitments, with a hostile name and a figure in each form."""
    first, second = commitments[0].id, commitments[1].id
    return (
        Cluster(
            id="cluster-1", rank=1, name="=Restoration <together>", instruments=("NDC", "LDN"), members=(first, second),
            further_members=3, objectives=BASES,
            figures=(
                ClusterFigure(unit="ha", low=1000.0, high=200_000.0, commitments=(first, second)),
                ClusterFigure(unit="ha", per_year=True, low=50.0, high=50.0, commitments=(second,)),
            ),
            missing=(ClusterElement(element="finance", commitments=(first,)),),
            findings=(findings[0].fingerprint, "f-gone"), note="“Restoration” joins commitments.",
        ),
    )  # fmt: skip


def _documents(commitments: tuple[Commitment, ...]) -> tuple[DocumentRecord, ...]:
    facts: dict[str, dict[str, Any]] = {
        NDC: {
            "title": "Contribution déterminée au niveau national <révisée>",
            "format": "pdf",
            "pages": 44,
            "mentions": ("LDN", "CBD"),
        },
        LDN: {"title": "", "format": "docx", "pages": 1, "source": "https://example.org/ldn.docx"},
        NBSAP: {
            "title": "الاستراتيجية الوطنية",
            "format": "pdf",
            "pages": 120,
            "pages_without_text": (1, 2, 3, 9),
            "pages_ocr": (7,),
        },
    }
    return tuple(
        DocumentRecord.model_validate(
            {
                "path": path,
                "sha256": _SHA[path],
                "commitments": sum(entry.document == path for entry in commitments),
                "notices": (Notice(level="warning", where=path, what="the last page is cut"),) if path == NBSAP else (),
                "year": own["document_year"],
                **{key: value for key, value in own.items() if key != "document_year"},
                **facts[path],
            }
        )
        for path, own in _INSTRUMENT.items()
    )


def _packs() -> tuple[PackRecord, ...]:
    replaced = ReplacedRule(rule="OVL-001", version="1.0.0", former_version="0.9.0", former_pack="coherence")
    return (
        PackRecord(name="coherence", version="1.0.0", hash="e" * 64, rules=6),
        PackRecord(name="=Ministry <1>", hash="f" * 64, rules=1, replaces=(replaced,),
                   disables=(DisabledRule(rule="QUA-009", reason="@Stated in <annex>"),)),
    )  # fmt: skip


def _suppressed(findings: tuple[Finding, ...]) -> tuple[SuppressedFinding, ...]:
    """Return two findings set aside: one on two commitments, one on the dossier."""
    first, last = (
        each.model_copy(update={"fingerprint": content_id("f", "set aside", number), "title": f"Set aside {number}"})
        for number, each in enumerate((findings[0], findings[5]))
    )
    ends = {"author": "A. Reviewer <a@example.org>", "expires": date(2027, 12, 31)}
    one = Suppression(where="dossier.yaml:7:5", finding=first.fingerprint, reason="=Counted <once>", **ends)
    other = Suppression(where="dossier.yaml:12:5", rule=last.rule, instrument="NAP", reason="In preparation", **ends)
    return SuppressedFinding(finding=first, suppression=one), SuppressedFinding(finding=last, suppression=other)


def sample_report(language: str = "en") -> Report:
    """Return the sample: three documents, every kind of finding, one file left out, two findings set aside."""
    commitments = _commitments()
    findings = _findings(commitments)
    kinds = {finding.rule: finding.kind for finding in findings}
    twice = {"OVL-001": "The same area may be counted twice"}
    rules = (
        RuleRecord(
            id=rule,
            version="1.0.0",
            title=twice.get(rule, f"Rule {rule}"),
            kind=kind,
            file=f"{rule}.yaml",
            pack="coherence",
        )
        for rule, kind in kinds.items()
    )
    return Report.model_validate(
        {
            "engine_version": "0.1.0",
            "rules_hash": "d" * 64,
            "language": language,
            "country": "XKX",
            "country_name": "Côte & Île",
            "documents": _documents(commitments),
            "left_out": (Notice(level="error", where="scan.pdf", what="is encrypted", remedy="remove the password"),),
            "notices": (
                Notice(level="info", where=LDN, what="year not found", remedy="name it in dossier.yaml"),
                Notice(level="warning", where=NDC, what="page 6 has no text"),
            ),
            "commitments": commitments,
            "packs": _packs(),
            "rules": tuple(rules),
            "findings": findings,
            "suppressed": _suppressed(findings),
            "as_of": date(2026, 11, 30),
            "clusters": _clusters(commitments, findings),
            "subjects": subjects_of(commitments, "en"),
            "agenda": agenda_of(findings, {each.id: each for each in commitments}, "en"),
            "comparisons": (
                Comparison(
                    instruments=("NDC", "LDN"),
                    pairs=4,
                    compared=1,
                    reasons=(("units", 2), ("year", 1)),
                    uncompared=(commitments[0].id,),
                ),
            ),
            "recommendations": _recommendations(findings),
            "interactions": interaction_view(commitments, findings, "en"),
            # The country of the sample is no one's, and has no land.
            "accounting": account_for("GHA", commitments),
        }
    )


def large_report(commitments: int = 600, findings: int = 400) -> Report:
    """Return a report as large as the largest dossiers give."""
    sample = sample_report()
    pool = [
        commitment((NDC, LDN, NBSAP)[number % 3], number % 90 + 1,
                   f"Restore {number} ha of degraded land in the watershed by 2030 " * 3,
                   themes=("land_restoration",), quantities=(hectares(number),), target_year=2030)
        for number in range(commitments)
    ]  # fmt: skip
    model = sample.findings
    found = [
        model[number % 8].model_copy(
            update={
                "fingerprint": content_id("f", number),
                "commitments": (pool[number % 60].id, pool[-1 - number % len(pool)].id),
            }
        )
        for number in range(findings)
    ]
    accounting = account_for("GHA", pool)
    return sample.model_copy(update={"commitments": tuple(pool), "findings": tuple(found), "accounting": accounting})
