"""A throw-away certificate authority and a server's certificate signed by it, made with openssl in a quarter second."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

NAMES = ("localhost", "mail.example.com")
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files: the authority's certificate to be trusted, the server's certificate and its key (PEM).

    The certificate is for ``NAMES`` and 127.0.0.1, and for no other name.
    """

    authority: Path
    certificate: Path
    key: Path

    def client(self) -> ssl.SSLContext:
        """For clients that trust this authority only."""
        return ssl.create_default_context(cafile=str(self.authority))

    def server(self) -> ssl.SSLContext:
        """For servers inside a test."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def make_certificates(folder: Path) -> Certificates:
    """Into ``folder``, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(folder / "authority.pem", folder / "server.pem", folder / "server.key")
    authority_key, extensions = folder / "authority.key", folder / "extensions"
    names = ",".join(f"DNS:{name}" for name in NAMES)
    extensions.write_text(f"subjectAltName={names},IP:127.0.0.1\n")
    _openssl("req", "-x509", *KEY, "-days", "2", "-subj", "/CN=Throw-away authority",
             "-keyout", authority_key, "-out", made.authority)  # fmt: skip
    request = folder / "request"
    _openssl("req", *KEY, "-subj", "/CN=mail.example.com", "-keyout", made.key, "-out", request)
    _openssl("x509", "-req", "-days", "2", "-in", request, "-CA", made.authority, "-CAkey", authority_key,
             "-CAcreateserial", "-extfile", extensions, "-out", made.certificate)  # fmt: skip
    for path in folder.iterdir():
        path.chmod(0o644)
    return made


def _openssl(*arguments: str | Path) -> None:
    command = ["openssl", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} ended with {done.returncode}: {done.stderr}")
