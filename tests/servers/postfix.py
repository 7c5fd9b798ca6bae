"""A real Postfix: SMTP, submission with STARTTLS and TLS, sign-in asked of Dovecot, delivery into Dovecot's mailboxes."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.setup.debian import find_postfix
from tests.servers.dovecot import Dovecot
from tests.servers.programs import LOOPBACK, NoProgramError, end, free_ports, wait_for_ports

PROGRAMS = Path("/usr/lib/postfix/sbin")
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "saved", "trace")
REFUSED = "refused.example.com"
"""Every recipient there is refused at once with 550 5.7.1."""
LATER = "later.example.com"
"""Every recipient there is put off with 450 4.3.2."""
BOUNCING = "bouncing.example.com"
"""Mail to there is accepted, and soon comes back as a delivery report with 5.1.1."""
DELAYED = "delayed.example.com"
"""Mail to there is accepted and stays in the queue."""
BUSY = "busy.example.com"
"""Mail to a single recipient there is answered with 451 4.7.1 after its DATA."""
REFUSED_SUBJECT = "Refuse this"
"""Mails whose subject begins so are answered with 550 5.7.1 after their DATA."""
MESSAGE_BYTES = 30_000_000


@dataclass(frozen=True, slots=True)
class SmtpPorts:
    """``smtp`` takes mail for Dovecot's users from anybody; the others from who has signed in, for anywhere.

    ``submission`` wants STARTTLS first; ``submissions`` is TLS from the first byte. ``elsewhere`` is where mail for ``BOUNCING`` and ``DELAYED`` is refused.
    """

    smtp: int
    submission: int
    submissions: int
    elsewhere: int


@dataclass(slots=True)
class Postfix:
    """Mail to Dovecot's users at example.com, .net and .org, also to name+anything@, lands in their mailboxes.

    Nothing ever leaves the machine.
    """

    program: Path
    folder: Path
    ports: SmtpPorts
    dovecot: Dovecot
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Until it answers."""
        config = str(self.folder / "etc")
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                [str(self.program), "-c", config, "-d"],
                env={**os.environ, "MAIL_CONFIG": config},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,  # it ends its children by their group
            )
        ports = self.ports
        wait_for_ports(self.process, (ports.smtp, ports.submission, ports.submissions), self.folder / "log")

    def stop(self) -> None:
        end(self.process)
        self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def queued(self) -> int:
        """Mails not delivered yet."""
        folders = [self.folder / "queue" / name for name in ("incoming", "active", "deferred", "maildrop")]
        return sum(1 for folder in folders for path in folder.rglob("*") if path.is_file())


@contextmanager
def running_postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """A new server in front of this Dovecot, about 0.2 s; needs root; stopped and removed afterwards."""
    program = PROGRAMS / "master"
    if find_postfix() is None or not program.exists():
        raise NoProgramError("No Postfix here: `python3 -m deploy.setup test` installs one (as root).")
    if os.geteuid() != 0:
        raise NoProgramError("Postfix is started by root only.")
    folder = Path(tempfile.mkdtemp(prefix="parley-smtp-"))
    try:
        server = Postfix(program, folder, SmtpPorts(*free_ports(4)), dovecot)
        _write(server)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(server: Postfix) -> None:
    folder, dovecot = server.folder, server.dovecot
    folder.chmod(0o755)
    account = pwd.getpwnam("postfix")
    queue = folder / "queue"
    for name in (*QUEUES, "private", "maildrop", "public", "pid"):
        (queue / name).mkdir(parents=True)
    for name in (*QUEUES, "private", "maildrop", "public"):
        os.chown(queue / name, account.pw_uid, -1)
    (folder / "data").mkdir()
    os.chown(folder / "data", account.pw_uid, -1)
    (folder / "etc").mkdir()
    values = {
        "folder": folder,
        "host": LOOPBACK,
        "lmtp": dovecot.ports.lmtp,
        "auth": dovecot.auth_socket,
        "certificate": dovecot.certificates.certificate,
        "key": dovecot.certificates.key,
        "bytes": MESSAGE_BYTES,
        "refused": REFUSED,
        "later": LATER,
        "bouncing": BOUNCING,
        "delayed": DELAYED,
        "refused_subject": REFUSED_SUBJECT,
        "busy": BUSY,
        "smtp": server.ports.smtp,
        "submission": server.ports.submission,
        "submissions": server.ports.submissions,
        "elsewhere": server.ports.elsewhere,
    }
    for name, content in (("main.cf", _MAIN), ("master.cf", _MASTER)):
        path = folder / "etc" / name
        path.write_text(content % values)
        os.utime(path, (path.stat().st_mtime - 60,) * 2)  # Postfix waits until a new file is not so new


_MAIN = """\
# Everything in its own folder, on loopback, for tests only.
compatibility_level = 3.6
config_directory = %(folder)s/etc
queue_directory = %(folder)s/queue
data_directory = %(folder)s/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
maillog_file = %(folder)s/log
maillog_file_prefixes = %(folder)s
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = %(host)s
inet_protocols = ipv4
myhostname = mail.example.com
mydomain = example.com
myorigin = example.com
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.com example.net example.org
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:%(host)s:%(lmtp)s
transport_maps = inline:{
  { %(bouncing)s = smtp:[%(host)s]:%(elsewhere)s }
  { %(delayed)s = smtp:[%(host)s]:%(elsewhere)s }
  { %(busy)s = discard: } }
default_transport = error:5.1.2 no such domain
recipient_delimiter = +
message_size_limit = %(bytes)s
mailbox_size_limit = 0
header_checks = regexp:{ { /^Subject: %(refused_subject)s/ REJECT this mail is not wanted here } }
smtpd_end_of_data_restrictions =
  check_recipient_access inline:{ { %(busy)s = 451 4.7.1 busy, please come again } }
smtpd_recipient_restrictions =
  check_recipient_access inline:{
    { %(refused)s = 550 5.7.1 you may not write to them }
    { %(later)s = 450 4.3.2 come again later } }
  permit_sasl_authenticated
  reject_unauth_destination
smtpd_relay_restrictions =
smtpd_sasl_type = dovecot
smtpd_sasl_path = %(auth)s
smtpd_sasl_security_options = noanonymous
smtpd_tls_cert_file = %(certificate)s
smtpd_tls_key_file = %(key)s
smtpd_tls_security_level = may
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_hard_error_limit = 1000
smtpd_soft_error_limit = 1000
lmtp_connection_cache_on_demand = yes
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 10s
bounce_queue_lifetime = 0
strict_rfc821_envelopes = no
"""

_MASTER = """\
%(host)s:%(smtp)s inet n - n - - smtpd
%(host)s:%(submission)s inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=yes
%(host)s:%(submissions)s inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
# The servers of other people.
%(host)s:%(elsewhere)s inet n - n - - smtpd
  -o myhostname=elsewhere.example.org
  -o { smtpd_recipient_restrictions = check_recipient_access inline:{
       { %(bouncing)s = 550 5.1.1 nobody of that name here } { %(delayed)s = 450 4.2.1 come again later } } reject }
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
