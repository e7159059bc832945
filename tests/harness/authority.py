"""A time stamp authority of our own: ``openssl ts`` with a chain made for the test, behind HTTP on loopback."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

POLICY = "1.2.3.4.1"
_CONFIGURATION = """
[ tsa ]
default_tsa = tsa_config
[ tsa_config ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
certs = {folder}/{certs}
signer_digest = sha256
default_policy = {policy}
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_EXTENSIONS = """
[ stamps ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ signs_mail ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,emailProtection
"""


@dataclass(slots=True)
class LocalAuthority:
    """An authority in a folder: its root certificate, and how it answers."""

    folder: Path
    certs: str = "root.pem"
    policy: str = POLICY

    @property
    def root(self) -> bytes:
        """The certificate to pin, PEM."""
        return (self.folder / "root.pem").read_bytes()

    def answer(self, request: bytes, *, policy: str | None = None) -> bytes:
        """What ``openssl ts -reply`` answers."""
        (self.folder / "request.tsq").write_bytes(request)
        configuration = self.folder / "ts.conf"
        text = _CONFIGURATION.format(folder=self.folder, certs=self.certs, policy=policy or self.policy)
        configuration.write_text(text if self.certs else text.replace(f"certs = {self.folder}/\n", ""))
        _openssl(
            "ts", "-reply", "-config", str(configuration), "-section", "tsa_config",
            "-queryfile", str(self.folder / "request.tsq"), "-out", str(self.folder / "answer.tsr"),
        )  # fmt: skip
        return (self.folder / "answer.tsr").read_bytes()


def make_authority(
    folder: Path, *, purpose: str = "stamps", days: int = 3650, certs: str = "root.pem"
) -> LocalAuthority:
    """A root and a signer below it; ``certs`` empty: the answer carries the signer's certificate alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "serial").write_text("01\n")
    (folder / "extensions.conf").write_text(_EXTENSIONS)
    (folder / "req.conf").write_text("[req]\ndistinguished_name=dn\n[dn]\n")
    key = ("-config", str(folder / "req.conf"), "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    _openssl(
        "req", "-x509", *key, "-keyout", str(folder / "root.key"), "-out", str(folder / "root.pem"),
        "-days", "3650", "-subj", "/CN=Velmora Root",
        "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )  # fmt: skip
    _openssl(
        "req", *key, "-keyout", str(folder / "signer.key"), "-out", str(folder / "signer.csr"),
        "-subj", "/CN=Velmora Stamps",
    )  # fmt: skip
    _openssl(
        "x509", "-req", "-in", str(folder / "signer.csr"), "-CA", str(folder / "root.pem"),
        "-CAkey", str(folder / "root.key"), "-set_serial", "7", "-out", str(folder / "signer.pem"),
        "-days", str(days), "-extfile", str(folder / "extensions.conf"), "-extensions", purpose,
    )  # fmt: skip
    return LocalAuthority(folder=folder, certs=certs)


@contextmanager
def serving(answer: Callable[[bytes], bytes], *, status: int = 200) -> Iterator[str]:
    """The address of a server on loopback that answers every POST with what ``answer`` makes of its body."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _openssl(*arguments: str) -> None:
    done = subprocess.run(("openssl", *arguments), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
