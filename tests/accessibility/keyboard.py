"""Goes through a page by the Tab key alone and tells what a reader without a mouse meets."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MARK = """
() => {
  const usable = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0
    && !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]")
    && !(one.type === "radio" && !one.checked && document.querySelector(`[name="${one.name}"]:checked`));
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const kept = all.filter(usable);
  kept.forEach((one, place) => { one.dataset.stop = place; });
  return kept.length;
}
"""
LOOK = """
(() => {
  const look = (one) => {
    const told = [];
    for (let at = one, up = 0; at && at !== document.body && up < 9; at = at.parentElement, up += 1) {
      const style = getComputedStyle(at);
      told.push(style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor,
        style.backgroundColor, style.textDecorationLine);
    }
    return told.join("|");
  };
  const drawn = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  window.settled = async () => {
    await drawn();
    document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
  };
  window.lookOf = (place) => look(document.querySelector(`[data-stop="${place}"]`));
  window.focused = async () => {
    await window.settled();
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    return { place: at.dataset.stop ?? "", look: look(at), html: at.outerHTML.slice(0, 160) };
  };
})()
"""
MISSED = """
([place, reached]) => {
  const at = document.querySelector(`[data-stop="${place}"]`);
  const group = at?.closest("[role=toolbar], [role=radiogroup]");
  const others = group ? [...group.querySelectorAll("[data-stop]")] : [];
  return !at || others.some((one) => reached.includes(one.dataset.stop)) ? "" : at.outerHTML.slice(0, 160);
}
"""
"""Of a toolbar or a group of radio buttons Tab reaches one, the arrow keys the others (ARIA, 2.7 composite widgets)."""


@dataclass(frozen=True)
class Walk:
    """`missed`: what can be used and was not reached; `unseen`: what had the focus and looked as without it."""

    stops: int
    reached: int
    missed: tuple[str, ...]
    unseen: tuple[str, ...]
    is_trapped: bool


def walk(page: Page) -> Walk:
    """Press Tab from the top until the focus leaves the page or has been everywhere."""
    page.evaluate(LOOK)
    stops = int(page.evaluate(MARK))
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.evaluate("window.scrollTo(0, 0)")
    looks: dict[str, tuple[str, str]] = {}
    is_trapped = True
    for _ in range(2 * stops + 10):
        page.keyboard.press("Tab")
        at = page.evaluate("window.focused()")
        if at is None or (at["place"] in looks and len(looks) >= stops):
            is_trapped = False
            break
        if at["place"]:
            looks.setdefault(at["place"], (at["look"], at["html"]))
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.evaluate("window.settled()")
    unseen = [html for place, (look, html) in looks.items() if page.evaluate("(p) => window.lookOf(p)", place) == look]
    missed = [page.evaluate(MISSED, [place, list(looks)]) for place in range(stops) if str(place) not in looks]
    return Walk(stops, len(looks), tuple(filter(None, missed)), tuple(unseen), is_trapped)
