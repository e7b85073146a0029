"""A DNS server for the proofs of e-mail domains: TXT records out of a JSON file, over UDP.

The file is read at each question: `{"_authsso.acme.example": ["authsso-verification=..."]}`. A name
that is not in it does not exist. Run as `python -m local_stack.dns_server PORT ZONE_FILE`.
"""

import json
import os
import socketserver
import sys
import time
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from local_stack import processes
from local_stack.failure import StackError
from local_stack.plan import HOST, ROOT
from local_stack.processes import Process

ZONE_FILE = "dns_zone.json"
_READY = "ready"
_READY_WITHIN_SECONDS = 10
_TTL_SECONDS = 1


def start(port: int, run_dir: Path) -> Process:
    """Start it with an empty zone, and wait until it listens.

    Raises:
        StackError: It does not.
    """
    zone = run_dir / ZONE_FILE
    zone.write_text("{}\n")
    process = processes.start(
        "dns",
        [sys.executable, "-u", "-m", "local_stack.dns_server", str(port), str(zone)],
        run_dir=run_dir,
        environment={"PATH": os.defpath},
        working_directory=ROOT / "local",
    )
    log = processes.log_file(run_dir, process.name)
    give_up_at = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        if _READY in log.read_text(errors="replace").splitlines():
            return process
        processes.require_running(process, run_dir)
        time.sleep(0.05)
    raise StackError(f"the DNS server was not ready in {_READY_WITHIN_SECONDS} s; see {log}")


def publish(zone: Path, name: str, *texts: str) -> None:
    """Set the TXT records of a name; none takes the name away."""
    records = json.loads(zone.read_text())
    records.pop(name, None)
    if texts:
        records[name] = list(texts)
    fresh = zone.with_suffix(".new")
    fresh.write_text(json.dumps(records, indent=2) + "\n")
    fresh.replace(zone)  # the server never reads half a file


def answer(question: bytes, zone: Path) -> bytes:
    """Answer one question."""
    query = dns.message.from_wire(question)
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    asked = query.question[0]
    texts = json.loads(zone.read_text()).get(asked.name.to_text(omit_final_dot=True).lower())
    if texts is None:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    elif asked.rdtype == dns.rdatatype.TXT:
        quoted = [json.dumps(text) for text in texts]
        reply.answer.append(dns.rrset.from_text(asked.name, _TTL_SECONDS, "IN", "TXT", *quoted))
    return reply.to_wire()


class _Question(socketserver.BaseRequestHandler):
    zone: Path

    def handle(self) -> None:
        question, socket = self.request
        socket.sendto(answer(question, self.zone), self.client_address)


def main() -> None:
    """Serve until told to stop."""
    port, zone = sys.argv[1:]
    _Question.zone = Path(zone)
    with socketserver.ThreadingUDPServer((HOST, int(port)), _Question) as server:
        print(_READY)
        server.serve_forever()


if __name__ == "__main__":
    main()
