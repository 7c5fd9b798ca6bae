"""The tests' Bot API server as a program of its own: `python -m bench.bot_api CHATS` prints its address.

Beside the methods it answers `GET /bench` with how many messages it was sent, and with the secret of the webhook.
"""

import asyncio
import sys
import time

import uvloop
from aiohttp import web

from tests.servers.botapi.people import Person
from tests.servers.telegram import TelegramServer


async def main(chats: int) -> None:
    server = TelegramServer(time.time)
    bot = server.bot()
    for number in range(1, chats + 1):
        bot.private(Person(number))

    async def told(_: web.Request) -> web.Response:
        hook = bot.webhook
        return web.json_response({"sent": len(bot.sent), "secret": None if hook is None else hook.secret})

    served = web.Application()
    served.router.add_route("*", "/bot{token:[^/]+}/{method}", server.handle)
    served.router.add_get("/bench", told)
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    await server.open()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
