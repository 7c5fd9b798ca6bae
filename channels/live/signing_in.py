"""A proven visitor has one thread in an inbox, whatever device they come with; what they said before they signed in comes along."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from channels.live.identity import Claims
from channels.live.sessions import Session, Terms, begin_session, find_session, prove_session
from core import lifecycle
from core.claims import claim
from core.contact import ContactPoint, Sender
from core.conversation import Conversation, LinkKind, Resolved
from core.ids import ContactId, ConversationId, InboxId
from core.inbox import Inbox
from core.links import link
from core.merging import Proof, prove_point
from core.site_users import USER
from core.store.conversations import ensure_point, find_point, find_thread
from core.store.tables.conversation import conversation
from core.store.tables.people import contact, contact_point, visitor_session
from core.store.tables.people import inbox as inbox_table
from core.store.tx import Tx

MAIL = "email"
HOW = "token"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose session it is now; ``before`` is the visitor that it was, where that was another; the conversation that ``goes_on``."""

    session: Session
    before: str | None = None
    goes_on: ConversationId | None = None


def is_signed_in(tx: Tx, inbox: Inbox, session: Session, claims: Claims) -> bool:
    """Whether signing in with this would change nothing."""
    if session.user != claims.user:
        return False
    point = find_point(tx, inbox.kind, session.visitor)
    if point is None or _proven(tx, USER, user_address(inbox.id, claims.user)) is None:
        return False
    if claims.name is not None and claims.name != _name_of(tx, point.contact):
        return False
    return not claims.email_proven or _proven(tx, MAIL, claims.email or "") is not None


def sign_in(tx: Tx, inbox: Inbox, given: Session | None, claims: Claims, terms: Terms) -> SignedIn:
    """A session of this user: the ``given`` one, unless somebody else is signed in there.

    The first session of a user gives the visitor; all later ones are the same visitor's.
    """
    _alone(tx, inbox.id)
    if given is not None:
        # Another tab may have signed in just now: its session has another secret since, which is not to be changed again.
        given = find_session(tx, inbox.id, given.token, terms.lasts)
    known = _visitor_of(tx, inbox.id, claims.user)
    if given is None or given.user not in {None, claims.user}:
        session = begin_session(tx, inbox.id, terms, visitor=known, user=claims.user)
        _learn(tx, inbox, session.visitor, claims, terms.language)
        return SignedIn(session)
    session = given if given.user else prove_session(tx, given, terms, visitor=known, user=claims.user)
    point = _learn(tx, inbox, session.visitor, claims, terms.language)
    if session.visitor == given.visitor:
        return SignedIn(session)
    _comes_along(tx, inbox, given.visitor, point)
    goes_on = find_thread(tx, inbox.id, session.visitor)
    return SignedIn(session, given.visitor, None if goes_on is None else goes_on.id)


def user_address(inbox: InboxId, user: str) -> str:
    """The address of the contact point by which a site knows its user."""
    return f"{inbox}:{user}"


def _alone(tx: Tx, inbox: InboxId) -> None:
    """One first session a user: whoever else signs in here waits."""
    tx.conn.execute(select(inbox_table.c.id).where(inbox_table.c.id == inbox).with_for_update(key_share=True))


def _visitor_of(tx: Tx, inbox: InboxId, user: str) -> str | None:
    table = visitor_session
    first = (
        select(func.coalesce(table.c.visitor, table.c.id))
        .where(table.c.inbox_id == inbox, table.c.user_key == user)
        .order_by(table.c.created_at, table.c.id)
        .limit(1)
    )
    return tx.conn.execute(first).scalar_one_or_none()


def _learn(tx: Tx, inbox: Inbox, visitor: str, claims: Claims, language: str) -> ContactPoint:
    """The visitor's contact, with what the site says of them; what it does not vouch for is a claim."""
    point = ensure_point(tx, Sender(inbox.kind, visitor, verified=True, name=claims.name, language=language))
    if claims.name is not None:
        tx.conn.execute(update(contact).where(contact.c.id == point.contact).values(name=claims.name))
    prove_point(tx, point.contact, USER, user_address(inbox.id, claims.user), how=HOW)
    if claims.email is not None and claims.email_proven:
        prove_point(tx, point.contact, MAIL, claims.email, how=HOW)
    elif claims.email is not None:
        claim(tx, point.contact, MAIL, claims.email, source=HOW)
    if claims.phone is not None:
        claim(tx, point.contact, "phone", claims.phone, source=HOW)
    return point


def _comes_along(tx: Tx, inbox: Inbox, before: str, point: ContactPoint) -> None:
    """What was said before signing in goes over to the known visitor; of two open conversations one goes on."""
    old = find_point(tx, inbox.kind, before)
    if old is None:
        return
    proof, _ = prove_point(tx, point.contact, inbox.kind, before, how=HOW)
    if proof is Proof.KEPT_APART:
        # Agents know that this was somebody else.
        return
    mine, theirs = find_thread(tx, inbox.id, before), find_thread(tx, inbox.id, point.address)
    if mine is not None and theirs is not None:
        goes_on, ends = (theirs, mine) if _goes_on(theirs) > _goes_on(mine) else (mine, theirs)
        lifecycle.close(tx, ends)
        link(tx, goes_on.id, ends.id, LinkKind.FOLLOW_UP)
    here = (conversation.c.inbox_id == inbox.id, conversation.c.thread_key == before)
    tx.conn.execute(update(conversation).where(*here).values(thread_key=point.address))
    # Nobody comes there any more: an agent who writes first shall take the other.
    tx.conn.execute(
        update(contact_point).where(contact_point.c.id == old.id).values(unreachable_since=tx.now)
    )


def _goes_on(one: Conversation) -> tuple[bool, object]:
    """What still waits for an answer before what is resolved, then what was touched last."""
    return not isinstance(one.status, Resolved), one.updated_at


def _proven(tx: Tx, kind: str, address: str) -> ContactPoint | None:
    point = find_point(tx, kind, address)
    return point if point is not None and point.verified else None


def _name_of(tx: Tx, person: ContactId) -> str | None:
    name: str | None = tx.conn.execute(select(contact.c.name).where(contact.c.id == person)).scalar_one()
    return name
