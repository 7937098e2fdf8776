"""The rules of axe-core, asked of a page in Chromium. Installed by `make axe` from npm, by its checksum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

FOLDER = Path(__file__).parent
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
NO_AXE = "axe-core is not installed: `make axe` installs it with npm (Debian: apt-get install nodejs npm)"
EXCEPTIONS = FOLDER.parents[1] / "data" / "accessibility.yml"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORST = ("serious", "critical")
ASK = """
async ([tags, serious]) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.filter((one) => serious.includes(one.impact)).flatMap((one) => one.nodes.map((node) => ({
    rule: one.id, impact: one.impact, element: node.html.slice(0, 200), target: node.target.flat().join(" "),
    says: (node.failureSummary || "").split("\\n").slice(1).join("; ").slice(0, 300),
  })));
}
"""
WITHIN = "([target, within]) => { const at = document.querySelector(target); return !!(at && at.closest(within)); }"


@dataclass(frozen=True)
class Finding:
    rule: str
    impact: str
    element: str
    target: str
    says: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.element}\n      {self.says}"


def exceptions() -> list[dict[str, str]]:
    found: dict[str, Any] = yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8"))
    return list(found["exceptions"])


def findings(page: Page) -> list[Finding]:
    """What is serious or critical on the page as it is now, but for what is let pass with a reason."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [Finding(**one) for one in page.evaluate(ASK, [TAGS, WORST])]
    return [one for one in found if not any(_passes(page, one, let) for let in exceptions())]


def _passes(page: Page, one: Finding, let: dict[str, str]) -> bool:
    return one.rule == let["rule"] and bool(page.evaluate(WITHIN, [one.target, let["within"]]))


def told(found: list[Finding]) -> str:
    return "\n".join(_lines(found))


def _lines(found: list[Finding]) -> Iterator[str]:
    yield f"{len(found)} findings:"
    yield from (f"  {one}" for one in dict.fromkeys(found))
