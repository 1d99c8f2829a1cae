"""The engine of every day: Sequoia, through pysequoia, in the process that it runs in.

pysequoia tells why it refuses only in the text of its errors, which can carry a backtrace: the
text is compared here and goes no further. Without `store` it returns plaintext that nobody signed:
that is asked for once it is sure that no key is named, and only to look for a signature inside.
"""

from __future__ import annotations

from datetime import datetime

from pysequoia import Cert, Decrypted, Sig, Tsk, decrypt, encrypt, verify

from adapters.openpgp.certificates import CertificateUnreadable, Ring, public_part
from adapters.openpgp.engine import MAX_PLAINTEXT, Elsewhere, KeyUnusable
from adapters.openpgp.layers import read_layer
from adapters.openpgp.packets import SIGNATURE, Container, frame, read_container
from broker.domain.partner import Vingerafdruk
from broker.ports import LetterReason, Opened, OpenReason, Unopened


class SequoiaEngine:
    """Opens and seals with the broker's key in the clear in this process.

    `secret` is a transferable secret key, binary or armored. Raises KeyUnusable.
    """

    def __init__(self, *, secret: bytes, passphrase: str | None, ring: Ring) -> None:
        try:
            tsk = Tsk.from_bytes(secret)
            self._signer = tsk.signer(passphrase)
            self._decryptor = tsk.decryptor(passphrase)
            own = public_part(secret)
        except (RuntimeError, CertificateUnreadable):
            raise KeyUnusable("the broker's key or its passphrase is not right") from None
        self._decryption_keys = own.decryption_keys
        self._ring = ring
        self._narrowed: dict[Vingerafdruk, Cert] = {}

    def open(self, message: bytes, *, now: datetime) -> Opened | Unopened | Elsewhere:
        """See Engine. A weak hash is HANDTEKENING_ONGELDIG here: the binding does not tell."""
        container = read_container(message, ours=self._decryption_keys)
        if isinstance(container, Unopened):
            return container
        issuers: list[str] = []

        def store(handles: list[str]) -> list[Cert]:
            issuers.extend(handles)
            found = {c.fingerprint: c for h in handles for c, _ in self._ring.issuers(h)}
            return [Cert.from_bytes(certificate.encoded) for certificate in found.values()]

        try:
            decrypted = decrypt(container.message, decryptor=self._decryptor, store=store)
        except MemoryError:
            return Unopened(OpenReason.TE_GROOT, container.seal)
        except (RuntimeError, OSError) as error:
            text = str(error)
            if text.startswith("Signature verification failed") and not issuers:
                return self._layered(container, now)
            return self._refused(text, container, issuers, now)
        return self._accepted(decrypted, container, issuers, now)

    def seal(
        self, content: bytes, recipient: Vingerafdruk, *, now: datetime
    ) -> bytes | LetterReason:
        """See Engine."""
        certificate = self._ring.find(recipient)
        if certificate is None:
            return LetterReason.GEEN_CERTIFICAAT
        key = certificate.encryption_key(now=now)
        if isinstance(key, LetterReason):
            return key
        try:
            if key not in self._narrowed:
                self._narrowed[key] = Cert.from_bytes(certificate.narrowed(key))
            return encrypt(content, recipients=[self._narrowed[key]], signer=self._signer)
        except RuntimeError:
            # What Sequoia's own policy refuses beyond ours, such as an algorithm it does not know.
            return LetterReason.GEEN_VERSLEUTELSLEUTEL

    def _accepted(
        self, decrypted: Decrypted, container: Container, issuers: list[str], now: datetime
    ) -> Opened | Unopened:
        signatures = decrypted.valid_sigs
        if not signatures or decrypted.bytes is None:
            return Unopened(OpenReason.NIET_ONDERTEKEND, container.seal)
        if len(signatures) > 1 or self._count(issuers) > 1:
            return Unopened(OpenReason.MEER_HANDTEKENINGEN, container.seal)
        certificate = self._ring.find(Vingerafdruk(signatures[0].certificate.upper()))
        if certificate is None:
            return Unopened(OpenReason.ONBEKENDE_ONDERTEKENAAR, container.seal)
        signing_key = Vingerafdruk(signatures[0].signing_key.upper())
        fault = certificate.signer_fault(signing_key, now=now)
        if fault is not None:
            return Unopened(fault, container.seal)
        if len(decrypted.bytes) > MAX_PLAINTEXT:
            return Unopened(OpenReason.TE_GROOT, container.seal)
        return Opened(decrypted.bytes, certificate.fingerprint, container.seal)

    def _layered(self, container: Container, now: datetime) -> Opened | Unopened:
        """The signature that stands inside, of a message without one of its own."""
        try:
            plaintext = decrypt(container.message, decryptor=self._decryptor).bytes or b""
        except (RuntimeError, OSError):
            return Unopened(OpenReason.BESCHADIGD, container.seal)
        if len(plaintext) > MAX_PLAINTEXT:
            return Unopened(OpenReason.TE_GROOT, container.seal)
        layer = read_layer(plaintext, ring=self._ring, now=now)
        if isinstance(layer, OpenReason):
            return Unopened(layer, container.seal)
        certificate = layer.certificate
        try:
            signatures = verify(
                layer.content,
                store=lambda _: [Cert.from_bytes(certificate.encoded)],
                signature=Sig.from_bytes(frame(SIGNATURE, layer.signature)),
            ).valid_sigs
        except RuntimeError:
            signatures = []
        good = [(found.certificate.upper(), found.signing_key.upper()) for found in signatures]
        if good != [(certificate.fingerprint, layer.key)]:
            return Unopened(OpenReason.HANDTEKENING_ONGELDIG, container.seal)
        return Opened(layer.content, certificate.fingerprint, layer.seal)

    def _refused(
        self, error: str, container: Container, issuers: list[str], now: datetime
    ) -> Unopened | Elsewhere:
        # Compressed inside; bzip2 is not even compiled in, and reads as malformed.
        if error.startswith(("Unexpected message structure", "Malformed Message")):
            return Elsewhere(container.seal)
        if error.startswith("Signature verification failed"):
            return Unopened(self._signature_fault(issuers, now), container.seal)
        if container.hidden and error.startswith(("No key", "Missing session key")):
            return Unopened(OpenReason.NIET_VOOR_ONS, container.seal)
        return Unopened(OpenReason.BESCHADIGD, container.seal)

    def _signature_fault(self, issuers: list[str], now: datetime) -> OpenReason:
        if self._count(issuers) > 1:
            return OpenReason.MEER_HANDTEKENINGEN
        known = [found for handle in issuers for found in self._ring.issuers(handle)]
        if not known:
            return OpenReason.ONBEKENDE_ONDERTEKENAAR
        certificate, key = known[0]
        fault = certificate.signer_fault(key.fingerprint, now=now)
        return fault or OpenReason.HANDTEKENING_ONGELDIG

    @staticmethod
    def _count(issuers: list[str]) -> int:
        """How many keys are named: a fingerprint and the key id that is its end are one."""
        whole = {handle.upper() for handle in issuers}
        return sum(not any(h != other and other.endswith(h) for other in whole) for h in whole)
