"""The app in a real browser, against a server of its own."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.report import made
from tests.ui import samples
from wfm.cli.runner import plan_into, read
from wfm.ui import pages

pytestmark = pytest.mark.browser
SLOW = 120_000  # ms: on a busy machine; nothing waits longer than it must
MINUTES = 600_000


@pytest.fixture(scope="module", autouse=True)
def finished(data: Path) -> None:
    """A finished plan to look at, whatever happens in the other tests."""
    samples.write(data, "earlier", scenario="earlier plan")


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, exact=True).first).to_be_visible(timeout=SLOW)


def no_error(page: Page) -> None:
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)


def start(page: Page, app: str, scenario: str) -> None:
    """Choose a bundled scenario and start its plan."""
    page.goto(f"{app}/?bundled={scenario}", timeout=SLOW)
    page.get_by_role("button", name="Plan this scenario").click(timeout=SLOW)
    page.get_by_role("button", name="Plan it").click(timeout=SLOW)


def until(check, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_app_opens_on_the_scenario_page(page: Page, app: str):
    page.goto(app, timeout=SLOW)
    heading(page, "Scenario")
    heading(page, "Queues")
    no_error(page)


@pytest.mark.parametrize("title", ["Plan", "Forecast", "Coverage", "Roster", "Simulation", "Compare"])
def test_a_page_opens_from_its_own_address(page: Page, app: str, title: str):
    page.goto(f"{app}/{title.lower()}?run=earlier", timeout=SLOW)
    heading(page, title)
    expect(page.get_by_role("combobox", name="Plan shown")).to_have_value(re.compile("earlier plan"))
    no_error(page)


def test_somebody_is_marked_absent_and_the_mended_plan_stands_beside_the_old_one(page: Page, app: str, data: Path):
    plan_into(read("one_queue", effort=0.05, replications=3), data / "runs" / "week")
    page.goto(f"{app}/change?run=week", timeout=SLOW)
    heading(page, "Change a published roster")
    page.get_by_role("combobox", name="Who is away").click(timeout=SLOW)
    page.keyboard.type("team 02")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # the list would lie over the button
    page.get_by_role("button", name="Show what would change").click(timeout=SLOW)
    heading(page, "What would change")
    expect(page.get_by_text(re.compile(r"\d days? away, and"))).to_be_visible()
    page.get_by_role("button", name="Accept: make it a plan").click()
    expect(page.get_by_text("The mended plan is ready")).to_be_visible(timeout=MINUTES)
    expect(page.get_by_role("combobox", name="Plan shown")).to_have_value(re.compile("One queue, mended"))
    expect(page.get_by_text("calls: Service level")).to_be_visible(timeout=SLOW)
    assert len(list((data / "runs").glob("One queue mended*"))) == 1
    no_error(page)


LOCAL = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:")


def test_nothing_is_fetched_from_outside_this_machine(page: Page, app: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    for listed in pages.PAGES:
        name = Path(listed.file).stem
        page.goto(f"{app}/{'' if listed is pages.PAGES[0] else name}?run=earlier", timeout=SLOW)
        expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=SLOW)
        page.wait_for_timeout(1500)
    assert len(asked) > 20
    assert [url for url in asked if not LOCAL.match(url)] == []


@pytest.mark.parametrize("name", ["compare", "coverage"])
def test_tables_fit_a_screen_of_1280_pixels(page: Page, app: str, data: Path, name: str):
    samples.write(data, "short", made.result(need=3), scenario="earlier plan")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{app}/{name}?run=short", timeout=SLOW)
    table = page.locator('[data-testid="stTable"]').first
    expect(table).to_be_visible(timeout=SLOW)
    box, inside = table.bounding_box(), table.locator("table").first.bounding_box()
    assert inside["x"] + inside["width"] <= box["x"] + box["width"] + 1 <= 1281


def test_a_long_roster_says_how_many_people_are_not_in_view(page: Page, app: str, data: Path):
    people = "".join(f'\n[[agent]]\nname = "person {n:02d}"\nskills = ["calls"]\n' for n in range(60))
    samples.write(data, "many", scenario_toml=samples.SCENARIO + people)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{app}/roster?run=many", timeout=SLOW)
    told = page.locator(".roster .count")
    expect(told).to_have_text(re.compile(r"1–\d\d of 62 people"), timeout=SLOW)
    page.locator(".roster .scroll").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    expect(told).to_have_text(re.compile(r"–62 of 62 people"))


def test_the_roster_is_drawn_and_tells_what_is_under_the_pointer(page: Page, app: str):
    page.goto(f"{app}/roster?run=earlier", timeout=SLOW)
    drawn = page.locator(".roster canvas")
    expect(drawn).to_be_visible(timeout=SLOW)
    box = drawn.bounding_box()
    for step in range(40):
        page.mouse.move(box["x"] + 150 + step * (box["width"] - 155) / 40, box["y"] + 28 + 11)
        if page.locator(".roster .tip").is_visible():
            break
    expect(page.locator(".roster .tip")).to_have_text(re.compile(r"ann: .*, \d\d:\d\d–\d\d:\d\d"))


def test_a_broken_scenario_shows_its_faults_and_no_traceback(page: Page, app: str, tmp_path: Path):
    broken = tmp_path / "broken.toml"
    broken.write_text('[centre]\nname = "x"\ntimezone = "Nowhere/Land"\nunknown_key = 1\n')
    page.goto(app, timeout=SLOW)
    page.get_by_role("radio", name="Upload").click(timeout=SLOW)
    page.locator('input[type="file"]').set_input_files(str(broken))
    expect(page.get_by_text(re.compile(r"\d+ faults found"))).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Nowhere/Land")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.get_by_role("button", name="Plan this scenario")).to_have_count(0)


def test_an_uploaded_scenario_is_planned_to_the_end_and_shows_its_figures(page: Page, app: str):
    page.goto(app, timeout=SLOW)
    page.get_by_role("radio", name="Upload").click(timeout=SLOW)
    page.locator('input[type="file"]').set_input_files(str(Path(__file__).parents[2] / "scenarios" / "one_queue.toml"))
    page.get_by_role("button", name="Plan this scenario").click(timeout=SLOW)
    page.get_by_role("button", name="Plan it").click(timeout=SLOW)
    expect(page.get_by_text("Planned in")).to_be_visible(timeout=MINUTES)
    heading(page, "Key figures of One queue")
    for name in ("Forecast", "Coverage", "Roster", "Simulation"):
        page.get_by_role("link", name=name, exact=True).click()
        heading(page, name)
        expect(page).to_have_url(re.compile("run=One"))
        no_error(page)


def test_a_second_session_is_answered_while_the_first_one_plans_and_the_first_can_cancel(
    page: Page, browser: Browser, app: str, data: Path
):
    before = set((data / "runs").glob("Retail*"))
    start(page, app, "retail_bank")
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_visible(timeout=SLOW)
    other = browser.new_page()
    other.goto(app, timeout=SLOW)
    heading(other, "Scenario")
    other.get_by_role("radio", name="Upload").click()
    expect(other.get_by_text("Nothing uploaded yet")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_visible()
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_text("Cancelled after")).to_be_visible(timeout=SLOW)
    other.close()
    assert set((data / "runs").glob("Retail*")) == before


def test_closing_the_tab_ends_its_plan_and_removes_its_files(browser: Browser, app: str, data: Path):
    known = set((data / "uploads").iterdir())
    page = browser.new_page()
    start(page, app, "retail_bank")
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_visible(timeout=SLOW)
    assert set((data / "uploads").iterdir()) - known
    page.close()
    until(lambda: not set((data / "uploads").iterdir()) - known)
    assert not list((data / "runs").glob("Retail*"))
