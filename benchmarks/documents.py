"""Reading a programme guide of 400 pages against PDFium's plain text of the same pages, in the same run.

    python benchmarks/documents.py [FILE.pdf] [--pages N] [--rounds N]

Without FILE the guide of the tests is drawn. Prints medians of processor time and the highest memory of the process
that reads; exits 1 where the ratio of times, the seconds or the megabytes are above their limits.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.doubles.faulty_papers import guide

RATIO = 40.0
"""PDFium's text has no columns, tables, headings or paragraphs: to find them is Python's work, letter by letter."""
SECONDS = 60.0
MEGABYTES = 400.0

MEASURED = """
import json, resource, sys, time
from pathlib import Path
path = Path(sys.argv[2])
if sys.argv[1] == "ours":
    from crawler.documents.formats import read_here
    start = time.process_time()
    text = read_here(path, "application/pdf")
    told = {"pages": len(text.pages), "tables": len(text.tables), "issues": len(text.issues)}
    count = len(text.text)
else:
    import pypdfium2
    start = time.process_time()
    document = pypdfium2.PdfDocument(path)
    count = sum(len(page.get_textpage().get_text_bounded()) for page in document)
    told = {"pages": len(document)}
seconds = time.process_time() - start
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(told | {"characters": count, "seconds": seconds, "megabytes": megabytes}))
"""


def measured(how: str, path: Path) -> dict[str, float]:
    """One reading in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-c", MEASURED, how, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[1]).stdout
    return dict(json.loads(told))


def compare(path: Path, rounds: int) -> dict[str, float]:
    """Both ways taking turns, so that other load disturbs both alike."""
    runs = [(measured("ours", path), measured("plain", path)) for _ in range(rounds)]
    ours, plain = (statistics.median(run[way]["seconds"] for run in runs) for way in (0, 1))
    return {
        **{name: runs[0][0][name] for name in ("pages", "tables", "issues", "characters")},
        "seconds": round(ours, 2),
        "plain_seconds": round(plain, 2),
        "ratio": round(ours / plain, 1),
        "megabytes": round(max(run[0]["megabytes"] for run in runs)),
        "plain_megabytes": round(max(run[1]["megabytes"] for run in runs)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.file or Path(folder) / "guide.pdf"
        if asked.file is None:
            path.write_bytes(guide(asked.pages))
        figures = compare(path.absolute(), asked.rounds)
    limits = {"ratio": RATIO, "seconds": SECONDS, "megabytes": MEGABYTES}
    sys.stdout.write(json.dumps(figures | {"limits": limits}) + "\n")
    return int(any(figures[name] > limit for name, limit in limits.items()))


if __name__ == "__main__":
    sys.exit(main())
