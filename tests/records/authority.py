"""A time-stamping authority of the tests' own: `openssl ts` behind HTTP, with its root certificate."""

import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha256
ess_cert_id_chain = no
"""
EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:false\n"


def openssl(*arguments, **more):
    return subprocess.run(["openssl", *map(str, arguments)], check=False, capture_output=True, **more)


def certify(folder):
    """A root and a time stamp certificate in the folder: ca.pem, tsa.pem, tsa.key."""
    ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    made = [
        openssl("req", "-x509", *ec, "-keyout", folder / "ca.key", "-out", folder / "ca.pem", "-days", "30", "-subj", "/CN=Example Root"),
        openssl("req", *ec, "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr", "-subj", "/CN=Example Time"),
    ]  # fmt: skip
    (folder / "extensions").write_text(EXTENSIONS)
    signing = ["-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", "30"]
    made.append(
        openssl("x509", "-req", "-in", folder / "tsa.csr", *signing, "-extfile", folder / "extensions", "-out", folder / "tsa.pem")
    )  # fmt: skip
    assert [each.returncode for each in made] == [0, 0, 0], made
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))


@contextmanager
def listening(folder, reply=None):
    """An authority that answers at the address it yields; ``reply`` may change what it says."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            made = openssl("ts", "-reply", "-config", folder / "tsa.cnf", "-section", "here", "-queryfile", folder / "query")  # fmt: skip
            data = reply(made.stdout) if reply else made.stdout
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
