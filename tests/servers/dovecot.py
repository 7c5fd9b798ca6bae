"""A real Dovecot: IMAP plain, STARTTLS and TLS, LMTP, many users; with what tests do to a mailbox behind our back."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.setup.debian import find_dovecot
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.programs import (
    LOOPBACK,
    NoProgramError,
    breathe,
    end,
    free_ports,
    kill_group,
    unprivileged,
    wait_for_ports,
)

USER = "support@example.com"
PASSWORD = "correct horse"


@dataclass(frozen=True, slots=True)
class Ports:
    """All on loopback. ``tokens`` is where Dovecot asks whether an access token is good: see tests/servers/tokens.py."""

    imap: int
    imaps: int
    lmtp: int
    tokens: int


@dataclass(slots=True)
class Dovecot:
    """A server in ``folder``; on ``ports.imap`` it speaks plainly and offers STARTTLS."""

    program: Path
    folder: Path
    ports: Ports
    certificates: Certificates
    process: subprocess.Popen[bytes] | None = None
    _files: int = 0

    @property
    def auth_socket(self) -> Path:
        """Where Postfix asks whether a password is right."""
        return self.folder / "auth-postfix"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Until it answers."""
        config = str(self.folder / "dovecot.conf")
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                [str(self.program), "-F", "-c", config],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,  # some of its children outlive it as long as a client stays
            )
        ports = self.ports
        wait_for_ports(self.process, (ports.imap, ports.imaps, ports.lmtp), self.folder / "log")

    def stop(self) -> None:
        """All connections end."""
        end(self.process)
        self.process = None

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            kill_group(self.process)
        self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def add_user(self, user: str = USER, password: str = PASSWORD) -> str:
        """They may sign in and get mail at once. A new password for the same user may take a second to be known."""
        path = self.folder / "users" / user
        fresh = path.with_name(f".{user}")
        fresh.write_text(f"{user}:{{PLAIN}}{password}::::::\n")
        fresh.chmod(0o644)
        fresh.rename(path)
        return user

    def remove_user(self, user: str) -> None:
        """Their mail stays where it is."""
        (self.folder / "users" / user).unlink()

    def drop(self, mails: Iterable[bytes], user: str = USER, folder: str = "INBOX") -> int:
        """Put mails into a mailbox as files, in this order: thousands a second; how many. Nothing is added to them."""
        place = self._maildir(user, folder)
        count = 0
        for mail in mails:
            self._files += 1
            count += 1
            name = f"{1_700_000_000 + self._files}.M{self._files}P1.parley"
            path = place / "tmp" / name
            path.write_bytes(mail)
            os.chown(path, *_owner())
            path.rename(place / "new" / name)
        return count

    def uids(self, user: str = USER, folder: str = "INBOX") -> list[int]:
        """What is in the mailbox now."""
        told = self.admin("fetch", "-u", user, "uid", "mailbox", folder, "all")
        return [int(line.removeprefix("uid:")) for line in told.splitlines() if line.startswith("uid:")]

    def wait_for(self, count: int, user: str = USER, folder: str = "INBOX") -> list[int]:
        """Until the mailbox holds so many mails. Raises TimeoutError after ten seconds."""
        found: list[int] = []
        for _ in range(200):
            if len(found := self.uids(user, folder)) >= count:
                return found
            breathe(0.05)
        raise TimeoutError(f"{len(found)} of {count} mails are in {folder} of {user}")

    def raw(self, uid: int, user: str = USER, folder: str = "INBOX") -> bytes:
        """A mail as it lies there, with CRLF."""
        told = self.admin("fetch", "-u", user, "text", "mailbox", folder, "uid", str(uid))
        return told.partition("\n")[2].encode().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    def flags(self, uid: int, user: str = USER, folder: str = "INBOX") -> set[str]:
        told = self.admin("fetch", "-u", user, "flags", "mailbox", folder, "uid", str(uid))
        return set(told.partition("flags:")[2].split())

    def expunge(self, uids: Sequence[int] | None = None, user: str = USER, folder: str = "INBOX") -> None:
        """Delete these mails, or all."""
        which = ["all"] if uids is None else ["uid", ",".join(map(str, uids))]
        self.admin("expunge", "-u", user, "mailbox", folder, *which)

    def create_folder(self, folder: str, user: str = USER) -> None:
        """``folder`` as people write it, in any script."""
        self.admin("mailbox", "create", "-u", user, folder)

    def move(self, uids: Sequence[int], folder: str, user: str = USER) -> None:
        """From INBOX into another folder."""
        self.admin("move", "-u", user, folder, "mailbox", "INBOX", "uid", ",".join(map(str, uids)))

    def change_uidvalidity(self, value: int, user: str = USER, folder: str = "INBOX") -> None:
        """As after a mailbox was rebuilt; connections that have it open are ended by Dovecot."""
        self.admin("mailbox", "update", "--uid-validity", str(value), "-u", user, folder)

    def admin(self, *arguments: str) -> str:
        """Run doveadm; what it prints."""
        command = ["doveadm", "-c", str(self.folder / "dovecot.conf"), *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def _maildir(self, user: str, folder: str) -> Path:
        home = self.folder / "mail" / user / "Maildir"
        place = home if folder == "INBOX" else home / f".{folder}"
        if not (place / "new").exists():
            self.admin("mailbox", "status", "-u", user, "messages", folder)
            for name in ("new", "cur", "tmp"):
                (place / name).mkdir(parents=True, exist_ok=True)
                os.chown(place / name, *_owner())
            os.chown(place, *_owner())
            os.chown(home.parent, *_owner())
        return place


@contextmanager
def running_dovecot(certificates: Certificates | None = None) -> Iterator[Dovecot]:
    """A new server, about 0.3 s, with ``USER``; stopped and removed afterwards."""
    program = find_dovecot()
    if program is None:
        raise NoProgramError("No Dovecot here: `python3 -m deploy.setup test` installs one (as root).")
    folder = Path(tempfile.mkdtemp(prefix="parley-imap-"))
    try:
        made = certificates or make_certificates(folder / "tls")
        server = Dovecot(program, folder, Ports(*free_ports(4)), made)
        _write(server)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(server: Dovecot) -> None:
    folder, owner = server.folder, unprivileged()
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    os.chown(folder / "mail", *_owner())
    (folder / "users").mkdir()
    server.add_user()
    (folder / "tokens.conf").write_text(
        f"introspection_mode = auth\n"
        f"introspection_url = http://{LOOPBACK}:{server.ports.tokens}/introspect\n"
        f"username_attribute = username\nactive_attribute = active\nactive_value = true\n"
    )
    as_root = os.geteuid() == 0
    values = {
        "folder": folder,
        "owner": owner.pw_name,
        "internal": "dovecot" if as_root else owner.pw_name,
        "login": "dovenull" if as_root else owner.pw_name,
        "uid": owner.pw_uid,
        "gid": owner.pw_gid,
        "host": LOOPBACK,
        **{name: getattr(server.ports, name) for name in ("imap", "imaps", "lmtp")},
        **{name: getattr(server.certificates, name) for name in ("certificate", "key")},
    }
    (folder / "dovecot.conf").write_text(_CONFIG % values)


def _owner() -> tuple[int, int]:
    return unprivileged().pw_uid, unprivileged().pw_gid


_CONFIG = """\
# Everything in its own folder, on loopback, for tests only.
protocols = imap lmtp
base_dir = %(folder)s/run
state_dir = %(folder)s/state
log_path = %(folder)s/log
listen = %(host)s
default_internal_user = %(internal)s
default_internal_group =
default_login_user = %(login)s
first_valid_uid = 1
first_valid_gid = 1
default_process_limit = 1000
default_client_limit = 4000
ssl = yes
ssl_cert = <%(certificate)s
ssl_key = <%(key)s
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_username_chars =
auth_failure_delay = 0
auth_cache_size = 0
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
mail_location = maildir:~/Maildir
mail_fsync = never
mailbox_list_index = no
mail_max_userip_connections = 2000
imap_idle_notify_interval = 2 mins
passdb {
  driver = passwd-file
  args = username_format=%%u %(folder)s/users/%%u
  mechanisms = plain login
}
passdb {
  driver = oauth2
  args = %(folder)s/tokens.conf
  mechanisms = xoauth2 oauthbearer
}
userdb {
  driver = passwd-file
  args = username_format=%%u %(folder)s/users/%%u
  override_fields = uid=%(uid)s gid=%(gid)s home=%(folder)s/mail/%%u
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {
    port = %(imap)s
  }
  inet_listener imaps {
    port = %(imaps)s
    ssl = yes
  }
}
service imap {
  process_limit = 1000
}
service lmtp {
  inet_listener lmtp {
    port = %(lmtp)s
  }
}
service auth {
  unix_listener %(folder)s/auth-postfix {
    mode = 0666
  }
}
service anvil {
  chroot =
  # No penalty for wrong passwords: it would be seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
"""
