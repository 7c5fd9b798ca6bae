"""What readers say back: whether an article helped, and that they want a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from aiohttp import hdrs, web

from core.network import counted_in
from core.web import client_address, same_origin
from knowledge.helpcenter import addresses, reading
from knowledge.helpcenter.contract import Ways
from knowledge.helpcenter.drawing import Head
from knowledge.helpcenter.keeping import Made
from knowledge.helpcenter.limiting import often
from knowledge.helpcenter.pages import Pages, Tools, asked
from knowledge.helpcenter.reading import Shown
from knowledge.helpcenter.serving import Unreadable, elsewhere
from knowledge.helpcenter.slugs import is_slug, slug_in
from knowledge.helpcenter.visiting import Visit
from knowledge.helpcenter.voting import REASONS, Vote, record, visitor_of
from knowledge.helpcenter.words import Words

_HELPFUL = {"yes": True, "no": False}
_NUMBER_DIGITS = 9
_FIELDS = 20
_SAME_SITE = frozenset({"same-origin", "none"})
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Way:
    title: str
    lead: str
    label: str
    href: str
    opens: bool = False


class TalkPages:
    """Handlers."""

    def __init__(self, tools: Tools, pages: Pages) -> None:
        self._tools = tools
        self._pages = pages
        self._settings = tools.parts.settings

    async def vote(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """A form's answer, and then the article again. Only from a page of ours: nobody votes through others' pages."""
        language, slug = visit.language(request.match_info["language"]), slug_in(request)
        if not _is_ours(request):
            raise Unreadable("help-bad-origin", status=403)
        await often(self._tools.parts, "votes", request, self._settings.votes)
        await often(self._tools.parts, f"votes.{language}.{slug}", request, self._settings.article_votes)
        vote = self._vote(request, await self._form(request))
        parts = self._tools.parts
        found = await parts.db.run(record, visit.reader, language, slug, vote)
        if found is None:
            raise web.HTTPNotFound
        said = "done" if vote.reason else "yes" if vote.helpful else "no"
        return elsewhere(f"{addresses.article(language, found.slug)}?voted={said}#vote")

    async def _form(self, request: web.Request) -> Mapping[str, str]:
        """Raises Unreadable for what is no form of ours, or too long for one."""
        if request.content_type != _FORM or (request.content_length or 0) > self._settings.form_bytes:
            raise Unreadable("help-bad-form")
        body = await request.read()
        if len(body) > self._settings.form_bytes:
            raise Unreadable("help-bad-form")
        try:
            return dict(parse_qsl(body.decode(), max_num_fields=_FIELDS))
        except ValueError as error:
            raise Unreadable("help-bad-form") from error

    def _vote(self, request: web.Request, form: Mapping[str, str]) -> Vote:
        helpful, number = form.get("helpful", ""), form.get("number", "")
        reason, comment = form.get("reason") or None, (form.get("comment") or "").strip()
        if (
            helpful not in _HELPFUL
            or not number.isascii()
            or not number.isdigit()
            or len(number) > _NUMBER_DIGITS
        ):
            raise Unreadable("help-bad-form")
        # Who was helped is asked for no reason.
        if reason is not None and (reason not in REASONS or _HELPFUL[helpful]):
            raise Unreadable("help-bad-form")
        parts = self._tools.parts
        said = "".join(each for each in comment if each.isprintable() or each == "\n")
        return Vote(
            helpful=_HELPFUL[helpful],
            number=int(number),
            visitor=visitor_of(
                parts.secret,
                parts.clock.now().date().isoformat(),
                counted_in(client_address(request))[0][0],
                request.headers.get(hdrs.USER_AGENT, ""),
            ),
            reason=reason,
            comment=said[: self._settings.comment_characters] or None,
        )

    async def contact(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """Every way to a person, each carrying what was read and searched for."""
        language = visit.language(request.match_info["language"])
        q, slug = asked(request, self._settings.query_characters), request.query.get("article", "")
        key = None if q or is_slug(slug) else ("contact", language)
        page = await self._tools.maker.page(
            request, visit, key, lambda: self._contact(visit, language, q, slug)
        )
        return self._tools.counter.answer(request, visit, page, kept=False)

    async def _contact(self, visit: Visit, language: str, q: str, slug: str) -> Made:
        parts, say = self._tools.parts, self._tools.drawer.words(language)
        found = await parts.db.read(reading.find, visit.reader, language, slug) if is_slug(slug) else None
        about = found if isinstance(found, Shown) else None
        ways = await self._tools.visits.reach(visit)
        head = Head(say("help-page-title", title=say("help-contact"), name=visit.name), index=False)
        frame = await self._pages.frame(
            visit,
            say,
            head,
            lambda tag: addresses.contact(tag, None if about is None else about.slug, q),
            q=q,
        )
        content = {"about": about, "ways": _ways(say, ways, _told(visit, about, q), about, q)}
        return await self._pages.drawn("contact", frame, content)


def _told(visit: Visit, about: Shown | None, q: str) -> dict[str, str]:
    """For the page of a chat: what the agent will see."""
    told = {} if about is None else {"article": visit.whole(addresses.article(about.language, about.slug))}
    return told | ({"q": q} if q else {})


def _ways(say: Words, ways: Ways, told: dict[str, str], about: Shown | None, q: str) -> list[_Way]:
    found = []
    if ways.page is not None:
        query = urlencode({"lang": say.language, **told})
        words = (say("help-contact-chat"), say("help-contact-chat-lead"), say("help-contact-chat-go"))
        found.append(_Way(*words, f"{ways.page}?{query}", opens=ways.script is not None))
    if ways.mail is not None:
        lead, go = say("help-contact-mail-lead", address=ways.mail), say("help-contact-mail-go")
        subject = q if about is None else about.title
        lines = "\n".join(told.values())
        query = "&".join(
            f"{name}={quote(each, safe='')}" for name, each in (("subject", subject), ("body", lines)) if each
        )
        found.append(
            _Way(
                say("help-contact-mail"), lead, go, f"mailto:{quote(ways.mail, safe='@')}?{query}".rstrip("?")
            )
        )
    return found


def _is_ours(request: web.Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    return same_origin(request) and (site is None or site in _SAME_SITE)
