"""The real programs that tests stand on work on this machine."""

import pytest
from playwright.async_api import Browser
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.servers.postgres import Cluster


@pytest.mark.postgres
async def test_each_test_gets_a_database_of_its_own(postgres: Cluster, bare_postgres_url: str) -> None:
    """A table made in one database is seen in its copy, and not in another one."""
    engine = create_async_engine(bare_postgres_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE thing (id int)"))
    await engine.dispose()
    template = bare_postgres_url.split("@/")[1].split("?", maxsplit=1)[0]
    assert await tables(postgres, postgres.create_database(template)) == ["thing"]
    assert await tables(postgres, postgres.create_database()) == []


async def tables(postgres: Cluster, name: str) -> list[str]:
    engine = create_async_engine(postgres.url(name))
    async with engine.connect() as connection:
        found = await connection.scalars(text("SELECT relname FROM pg_stat_user_tables"))
        names = list(found)
    await engine.dispose()
    postgres.drop_database(name)
    return names


@pytest.mark.browser
async def test_a_page_runs_scripts_and_shows_chinese_text(browser: Browser) -> None:
    context = await browser.new_context(locale="zh-CN")
    page = await context.new_page()
    await page.set_content("<p></p><script>document.querySelector('p').textContent = '你好'</script>")
    assert await page.inner_text("p") == "你好"


@pytest.mark.browser
async def test_a_second_test_starts_with_no_context_of_the_first(browser: Browser) -> None:
    assert len(browser.contexts) <= 1
