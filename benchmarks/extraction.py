"""How fast PDFs are read and extracted, beside plain pypdfium2 text and spaCy's Matcher, in one run.

Every file goes through all stages in turn, so that other work on the machine slows all of them alike; ratios are of
CPU time. Loading libraries and vocabularies is not counted: the first file is run once before. Optical character
recognition is off, for it would measure another program. Peak memory is that of a fresh process on the largest file.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import spacy
from spacy.matcher import Matcher

from coherence.errors import ReadingError
from coherence.extraction import extract_commitments
from coherence.models import ManifestEntry
from coherence.reading import read_document
from coherence.resources import corpora_dir
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language as Pipeline

    from coherence.models import Document

PLAIN, READ, EXTRACT, WHOLE, MATCHER = "plain text", "read", "extract", "read + extract", "spaCy Matcher"
STAGES = (PLAIN, READ, EXTRACT, MATCHER)
ROWS = (PLAIN, READ, EXTRACT, WHOLE, MATCHER)
IN_OWN_PROCESS = (PLAIN, READ, WHOLE, MATCHER)
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
    warm_up, run = Run(), Run()
    measure(files[0], warm_up)
    for file in files:
        measure(file, run)
    report(run, {stage: peak_in_new_process(stage, largest) for stage in IN_OWN_PROCESS}, largest)


def sample(files: Sequence[Path], number: int | None, largest: Path) -> list[Path]:
    """Return ``number`` files at even distances and the largest one; all files where no number is given."""
    if number is None or number >= len(files):
        return list(files)
    chosen = {files[index * len(files) // number] for index in range(number)}
    return sorted(chosen | {largest})


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
    timed(run.clocks[MATCHER], match, pages)
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


def match(pages: Sequence[str]) -> int:
    """Tokenise pages and return the number of hits of all patterns."""
    nlp, matcher = patterns()
    return sum(len(matcher(nlp.make_doc(text))) for text in pages)


@cache
def patterns() -> tuple[Pipeline, Matcher]:
    """Return spaCy with one pattern per English term of the vocabulary.

    A term that goes on (``reboise*``) is matched as it stands, which is the quicker kind of pattern.
    """
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    terms = sorted({term for name in VOCABULARY for term in leaves(per_language(name, "en"))})
    matcher = Matcher(nlp.vocab)
    for term in terms:
        matcher.add(term, [[{"LOWER": token.lower_} for token in nlp.make_doc(term.replace("*", ""))]])
    return nlp, matcher


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
    elif stage == MATCHER:
        match(plain_text(path))
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
    print(f"{len(patterns()[1])} Matcher patterns; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if run.unread:
        print(f"without text, left out: {', '.join(run.unread)}")
    print(f"peak memory on {largest.name}, {page_count(largest)} pages\n")
    print("| Stage | Seconds | CPU seconds | Pages/s | Words/s | CPU, plain text = 1 | Peak MB |")
    print("|---|---|---|---|---|---|---|")
    for name in ROWS:
        clock, memory = clocks[name], peaks.get(name)
        ratio = clock.cpu / clocks[PLAIN].cpu if clocks[PLAIN].cpu else float("nan")
        rates = [amount / clock.cpu if clock.cpu else float("nan") for amount in (run.pages, run.words)]
        print(f"| {name} | {clock.wall:.2f} | {clock.cpu:.2f} | {rates[0]:.0f} | {rates[1]:.0f} ", end="")
        print(f"| {ratio:.1f} | {memory or ''} |")
    print("\nPages/s and words/s are of CPU time.")
    print(f"extract / spaCy Matcher: {clocks[EXTRACT].cpu / clocks[MATCHER].cpu:.1f} times the CPU time")


if __name__ == "__main__":
    main()
