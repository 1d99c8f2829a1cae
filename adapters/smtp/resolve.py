"""Asks the DNS which hosts take the mail of a domain (RFC 5321 section 5.1, RFC 7505).

The DNS is not trusted: whoever answers for it still has to show a valid certificate for the host
that it names, and what he gets is ciphertext.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.MX import MX

from adapters.smtp.address import is_host


@dataclass(frozen=True, slots=True)
class MailHosts:
    """The hosts to try, the most preferred first; at least one."""

    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMail:
    """The domain does not exist or takes no mail. `code` is an enhanced status code."""

    code: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The DNS gave no answer now."""


class MailHostLookup(Protocol):
    async def mail_hosts(self, domain: str) -> MailHosts | NoMail | Unresolved:
        """The mail hosts of a domain. Expected failures are results, never exceptions."""


class MailHostResolver:
    """Looks them up with dnspython, in the DNS that the machine is set up for or another."""

    def __init__(self, *, resolver: dns.asyncresolver.Resolver | None = None) -> None:
        """Without a resolver that of the machine (resolv.conf) is read at the first question."""
        self._resolver = resolver

    async def mail_hosts(self, domain: str) -> MailHosts | NoMail | Unresolved:
        """As the port says; a domain with an address and no MX is its own mail host."""
        try:
            if self._resolver is None:
                self._resolver = dns.asyncresolver.Resolver()
            name = dns.name.from_text(domain)
            answer = await self._resolver.resolve(name, "MX", raise_on_no_answer=False)
            if answer.rrset is None:
                return await self._itself(self._resolver, name)
        except (dns.resolver.NXDOMAIN, dns.name.LabelTooLong, dns.name.NameTooLong):
            return NoMail("5.1.2")
        except (dns.name.EmptyLabel, dns.name.BadEscape, UnicodeError):
            return NoMail("5.1.2")
        except (dns.exception.DNSException, OSError):
            return Unresolved()
        found = sorted(
            (record.preference, record.exchange.to_text(omit_final_dot=True).lower())
            for record in answer.rrset
            if isinstance(record, MX)
        )
        if any(host in ("", ".", "@") for _, host in found):
            return NoMail("5.1.10")
        hosts = tuple(host for _, host in found if is_host(host))
        return MailHosts(hosts) if hosts else Unresolved()

    async def _itself(
        self, resolver: dns.asyncresolver.Resolver, name: dns.name.Name
    ) -> MailHosts | NoMail:
        for kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
            address = await resolver.resolve(name, kind, raise_on_no_answer=False)
            if address.rrset is not None:
                return MailHosts((name.to_text(omit_final_dot=True).lower(),))
        return NoMail("5.1.2")
