"""The app in a real browser, against a server of its own."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SLOW = 30_000


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, exact=True).first).to_be_visible(timeout=SLOW)


def plan(page: Page, app: str, scenario: str) -> None:
    """Choose a bundled scenario and start its plan."""
    page.goto(f"{app}/?bundled={scenario}")
    heading(page, "Scenario")
    page.get_by_role("button", name="Plan this scenario").click()
    heading(page, "Plan")
    page.get_by_role("button", name="Plan it").click()


def test_the_app_opens_on_the_scenario_page_without_an_error(page: Page, app: str):
    page.goto(app)
    heading(page, "Scenario")
    expect(page.get_by_text("What the centre", exact=False).or_(page.get_by_text("A scenario says what the centre is"))).to_be_visible(
        timeout=SLOW
    )
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "title"),
    [("plan", "Plan"), ("forecast", "There is no finished plan yet"), ("compare", "Compare")],
)
def test_a_page_opens_from_its_own_address(page: Page, app: str, address: str, title: str):
    page.goto(f"{app}/{address}")
    expect(page.get_by_text(title).first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_a_broken_scenario_shows_its_faults_and_no_traceback(page: Page, app: str, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text('[centre]\nname = "x"\ntimezone = "Nowhere/Land"\nunknown_key = 1\n')
    page.goto(app)
    page.get_by_role("radio", name="Upload").click()
    page.locator('input[type="file"]').set_input_files(str(broken))
    expect(page.get_by_text(re.compile(r"\d+ faults? found"))).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_one_queue_is_planned_to_the_end_and_shows_its_figures(page: Page, app: str):
    plan(page, app, "one_queue")
    expect(page.get_by_text(re.compile(r"Planned in"))).to_be_visible(timeout=180_000)
    expect(page.get_by_text("Service level").first).to_be_visible()
    for name in ("Forecast", "Coverage", "Roster", "Simulation"):
        page.get_by_role("link", name=name, exact=True).click()
        heading(page, name)
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_a_second_session_stays_quick_and_the_first_can_cancel(page: Page, browser: Browser, app: str):
    plan(page, app, "retail_bank")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=SLOW)
    other = browser.new_page()
    other.goto(app)
    heading(other, "Scenario")
    other.get_by_role("radio", name="Upload").click()
    expect(other.get_by_text("Nothing uploaded yet")).to_be_visible(timeout=5_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled after")).to_be_visible(timeout=10_000)
    other.close()
