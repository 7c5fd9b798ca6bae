"""The page a visitor is on, as an agent may see it: an address of the web, without what belongs to nobody else."""

from urllib.parse import urlsplit, urlunsplit

LONGEST = 500
KEY = "page"
"""Where it stands in a conversation's context."""


def page_address(url: str) -> str | None:
    """Without user, password and fragment, cut short; None for what is no address of a page.

    It is the visitor's word and nothing more: whoever shows it shows where it leads.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    where = host if port is None else f"{host}:{port}"
    plain = urlunsplit((parts.scheme, where, parts.path, parts.query, ""))
    return "".join(each for each in plain if each.isprintable())[:LONGEST]
