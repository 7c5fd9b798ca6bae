"""How far a mail's sender is known to be who it says: what the receiving server found out, and what we signed."""

import unicodedata
from typing import Protocol

from channels.email.authentication_results import Result, Results, read_results
from channels.email.mail import SEVERAL_SENDERS, ParsedMail
from core.message import Proof

UNNAMED = "unnamed"
"""As ``trusted``: the receiving server writes no name into its header, as Exchange Online does."""


class Trust(Protocol):
    """The part of an inbox's configuration that decides here."""

    @property
    def trusted(self) -> str | None:
        """The authserv-id of the receiving server; None when no header is to be believed."""


def proof_of(parsed: ParsedMail, config: Trust, token: bool) -> Proof:  # noqa: FBT001
    """``token``: the mail carries a reply address or Message-ID that we signed, for a conversation of its sender.

    A server's own header stands above all that came with the mail. So the topmost header alone may speak for the sender,
    and only under the trusted name; further ones below it under the same name may be forged: they can only speak against.
    """
    found = _verdict(parsed, config)
    if found is Proof.NONE and token:
        return Proof.REPLY_ADDRESS
    return found


def _verdict(parsed: ParsedMail, config: Trust) -> Proof:
    trusted = _trusted(parsed.authentication, config.trusted)
    if not trusted:
        return Proof.NONE
    everything = [result for results in trusted for result in results.results]
    domain = _from_domain(parsed)
    if domain and _passes(trusted[0].results, domain) and not _says(everything, "dmarc", {"fail"}):
        return Proof.AUTHENTICATED
    return Proof.FAILED if _fails(trusted[0].results, everything) else Proof.NONE


def _trusted(headers: tuple[str, ...], name: str | None) -> list[Results]:
    """Those at the top that bear the trusted name, up to the first that does not."""
    if not name:
        return []
    server = "" if name.lower() == UNNAMED else name.lower()
    trusted: list[Results] = []
    for header in headers:
        results = read_results(header)
        if results is None or results.server != server:
            break
        trusted.append(results)
    return trusted


def _from_domain(parsed: ParsedMail) -> str:
    if parsed.sender is None or SEVERAL_SENDERS in parsed.problems:
        return ""
    local, at, domain = parsed.sender.address.rpartition("@")
    return _domain(domain) if at and local else ""


def _passes(results: tuple[Result, ...], domain: str) -> bool:
    """DMARC passed for just this domain; or, where there is no DMARC, SPF or DKIM for a domain that answers for it."""
    dmarc = [result for result in results if result.method == "dmarc"]
    if any(result.result == "pass" for result in dmarc):
        return all(
            result.result == "pass" and _domain(result.value("header.from") or "") == domain
            for result in dmarc
        )
    return _spf_passes(results, domain) or any(
        result.method == "dkim" and result.result == "pass" and _answers_for(_signer(result), domain)
        for result in results
    )


def _spf_passes(results: tuple[Result, ...], domain: str) -> bool:
    """Of the mail's return address, not of the name that the sending server gave; two that disagree are none."""
    spf = [
        result for result in results if result.method == "spf" and result.value("smtp.mailfrom") is not None
    ]
    return bool(spf) and all(
        result.result == "pass" and _answers_for(_domain_of_address(result.value("smtp.mailfrom")), domain)
        for result in spf
    )


def _signer(result: Result) -> str:
    """The domain that signed: ``header.d``, or the end of ``header.i`` where there is none."""
    signed, identity = result.value("header.d"), result.value("header.i")
    if signed is None and not any(name == "header.d" for name, _ in result.properties):
        return _domain_of_address(identity)
    return _domain(signed or "")


def _answers_for(proven: str, domain: str) -> bool:
    """The same domain or one above it. Not one below it, which DMARC's relaxed alignment allows: that may be a customer's."""
    return "." in proven and (domain == proven or domain.endswith("." + proven))


def _fails(top: tuple[Result, ...], everything: list[Result]) -> bool:
    """DMARC failed; or SPF failed and no signature held."""
    if _says(everything, "dmarc", {"fail"}):
        return True
    if _says(everything, "dmarc", {"pass"}) or _says(everything, "dkim", {"pass"}):
        return False
    broken = _says(everything, "dkim", {"fail", "permerror"})
    return _says(top, "spf", {"fail", "hardfail"}) or (
        broken and _says(everything, "spf", {"fail", "softfail"})
    )


def _says(results: tuple[Result, ...] | list[Result], method: str, what: set[str]) -> bool:
    return any(result.method == method and result.result in what for result in results)


def _domain_of_address(address: str | None) -> str:
    """``a@example.com`` and ``example.com`` alike; nothing for the null address."""
    return _domain((address or "").strip("<>").rpartition("@")[2])


def _domain(name: str) -> str:
    """In lower case and ASCII, so that two spellings of one domain compare equal and look-alikes do not."""
    labels = unicodedata.normalize("NFC", name.strip().rstrip(".")).lower().split(".")
    if not all(labels):
        return ""
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode', 'replace').decode('ascii')}"
        for label in labels
    )
