"""The process that holds the keys: `python -m adapters.openpgp.worker`, spawned by the vault.

It reads the key files itself, by the paths in its arguments, and then answers one frame with one
frame over the socket that it inherited. Only results and codes go back: no error text of a
library, no traceback. When the vault goes away, so does it; when it goes away, however, so does
everything that it started.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import signal
import socket
import sys
from pathlib import Path

from adapters.openpgp import frames
from adapters.openpgp.certificates import CertificateUnreadable, Ring, public_part, read_certificate
from adapters.openpgp.crossing import cross
from adapters.openpgp.engine import Engine, KeyUnusable
from adapters.openpgp.fields import MasterKeys, MasterKeysUnreadable, read_master_keys
from adapters.openpgp.gnupg_engine import FreshHome, GnuPGEngine, OwnHome
from adapters.openpgp.sequoia import SequoiaEngine
from broker.ports import FieldUnreadable, OpenReason, Unopened

_PR_SET_DUMPABLE = 4


def main(arguments: list[str]) -> None:
    """Serve until the other end of the socket is closed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=int, required=True, help="an inherited descriptor")
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--passphrase", type=Path)
    parser.add_argument("--master", type=Path)
    parser.add_argument("--gpg", help="the path of gpg: serve with GnuPG")
    parser.add_argument("--fresh-home", type=Path)
    parser.add_argument("--own-home", type=Path)
    parser.add_argument("--memory", type=int, required=True, help="bytes of address space")
    parser.add_argument("--seconds", type=int, required=True, help="of processor time a request")
    options = parser.parse_args(arguments)
    _withhold_from_others()
    channel = socket.socket(fileno=options.socket)
    if options.fresh_home is not None:
        _end_group_with_us(channel)
    try:
        _serve(channel, options)
    except ConnectionError:
        pass  # The vault is gone; there is nobody left to tell.
    finally:
        if options.fresh_home is not None:
            shutil.rmtree(options.fresh_home, ignore_errors=True)
            # The agent is in our process group, and so are we.
            os.killpg(0, signal.SIGKILL)


def _serve(channel: socket.socket, options: argparse.Namespace) -> None:
    ring_frame = _receive(channel)
    if ring_frame is None:
        return
    try:
        ring = Ring(ring_frame[1])
        engine = _engine(options, ring)
        master = None
        if options.master is not None:
            master = read_master_keys(options.master.read_text())
    except (KeyUnusable, CertificateUnreadable, MasterKeysUnreadable) as error:
        channel.sendall(frames.encode(["broken", str(error)]))
        return
    except (OSError, UnicodeDecodeError) as error:
        named = error.filename if isinstance(error, OSError) else "a key file"
        channel.sendall(frames.encode(["broken", f"cannot read {named}"]))
        return
    resource.setrlimit(resource.RLIMIT_AS, (options.memory, options.memory))
    channel.sendall(frames.encode(["ready"]))
    while (frame := _receive(channel)) is not None:
        _limit_processor(options.seconds)
        channel.sendall(frames.encode(_answer(frame, engine, master)))


def _answer(frame: frames.Frame, engine: Engine, master: MasterKeys | None) -> frames.Frame:
    try:
        if frame[0] == "cross" and master is not None:
            return frames.done_frame(cross(frames.read_work(frame), engine=engine, master=master))
        message, now = frames.read_open(frame)
        return frames.verdict_frame(engine.open(message, now=now))
    except FieldUnreadable as error:
        return frames.unreadable_frame(error.args[0])
    except MemoryError:
        if frame[0] == "open":
            return frames.verdict_frame(Unopened(OpenReason.TE_GROOT))
        return ["fault", "MemoryError"]
    except Exception as error:  # noqa: BLE001 - the edge of a process: only a name crosses it
        return ["fault", type(error).__name__]


def _engine(options: argparse.Namespace, ring: Ring) -> Engine:
    key = options.key.read_bytes()
    passphrase = None
    if options.passphrase is not None:
        passphrase = options.passphrase.read_text().rstrip("\r\n")
    if options.gpg is None:
        return SequoiaEngine(secret=key, passphrase=passphrase, ring=ring)
    if options.own_home is not None:
        home: OwnHome | FreshHome = OwnHome(options.own_home)
        own = read_certificate(key)
    else:
        home = FreshHome(options.fresh_home)
        own = public_part(key)
    return GnuPGEngine(
        program=options.gpg, home=home, key=key, passphrase=passphrase, own=own, ring=ring
    )


def _receive(channel: socket.socket) -> frames.Frame | None:
    """The next frame, None when the vault closed its end."""
    prefix = _exactly(channel, 4)
    if len(prefix) < 4:
        return None
    size = frames.length(prefix)
    body = _exactly(channel, size)
    return frames.decode(body) if len(body) == size else None


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        chunk = channel.recv(size - len(data))
        if not chunk:
            break
        data += chunk
    return bytes(data)


def _withhold_from_others() -> None:
    """No core dump, and no other process of this user may look into our memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _end_group_with_us(channel: socket.socket) -> None:
    """Have a child kill our process group, the agent with it, once we are gone however we went.

    The agent forks itself loose, so that no wish about the death of its parent reaches it. The
    child has nothing of the keys: they are read later.
    """
    reader, writer = os.pipe()
    if os.fork() != 0:
        os.close(reader)
        return  # The writing end stays open for as long as this process lives.
    try:
        os.close(writer)
        channel.close()
        os.read(reader, 1)
    finally:
        os.killpg(0, signal.SIGKILL)


def _limit_processor(seconds: int) -> None:
    """Allow so many more seconds; a process that goes on is killed by the kernel."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, hard))


if __name__ == "__main__":
    main(sys.argv[1:])
