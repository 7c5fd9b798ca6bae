"""What axe, the checker of accessibility, finds on a page."""

from playwright.async_api import Page

from tests.journeys.guest import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STILL = """async () => {
  const roots = [document, ...[...document.querySelectorAll('*')].map(each => each.shadowRoot).filter(Boolean)];
  const moving = roots.flatMap(root => root.getAnimations())
    .filter(each => Number.isFinite(each.effect.getComputedTiming().endTime));
  await Promise.allSettled(moving.map(each => each.finished));
}"""
"""What fades in has another contrast while it does: waits for all that moves and comes to an end.

What begins to move afterwards does so for no longer than a person wants who wants no motion.
"""


async def complaints(page: Page, scope: str = "html") -> list[str]:
    """As ``rule: element``, within the element that ``scope`` selects."""
    await page.emulate_media(reduced_motion="reduce")
    await page.evaluate(STILL)
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate(
        "([scope, rules]) => axe.run(document.querySelector(scope), {runOnly: rules, resultTypes: ['violations']})",
        [scope, RULES],
    )
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
