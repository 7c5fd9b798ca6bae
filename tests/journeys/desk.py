"""An agent in front of the console as built, for the journeys."""

from playwright.async_api import Browser, Page, expect

from tests.servers.parley import Server


class Desk:
    """One agent's browser; ``complaints`` is what the browser's own console said against the page."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.complaints: list[str] = []
        self.entries = page.locator(".entries")
        self.offer = page.locator(".offer")
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        # That nobody is signed in yet is told by a 401, which the browser reports as well.
        if kind in {"error", "warning"} and "401" not in text:
            self.complaints.append(text)

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.server.address}/console{path}")

    async def sign_in(self, email: str) -> None:
        await self.go("/inbox/mine")
        await self.page.locator("input[name=email]").fill(email)
        await self.page.locator("input[name=password]").fill(self.server.sign_ins()[email])
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".rail")).to_be_visible()

    async def be_available(self) -> None:
        await self.page.locator("#presence-button").click()
        await self.page.locator(".presence [role=menuitemradio]").first.click()
        await expect(self.page.locator(".presence .dot-available").first).to_be_visible()

    async def accept(self) -> None:
        """By its key, as soon as the offer is there."""
        await expect(self.offer).to_be_visible()
        await self.page.keyboard.press("a")
        await expect(self.entries).to_be_visible()

    async def reply(self, text: str) -> None:
        """By the keys alone; who has just written is still in the field."""
        if await self.page.locator(".composer-text:focus").count() == 0:
            await self.page.keyboard.press("r")
            await expect(self.page.locator(".composer-text")).to_be_focused()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Control+Enter")

    async def resolve(self) -> None:
        """Makes room for the next conversation."""
        if await self.page.locator(".composer-text:focus").count():
            await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("e")
        await expect(self.page.locator(".head .chip-good")).to_be_visible()

    async def shows(self, text: str, times: int = 1) -> None:
        await expect(self.entries.get_by_text(text, exact=True)).to_have_count(times)


async def a_desk(browser: Browser, server: Server, *, width: int = 1440, language: str = "en-GB") -> Desk:
    context = await browser.new_context(viewport={"width": width, "height": 860}, locale=language)
    return Desk(await context.new_page(), server)
