"""Looks through a page in Chromium for what keeps somebody from using it, as far as a script sees it (WCAG 2.2, AA).

Whether words are understood and an order makes sense only a person can tell.
"""

from __future__ import annotations

from playwright.sync_api import Page

SCRIPT = """
() => {
  const problems = [];
  const tell = (what, element) => problems.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  const name = (element) => (element.getAttribute("aria-label")
    || (element.labels && [...element.labels].map((label) => label.textContent).join(" "))
    || element.textContent || "").trim();
  for (const control of all("input, select, textarea, button, a[href]"))
    if (!name(control)) tell("4.1.2 no name", control);
  for (const control of all("input:not([type=hidden]), select, textarea"))
    if (!control.labels.length) tell("1.3.1 no label", control);
  for (const set of all("fieldset")) if (!set.querySelector("legend")) tell("1.3.1 no legend", set);
  const radios = all("input[type=radio]");
  for (const radio of radios) if (!radio.closest("fieldset")) tell("1.3.1 radio outside a group", radio);
  for (const element of document.querySelectorAll("[aria-describedby]"))
    for (const id of element.getAttribute("aria-describedby").split(" "))
      if (!document.getElementById(id)) tell("1.3.1 described by nothing", element);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) problems.push("4.1.1 an id stands twice");

  const levels = all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) problems.push(`one h1 wanted, found ${levels}`);
  if (levels.some((level, place) => place && level > levels[place - 1] + 1))
    problems.push(`a level left out: ${levels}`);
  if (document.documentElement.lang.length !== 2) problems.push("3.1.1 no language");
  if (!document.title.trim()) problems.push("2.4.2 no title");
  if (all("main").length !== 1) problems.push("one main wanted");
  if (document.documentElement.scrollWidth > window.innerWidth)
    problems.push(`1.4.10 wider than the window: ${document.documentElement.scrollWidth} > ${window.innerWidth}`);
  for (const control of all("button, select, input")) {
    const box = control.getBoundingClientRect();
    if (box.width < 24 || box.height < 24) tell(`2.5.8 only ${box.width} x ${box.height}`, control);
  }

  const rgba = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    return found.length < 4 ? [...found, 1] : found;
  };
  const part = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = rgba(getComputedStyle(at).backgroundColor);
      if (found[3] === 1) return found;
    }
    return [255, 255, 255, 1];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(element) || element.closest("option")) continue;
    const found = ratio(rgba(getComputedStyle(element).color), behind(element));
    if (found < 4.5) tell(`1.4.3 contrast ${found.toFixed(2)}`, element);
  }
  for (const control of all("input[type=email], input[type=url], select, button")) {
    const found = ratio(rgba(getComputedStyle(control).borderTopColor), behind(control.parentElement));
    if (found < 3) tell(`1.4.11 contrast of the border ${found.toFixed(2)}`, control);
  }
  return problems;
}
"""
"""Contrast as in WCAG 2.2, "relative luminance" and "contrast ratio"."""


def problems(page: Page) -> list[str]:
    """What stands in somebody's way, each with the criterion and the element."""
    found: list[str] = page.evaluate(SCRIPT)
    return found


def focus_is_visible(page: Page) -> bool:
    """Whether the element that has the focus shows it by an outline (2.4.7)."""
    style: list[str] = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; }"
    )
    return style[0] not in ("none", "auto") and float(style[1].removesuffix("px")) >= 2


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press the tab key until the control of that name has the focus, and see that each stop shows it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "() => { const e = document.activeElement; return e.getAttribute('aria-label') "
            "|| (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent); }"
        )
        assert focus_is_visible(page), f"the focus on {label!r} is not to be seen"
        if name in (label or ""):
            return
    raise AssertionError(f"no tab stop named {name!r}")
