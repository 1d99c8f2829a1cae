"""Mails as real programs shape them, built by hand; persons and domains are invented."""

from __future__ import annotations

ARMOR = (
    "-----BEGIN PGP MESSAGE-----\n"
    "\n"
    "hQEMA1mNq2Wv7ZxKAQf/Z0m7w0pTq3nZr8sQkF5yUj2hB1cXoV9dLr6eAiSgPtYu\n"
    "wcFMA+7Hk2lJx0Q1ARAAm8dYb3eGkq5nVtX4=\n"
    "=aB3d\n"
    "-----END PGP MESSAGE-----"
)
OTHER_ARMOR = ARMOR.replace("hQEMA1", "hQEMB2")

_HEADERS = (
    "Return-Path: <jan.peeters@wonen.example>\n"
    "Received: from mx.wonen.example (mx.wonen.example [192.0.2.7])\n"
    "\tby mx.zorgnetwerk.example with ESMTPS; Mon, 23 Nov 2026 10:00:01 +0100\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\n"
    "From: =?utf-8?Q?Jan_Pe=C3=ABters?= <jan.peeters@wonen.example>\n"
    "To: Zorgnetwerk <broker@zorgnetwerk.example>\n"
    "Subject: Re: Verrijkingsverzoek ZNW-2026-00042\n"
    "Message-ID: <20261123.abc@wonen.example>\n"
    "MIME-Version: 1.0\n"
)


def mail(rest: str, *, headers: str = _HEADERS) -> bytes:
    """A mail with the usual headers, `rest` starting with its Content-Type; lines end in CRLF."""
    return (headers + rest).replace("\n", "\r\n").encode("utf-8")


def multipart(subtype: str, *parts: str, boundary: str = "grens", parameters: str = "") -> str:
    """A multipart entity of these entities."""
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return (
        f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}\n'
        f"\n{body}--{boundary}--\n"
    )


def signed(part: str, armor: str) -> str:
    """A multipart/signed over that part, with an armored OpenPGP signature (RFC 3156)."""
    return multipart(
        "signed",
        part,
        f'Content-Type: application/pgp-signature; name="signature.asc"\n\n{armor}',
        boundary="buiten",
        parameters='; micalg="pgp-sha512"; protocol="application/pgp-signature"',
    )


def text(content: str, *, subtype: str = "plain") -> str:
    """A part of UTF-8 text."""
    return f"Content-Type: text/{subtype}; charset=utf-8\n\n{content}"


PGP = '; protocol="application/pgp-encrypted"'
CONTROL = "Content-Type: application/pgp-encrypted\n\nVersion: 1\n"
PAYLOAD = f"Content-Type: application/octet-stream\n\n{ARMOR}\n"

MUTT = mail(
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\n'
    '\tboundary="5vNYLRcllDrimb99"\n'
    "Content-Disposition: inline\n"
    "User-Agent: Mutt/2.2.9 (2022-11-12)\n"
    "\n\n"
    "--5vNYLRcllDrimb99\n"
    "Content-Type: application/pgp-encrypted\n"
    "Content-Disposition: attachment\n"
    "\n"
    "Version: 1\n"
    "\n"
    "--5vNYLRcllDrimb99\n"
    "Content-Type: application/octet-stream\n"
    'Content-Disposition: attachment; filename="msg.asc"\n'
    "\n"
    f"{ARMOR}\n"
    "\n"
    "--5vNYLRcllDrimb99--\n"
)
THUNDERBIRD = mail(
    "User-Agent: Mozilla Thunderbird\n"
    "Autocrypt: addr=jan.peeters@wonen.example; keydata=\n"
    " xjMEYAAAABYJKwYBBAHaRw8BAQdA\n"
    "Content-Type: multipart/encrypted;\n"
    ' protocol="application/pgp-encrypted";\n'
    ' boundary="------------mVq0wQyJxk8TzR1b"\n'
    "\n"
    "This is an OpenPGP/MIME encrypted message (RFC 4880 and 3156)\n"
    "--------------mVq0wQyJxk8TzR1b\n"
    "Content-Type: application/pgp-encrypted\n"
    "Content-Description: PGP/MIME version identification\n"
    "\n"
    "Version: 1\n"
    "\n"
    "--------------mVq0wQyJxk8TzR1b\n"
    'Content-Type: application/octet-stream; name="encrypted.asc"\n'
    "Content-Description: OpenPGP encrypted message\n"
    'Content-Disposition: inline; filename="encrypted.asc"\n'
    "\n"
    f"{ARMOR}\n"
    "\n"
    "--------------mVq0wQyJxk8TzR1b--\n"
)
GPGOL = mail(
    "Content-Type: multipart/encrypted;\n"
    '\tprotocol="application/pgp-encrypted";\n'
    '\tboundary="=-=qD4W5r1bZs8L=-="\n'
    "\n"
    "--=-=qD4W5r1bZs8L=-=\n"
    "Content-Type: application/pgp-encrypted\n"
    "Content-Disposition: inline\n"
    "Content-Transfer-Encoding: 7Bit\n"
    "\n"
    "Version: 1\n"
    "--=-=qD4W5r1bZs8L=-=\n"
    "Content-Type: application/octet-stream\n"
    'Content-Disposition: inline; filename="openpgp-encrypted-message.asc"\n'
    "Content-Transfer-Encoding: 7Bit\n"
    "\n"
    f"{ARMOR}\n"
    "\n"
    "--=-=qD4W5r1bZs8L=-=--\n"
)
APPLE_MAIL = mail(
    'Content-Type: multipart/encrypted; boundary="Apple-Mail=_1C2D"; '
    "protocol=application/pgp-encrypted;\n"
    "Content-Transfer-Encoding: 7bit\n"
    "Mime-Version: 1.0 (Mac OS X Mail 16.0)\n"
    "\n"
    "This is an OpenPGP/MIME encrypted message (RFC 2440 and 3156)\n"
    "--Apple-Mail=_1C2D\n"
    "Content-Transfer-Encoding: 7bit\n"
    "Content-Type: application/pgp-encrypted\n"
    "Content-Description: PGP/MIME Versions Identification\n"
    "\n"
    "Version: 1\n"
    "\n"
    "--Apple-Mail=_1C2D\n"
    "Content-Transfer-Encoding: 7bit\n"
    "Content-Disposition: inline;\n"
    "\tfilename=encrypted.asc\n"
    "Content-Type: application/octet-stream;\n"
    "\tname=encrypted.asc\n"
    "Content-Description: OpenPGP encrypted message\n"
    "\n"
    f"{ARMOR}\n"
    "--Apple-Mail=_1C2D--\n"
)
EXCHANGE = mail(
    multipart(
        "mixed",
        'Content-Type: text/plain; charset="us-ascii"\n\n\n',
        'Content-Type: application/pgp-encrypted; name="PGPMIME version identification"\n'
        "Content-Description: PGP/MIME version identification\n"
        "Content-Transfer-Encoding: base64\n\nVmVyc2lvbjogMQ0K\n",
        'Content-Type: application/octet-stream; name="encrypted.asc"\n'
        'Content-Disposition: attachment; filename="encrypted.asc"\n\n'
        f"{ARMOR}\n",
    )
)
INLINE = mail(f"Content-Type: text/plain; charset=ISO-8859-15; format=flowed\n\n\n{ARMOR}\n\n\n")
MAILVELOPE = mail(
    multipart(
        "alternative",
        text(ARMOR + "\n"),
        text('<div dir="ltr">' + ARMOR.replace("\n", "<br>\n") + "</div>", subtype="html"),
    )
)

PGP_MIME_SHAPES = {
    "mutt": MUTT,
    "thunderbird": THUNDERBIRD,
    "gpgol": GPGOL,
    "apple mail": APPLE_MAIL,
    "exchange": EXCHANGE,
}
INLINE_SHAPES = {"inline": INLINE, "mailvelope": MAILVELOPE}
SHAPES = PGP_MIME_SHAPES | INLINE_SHAPES
