"""axe-core finds nothing on any screen, dark and light, on a phone and on a desk, with every fold open."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.screens.lit_house import SIZES, LitHouse

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("screens")]

AXE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FREE = 9000  # high enough that the bars at top and bottom cover nothing: what is covered at rest can be scrolled free
RUN = "rules => axe.run({runOnly: rules}).then(found => found.violations)"


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_axe_finds_nothing(chromium: Browser, lit_house: LitHouse, size: str, theme: str) -> None:
    found = []
    for who in sorted({who for who, _ in lit_house.screens().values()}):
        context = chromium.new_context(
            viewport=dict(zip(("width", "height"), SIZES[size], strict=True)),  # type: ignore[arg-type]
            color_scheme=theme, service_workers="block", bypass_csp=True)  # type: ignore[arg-type]
        if who:
            lit_house.login(context, who)
        page = context.new_page()
        for name, (_, path) in ((name, screen) for name, screen in lit_house.screens().items() if screen[0] == who):
            page.goto(lit_house.base + path)
            page.set_viewport_size({"width": SIZES[size][0], "height": FREE})
            found += [f"{name}: {each}" for each in _violations(page)]
        context.close()
    assert not found, "\n".join(found)


def _violations(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(AXE)
    return [
        f"{each['id']} at {node['target']}: {node['failureSummary'].splitlines()[1].strip()}"
        for each in page.evaluate(RUN, RULES) for node in each["nodes"]
    ]
