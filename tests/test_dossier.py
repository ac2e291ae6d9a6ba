from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from strategies_reading import docx_bytes, pdf_bytes, xlsx_bytes

from coherence.dossier import load_dossier, read_dossier
from coherence.errors import DossierError
from coherence.manifest import load_manifest

if TYPE_CHECKING:
    from coherence.models import Dossier

NDC = "Nationally Determined Contribution of Ghana\n\nSeptember 2015\n\nGhana will plant 5 ha of trees by 2030.\n"
TWO_VERSIONS = (
    "country: GHA\ndocuments:\n- file: a.txt\n  instrument: NDC\n  year: 2015\n"
    "- file: b.txt\n  instrument: NDC\n  year: 2021\n"
)
LDN = "Voluntary targets for land degradation neutrality\n\nGhana will restore 7 ha of land by 2030.\n"


def _folder(tmp_path: Path, name: str = "GHA", **files: str | bytes) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    for file, content in files.items():
        path = folder / file.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _entries(dossier: Dossier) -> list[tuple[str, str | None, int | None]]:
    return [(entry.file, entry.instrument, entry.year) for entry in dossier.entries]


def _faults(folder: Path) -> list[tuple[int | None, int | None, str, str]]:
    with pytest.raises(DossierError) as caught:
        load_dossier(folder)
    return [(f.location.line, f.location.column, f.what, f.remedy) for f in caught.value.faults]


def test_a_manifest_is_followed(tmp_path: Path) -> None:
    manifest = (
        "country: GHA\nname: Ghana\nnotes: a note\ndocuments:\n- file: b.txt\n  instrument: NDC\n"
        "  title: The NDC\n  year: 2015\n  language: en\n  source: here\n- file: a.txt\n  instrument: LDN\n  year: null\n"  # noqa: E501
    )
    folder = _folder(tmp_path, a__txt=LDN, b__txt=NDC, unlisted__txt=NDC, dossier__yaml=manifest)
    dossier = load_dossier(folder)
    assert (dossier.country, dossier.country_name) == ("GHA", "Ghana")
    assert _entries(dossier) == [("a.txt", "LDN", None), ("b.txt", "NDC", 2015)]
    calls: list[tuple[str, int, int]] = []
    documents, left_out = read_dossier(dossier, lambda *call: calls.append(call))
    assert left_out == ()
    assert [document.title for document in documents] == [
        "Voluntary targets for land degradation neutrality",
        "The NDC",
    ]
    assert [document.convention for document in documents] == ["UNCCD", "UNFCCC"]
    assert calls == [("a.txt", 0, 2), ("b.txt", 1, 2), ("", 2, 2)]
    assert not documents[1].notices


def test_all_faults_of_a_manifest_come_at_once_with_places_and_suggestions(tmp_path: Path) -> None:
    manifest = (
        "country: GH\ndocumnts: []\ndocuments:\n- file: a.txt\n  instrument: NBSPA\n  yaer: 2015\n  language: english\n"
        "- file: ../b.txt\n  year: soon\n  status: superseeded\n- instrument: INDC\n- file: c.tx\n  instrument: LDN\n"
    )
    folder = _folder(tmp_path, a__txt=NDC, c__txt=LDN, dossier__yaml=manifest)
    assert [(line, column, remedy) for line, column, _, remedy in _faults(folder)] == [
        (1, 10, "did you mean GHA?"),
        (2, 1, "did you mean 'documents'?"),
        (5, 15, "did you mean 'NBSAP'?"),
        (6, 3, "did you mean 'year'?"),
        (7, 13, "one of: en, fr, es, pt, ar, ru, zh"),
        (8, 9, "copy it into this folder"),
        (9, 9, "write a year from 1970 to 2100, or leave it out"),
        (10, 11, "did you mean 'superseded'?"),
        (11, 3, "add 'file: ' with its name in this folder"),
        (11, 15, "did you mean 'NDC'?"),
        (12, 9, "did you mean 'c.txt'?"),
    ]


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ("", "the manifest holds no keys"),
        ("- a\n", "the manifest holds no keys"),
        ("country: GHA\n", "no documents are listed"),
        ("documents:\n- file: a.txt\n", "the country is missing"),
        ("country: GHA\ndocuments: a.txt\n", "no documents are listed"),
        ("country: GHA\ndocuments:\n- a.txt\n", "a document must have keys"),
        ("country: [", "not valid YAML"),
        ("country: GHA\ndocuments:\n- file: a.txt\n- file: a.txt\n", "'a.txt' is listed twice"),
        ("country: GHA\ndocuments:\n- {file: a.txt, title: [x]}\n", "title must be text"),
        ("country: GHA\nsuppressions: {}\ndocuments:\n- file: a.txt\n", "suppressions are not a list"),
        ("country: GHA\nas_of: soon\ndocuments:\n- file: a.txt\n", "'soon' is no date"),
    ],
)
def test_each_fault_of_a_manifest(tmp_path: Path, manifest: str, what: str) -> None:
    folder = _folder(tmp_path, a__txt=NDC, dossier__yaml=manifest)
    assert any(what in fault[2] for fault in _faults(folder))


def test_a_listed_file_that_is_absent_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    manifest = "country: GHA\ndocuments:\n- file: a.txt\n  instrument: NDC\n- file: b.txt\n  instrument: LDN\n"
    dossier = load_dossier(_folder(tmp_path, a__txt=NDC, dossier__yaml=manifest))
    documents, left_out = read_dossier(dossier)
    assert [document.path for document in documents] == ["a.txt"]
    assert "b.txt" in left_out[0].what
    assert left_out[0].where.endswith("dossier.yaml:5:9")
    assert left_out[0].level == "error"


def test_two_documents_of_an_instrument_must_be_told_apart(tmp_path: Path) -> None:
    start = TWO_VERSIONS.replace("2021", "2015")
    folder = _folder(tmp_path, a__txt=NDC, b__txt=NDC, dossier__yaml=start)
    assert "same year" in _faults(folder)[0][2]
    for telling in ("  status: draft\n", "  version: second\n"):
        (folder / "dossier.yaml").write_text(start + telling, encoding="utf-8")
        assert len(load_manifest(folder).entries) == 2


def test_older_versions_are_superseded_unless_the_manifest_says_otherwise(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a__txt=NDC, b__txt=NDC, dossier__yaml=TWO_VERSIONS)
    dossier = load_dossier(folder)
    assert [entry.status for entry in dossier.entries] == ["superseded", "current"]
    assert "left out of the assessment" in dossier.notices[0].what
    assert [document.path for document in read_dossier(dossier)[0]] == ["b.txt"]
    (folder / "dossier.yaml").write_text(
        TWO_VERSIONS.replace("  year: 2015\n", "  year: 2015\n  status: adopted\n"), encoding="utf-8"
    )
    assert [document.path for document in read_dossier(load_dossier(folder))[0]] == ["a.txt", "b.txt"]


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    manifest = "country: GHA\ndocuments:\n" + "".join(
        f"- file: {name}\n  instrument: {instrument}\n"
        for name, instrument in (("a.pdf", "NDC"), ("b.docx", "NAP"), ("c.txt", "LDN"))
    )
    cut = docx_bytes()[:900]
    folder = _folder(
        tmp_path,
        a__pdf=pdf_bytes("Ghana will plant 5 ha of trees by 2030."),
        b__docx=cut,
        c__txt=LDN,
        dossier__yaml=manifest,
    )
    documents, left_out = read_dossier(load_dossier(folder))
    assert [document.path for document in documents] == ["a.pdf", "c.txt"]
    assert [(notice.where, notice.level) for notice in left_out] == [("b.docx", "error")]
    assert left_out[0].remedy


def test_a_folder_without_manifest_is_inferred_and_says_so(tmp_path: Path) -> None:
    rows = [["Target", "Year"], ["restore 5 ha", 2030]]
    folder = _folder(
        tmp_path,
        "Burkina Faso docs",
        doc1__txt=NDC,
        ldn__xlsx=xlsx_bytes(rows),
        README__md="# Read me",
        photo__png=b"\x89PNG",
    )
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "nbsap 2016.txt").write_text("Plan\n\nProse of the plan.\n", encoding="utf-8")
    dossier = load_dossier(folder)
    assert dossier.country == "BFA"
    assert _entries(dossier) == [
        ("doc1.txt", "NDC", 2015),
        ("ldn.xlsx", "LDN", None),
        ("sub/nbsap 2016.txt", "NBSAP", 2016),
    ]
    said = {(Path(notice.where).name, notice.what) for notice in dossier.notices}
    assert ("Burkina Faso docs", "country BFA (Burkina Faso) inferred from the folder's name") in said
    assert ("doc1.txt", "instrument NDC inferred from its title") in said
    assert ("doc1.txt", "year 2015 inferred from the date on its first page") in said
    assert ("photo.png", "left aside: .png is no document") in said
    assert all(notice.level == "info" for notice in dossier.notices)
    documents, left_out = read_dossier(dossier)
    assert (len(documents), left_out) == (3, ())


@pytest.mark.parametrize(("folder", "prefix"), [("x", "Ghana "), ("GHA", ""), ("gh", ""), ("x", "")])
def test_the_country_comes_from_folder_files_or_text(tmp_path: Path, folder: str, prefix: str) -> None:
    path = _folder(tmp_path, folder, **{f"{prefix}ndc__txt": NDC, f"{prefix}ldn__txt": LDN})
    assert load_dossier(path).country == "GHA"


def test_ambiguities_come_at_once_with_the_manifest_to_write(tmp_path: Path) -> None:
    unclear = "Report\n\nProse about nothing in particular that goes on for a while.\n"
    folder = _folder(
        tmp_path, "x", one__txt=unclear, two__txt=unclear, ndc__txt="Contribution\n\nPlain prose of some length.\n"
    )
    faults = _faults(folder)
    assert [fault[2].split(" is not clear")[0] for fault in faults[:3]] == [
        "the country",
        "the instrument of 'one.txt'",
        "the instrument of 'two.txt'",
    ]
    lines = faults[-1][3].split("\n")[1:]
    assert lines == [
        "country:   # fill in",
        "documents:",
        "- file: ndc.txt",
        "  instrument: NDC",
        "- file: one.txt",
        "  instrument:   # fill in",
        "- file: two.txt",
        "  instrument:   # fill in",
    ]
    filled = (
        "\n".join(lines)
        .replace("country:   # fill in", "country: GHA")
        .replace("instrument:   # fill in", "instrument: OTHER")
    )
    (folder / "dossier.yaml").write_text(filled, encoding="utf-8")
    assert len(load_dossier(folder).entries) == 3


def test_two_files_of_one_instrument_and_year_are_ambiguous(tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"ndc a__txt": NDC, "ndc b__txt": NDC})
    faults = _faults(folder)
    assert "both NDC of 2015" in faults[0][2]
    assert '- file: "ndc a.txt"' in faults[-1][3]


def test_two_versions_are_kept_and_the_older_left_out(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ndc_2015__txt=NDC, ndc_2021__txt=NDC)
    dossier = load_dossier(folder)
    assert [entry.status for entry in dossier.entries] == ["superseded", "current"]
    assert [document.year for document in read_dossier(dossier)[0]] == [2021]


def test_the_order_of_creation_makes_no_difference(tmp_path: Path) -> None:
    first = _folder(tmp_path, "GHA", b_ndc__txt=NDC, a_ldn__txt=LDN)
    second = tmp_path / "other" / "GHA"
    second.mkdir(parents=True)
    for name in ("a_ldn.txt", "b_ndc.txt"):
        shutil.copy(first / name, second / name)
    read = [read_dossier(load_dossier(folder))[0] for folder in (first, second)]
    assert read[0] == read[1]
    assert [document.path for document in read[0]] == ["a_ldn.txt", "b_ndc.txt"]


@pytest.mark.parametrize("name", ["absent", "empty", "file"])
def test_what_is_no_dossier_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert _faults(tmp_path / name)[-1][3]
