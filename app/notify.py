"""Tells whoever started the server (systemd's ``Type=notify``, a test) that it is ready, and where it listens.

Source: sd_notify(3): one datagram of ``NAME=value`` lines to the socket that ``NOTIFY_SOCKET`` names.
"""

import contextlib
import socket


def notify(address: str | None, **facts: str) -> None:
    """Does nothing without an address; nobody listening is no error. ``@`` begins an abstract socket's name."""
    if not address:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    message = "\n".join(f"{key.upper()}={value}" for key, value in facts.items())
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect(name)
        sender.sendall(message.encode())
