"""`python -m tests.chaos.bot PORT`: a bot of somebody's own, as light as can be, to be killed in the middle of a turn."""

import asyncio
import sys

from aiohttp import web

from tests.journeys.visits import FOR_A_PERSON


async def answer(request: web.Request) -> web.Response:
    """A text for everything; whoever asks for a person gets one."""
    text = (await request.json())["text"]
    wanted = text in FOR_A_PERSON.values()
    proposal = {"kind": "person"} if wanted else {"kind": "text", "text": f"About this: {text}"}
    return web.json_response({"proposals": [proposal], "intent": "person" if wanted else "question"})


async def serve(port: int) -> None:
    """For ever."""
    app = web.Application()
    app.router.add_post("/bot", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
