"""What robots send back, shaped as real servers and programs shape it; built by hand.

`FAILED` end in the state of the verzoek, `STRAY` are failures that do not say of what and only
alarm, `ABSENT` ask the vervanger, `NOTHING` lead to nothing.
Persons and domains are invented.
"""

from __future__ import annotations

from collections.abc import Mapping

_LEZER = "j.hermans@woonwenz.example"
_DAEMON = "From: MAILER-DAEMON@mx.woonwenz.example (Mail Delivery System)"
_MENS = f"From: mevrouw J. Hermans <{_LEZER}>"


def _mail(*headers: str, text: str, sender: str = _DAEMON) -> bytes:
    if not any(header.startswith("Content-Type:") for header in headers):
        headers = (*headers, "Content-Type: text/plain; charset=utf-8")
    head = "\n".join((sender, "To: broker@zorgnetwerk.example", *headers))
    return f"{head}\n\n{text}\n".replace("\n", "\r\n").encode()


def _report(
    fields: str,
    *,
    text: str = "This is the mail system at host mx.woonwenz.example.",
    subject: str = "Undelivered Mail Returned to Sender",
    kind: str = "message/delivery-status",
    top: str = "multipart/report; report-type=delivery-status",
    gap: str = "\n",
) -> bytes:
    return _mail(
        f"Subject: {subject}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: {top}; boundary="grens"',
        text=(
            f"--grens\nContent-Type: text/plain; charset=us-ascii\n\n{text}\n"
            f"--grens\nContent-Type: {kind}\n{gap}{fields}\n"
            "--grens\nContent-Type: text/rfc822-headers\n\nSubject: Verrijkingsverzoek\n--grens--"
        ),
    )


_PER_MESSAGE = "Reporting-MTA: dns; mx.woonwenz.example\nX-Postfix-Queue-ID: 4F2C1\n"
_RECIPIENT = f"Final-Recipient: rfc822; {_LEZER}\nOriginal-Recipient: rfc822;{_LEZER}\n"
_UNKNOWN = f"Diagnostic-Code: smtp; 550 5.1.1 <{_LEZER}>: user unknown"
_POSTFIX = f"{_PER_MESSAGE}\n{_RECIPIENT}Action: failed\nStatus: 5.1.1\n{_UNKNOWN}"
_ALONE = f"{_RECIPIENT}Action: failed\nStatus: 5.1.1"

FAILED: Mapping[str, bytes] = {
    "postfix": _report(_POSTFIX),
    "postfix without action": _report(_POSTFIX.replace("Action: failed\n", "")),
    "postfix without status": _report(_POSTFIX.replace("Status: 5.1.1\n", "")),
    "no blank line between the groups": _report(_POSTFIX.replace("\n\n", "\n")),
    "no blank line before the fields": _report(_ALONE, gap=""),
    "fields under text/plain": _report(_POSTFIX, kind="text/plain"),
    "a type that does not exist": _report(_POSTFIX, kind="text/x-delivery-status"),
    "multipart/mixed": _report(_POSTFIX, top="multipart/mixed"),
    "report without report-type": _report(_POSTFIX, top="multipart/report"),
    "another boundary inside": _report(_POSTFIX).replace(b"--grens", b"--andere"),
    "upper case and odd blanks": _report(_POSTFIX.upper().replace(": ", " :   ")),
    "global, in utf-8": _report(
        f"{_PER_MESSAGE}\nFinal-Recipient: utf-8; {_LEZER}\nAction: failed\nStatus: 5.6.7",
        kind="message/global-delivery-status",
    ),
    "gave up after five days": _report(_POSTFIX.replace("5.1.1", "4.4.7")),
    "exim": _mail(
        f"X-Failed-Recipients: {_LEZER}",
        "Auto-Submitted: auto-replied",
        "Subject: Mail delivery failed: returning message to sender",
        text="This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its recipients.\n"
        f"This is a permanent error. The following address(es) failed:\n\n  {_LEZER}\n"
        "    host mx.woonwenz.example [192.0.2.9]\n"
        "    SMTP error from remote mail server after RCPT TO: 550 No such user here",
    ),
    "qmail": _mail(
        "Subject: failure notice",
        text="Hi. This is the qmail-send program at mx.woonwenz.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{_LEZER}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n",
    ),
    "sendmail": _mail(
        "Subject: Returned mail: see transcript for details",
        text="   ----- The following addresses had permanent fatal errors -----\n"
        f"<{_LEZER}>\n    (reason: 550 5.1.1 <{_LEZER}>... User unknown)\n",
    ),
    "postfix as plain text": _mail(
        "Subject: Undelivered Mail Returned to Sender",
        text=f"I'm sorry to have to inform you that your message could not be delivered.\n\n"
        f"<{_LEZER}>: host mx.woonwenz.example[192.0.2.9] said: 554 5.7.1 rejected",
    ),
    "exchange in html only": _mail(
        "Subject: Onbestelbaar: Verrijkingsverzoek",
        "Content-Type: text/html; charset=utf-8",
        text="<html><body><p>Het is niet gelukt om uw bericht te bezorgen aan deze "
        f"geadresseerden of groepen:</p><p>{_LEZER}<br>Het e-mailadres is niet gevonden.</p>"
        "<p>Diagnostische gegevens: #550 5.1.10 RESOLVER.ADR.RecipientNotFound</p></body></html>",
        sender="From: Microsoft Outlook <MicrosoftExchange329e71@woonwenz.example>",
    ),
    "exchange, a report without report-type": _report(
        f"{_PER_MESSAGE}\nFinal-Recipient: rfc822;{_LEZER}\nAction: failed\nStatus: 5.1.10",
        subject="Undeliverable: Verrijkingsverzoek",
        text="Delivery has failed to these recipients or groups:",
        top="multipart/report",
    ),
    "microsoft 365": _mail(
        "Subject: Uw bericht",
        "Content-Type: text/html; charset=utf-8",
        text=f"<h1>Uw bericht aan {_LEZER} kan niet worden bezorgd.</h1><p>550 5.4.1 Recipient "
        "address rejected: Access denied</p>",
        sender="From: postmaster@woonwenz.example",
    ),
    "gmail": _mail(
        f"X-Failed-Recipients: {_LEZER}",
        "Subject: Delivery Status Notification (Failure)",
        text="** Address not found **\n\nYour message wasn't delivered to "
        f"{_LEZER} because the address couldn't be found.",
        sender="From: Mail Delivery Subsystem <mailer-daemon@gateway.example>",
    ),
    "notes": _mail(
        "Subject: DELIVERY FAILURE: User Hermans not listed in Domino Directory",
        text="Your message\n\n  Subject: Verrijkingsverzoek\n\nwas not delivered to:\n\n"
        f"  {_LEZER}\n\nbecause:\n\n  User Hermans not listed in Domino Directory",
        sender="From: Postmaster@woonwenz.example",
    ),
    "groupwise": _mail(
        "Subject: Message status - undeliverable",
        text=f"The message that you sent was undeliverable to the following:\n\t{_LEZER} "
        "(user not found)",
        sender="From: Mailer-Daemon@woonwenz.example",
    ),
    "a mailbox that is full": _mail(
        "Subject: Melding van het mailsysteem",
        text=f"De mailbox van {_LEZER} zit vol: 552 5.2.2 Over quota.",
        sender="From: postmaster@woonwenz.example",
    ),
    "qmail under another subject": _mail(
        "Subject: uw bericht",
        text="Hi. This is the qmail-send program at mx.woonwenz.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        f"<{_LEZER}>:\nSorry, no mailbox here by that name.",
    ),
    "exchange 5.5, with a copy of the headers": _mail(
        "Subject: Undeliverable: Verrijkingsverzoek",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="grens"',
        text="--grens\nContent-Type: text/plain\n\n"
        "did not reach the following recipient(s):\n\nHermans on Mon, 23 Nov 2026\n"
        f"--grens\nContent-Type: message/rfc822\n\nTo: Hermans <{_LEZER}>\n\nx\n--grens--",
        sender="From: System Administrator <postmaster@woonwenz.example>",
    ),
}

STRAY: Mapping[str, bytes] = {
    "qmail, cut off": _mail(
        "Subject: uw bericht",
        text="Hi. This is the qmail-send program at mx.woonwenz.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
    ),
    "exchange 5.5": _mail(
        "Subject: Undeliverable: Verrijkingsverzoek",
        text="Your message\n\n  To:      Hermans\n  Subject: Verrijkingsverzoek\n\n"
        "did not reach the following recipient(s):\n\nHermans on Mon, 23 Nov 2026\n"
        "    The recipient name is not recognized",
        sender="From: System Administrator <postmaster@woonwenz.example>",
    ),
    "a spam filter": _mail(
        "Subject: Message not delivered",
        text="Your message was rejected: 554 5.7.1 Message blocked due to content",
        sender="From: security-gateway@woonwenz.example",
    ),
    "windows-1252 and a curly quote": _mail(
        "Subject: =?windows-1252?Q?Niet_bezorgd=3A_Verrijkingsverzoek?=",
        "Content-Type: text/plain; charset=windows-1252",
        text="De geadresseerde is niet gevonden.",
    ).replace(b"niet gevonden", b"niet \x91gevonden\x92"),
    "german": _mail(
        "Subject: Unzustellbar: Verrijkingsverzoek",
        text="Die Nachricht konnte nicht zugestellt werden. 550 5.1.1",
        sender="From: postmaster@woonwenz.example",
    ),
    "no structure at all": f"{_DAEMON}\r\nSubject: failure notice".encode(),
    "a report that names nobody": _report("Action: failed\nStatus: 5.1.1"),
    "a made-up subject": b"Subject: Undeliverable\r\n\r\nuser unknown 550 ",
    "the address of the sender alone": _mail(
        "Subject: Undeliverable", text="user unknown 550 ", sender=_MENS
    ),
}

_TOT = "t/m donderdag 3 december"
ABSENT: Mapping[str, bytes] = {
    "outlook, dutch": _mail(
        "Subject: Automatisch antwoord: Verrijkingsverzoek ZNW-2026-00001",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        text=f"Ik ben afwezig {_TOT}. Bij spoed kunt u bellen met 077-555 01 00.",
        sender=_MENS,
    ),
    "outlook, english": _mail(
        "Subject: Automatic reply: Verrijkingsverzoek",
        "X-Auto-Response-Suppress: All",
        text="I am out of the office until Monday 30 November, with limited access to my mail.",
        sender=_MENS,
    ),
    "outlook, older": _mail(
        "Subject: Out of Office AutoReply: Verrijkingsverzoek",
        text="Ik ben met verlof.",
        sender=_MENS,
    ),
    "outlook, german": _mail(
        "Subject: Automatische Antwort: Verrijkingsverzoek", text="Ich bin im Urlaub.", sender=_MENS
    ),
    "outlook, html": _mail(
        "Subject: Automatisch antwoord: Verrijkingsverzoek",
        "Content-Type: text/html; charset=utf-8",
        text=f"<p>Beste relatie,</p><p>Ik ben <b>afwezig</b> {_TOT}.</p>",
        sender=_MENS,
    ),
    "gmail": _mail(
        "Subject: Afwezig: Verrijkingsverzoek ZNW-2026-00001",
        "Precedence: bulk",
        "X-Autoreply: yes",
        text="Bedankt voor uw bericht. Ik ben op vakantie tot 7 december.",
        sender=_MENS,
    ),
    "vacation(1)": _mail(
        "Subject: away from my mail",
        "Precedence: bulk",
        text="I will not be reading my mail for a while.",
        sender=_MENS,
    ),
    "sieve": _mail(
        "Subject: Auto: Verrijkingsverzoek",
        "Auto-Submitted: auto-replied (vacation)",
        text="Ik ben op dit moment niet aanwezig. Ik lees uw mail als ik terug ben.",
        sender=_MENS,
    ),
    "notes, dutch": _mail(
        "Subject: J Hermans is afwezig",
        "Auto-Submitted: auto-generated",
        text="Ik ben afwezig vanaf 23-11-2026 en kom terug op 30-11-2026.",
        sender=_MENS,
    ),
    "notes, english": _mail(
        "Subject: J Hermans is out of the office.",
        text="I will be out of the office starting 23-11-2026 and will not return until then.",
        sender=_MENS,
    ),
    "no header, subject of the question": _mail(
        "Subject: Re: Verrijkingsverzoek ZNW-2026-00001",
        text="Ik ben afwezig t/m 3 december.",
        sender=_MENS,
    ),
    "no header, a suffix": _mail(
        "Subject: Re: Verrijkingsverzoek ZNW-2026-00001 [Out of office]",
        text="Tot ziens.",
        sender=_MENS,
    ),
    "no header, leave": _mail(
        "Subject: Uw mail",
        text="Geachte afzender,\n\nHartelijk dank voor uw bericht. Van 16 november tot 1 maart\n"
        "ben ik met zwangerschapsverlof. Mijn collega neemt waar.",
        sender=_MENS,
    ),
    "no header, wrapped": _mail(
        "Subject: Re: uw mail",
        text="Beste lezer,\n\nMomenteel ben ik niet\naanwezig op kantoor. Ik ben maandag terug.",
        sender=_MENS,
    ),
    "no header, because of holidays": _mail(
        "Subject: Re: uw mail", text="Wegens vakantie afwezig tot 7 december.", sender=_MENS
    ),
    "no header, holiday": _mail(
        "Subject: Hello",
        text="Hi,\n\nThank you for your mail. I'm on annual leave and back on 7 December.",
        sender=_MENS,
    ),
    "no header, gone": _mail(
        "Subject: Uw mail",
        text="Ik ben niet meer werkzaam bij Woonwenz. Mail naar info@woonwenz.example.",
        sender=_MENS,
    ),
    "parental leave in the subject": _mail(
        "Subject: Ouderschapsverlof tot 1 maart", text="Groet, J. Hermans", sender=_MENS
    ),
    "a mark of the gateway first": _mail(
        "Subject: [EXTERN] Automatisch antwoord: Verrijkingsverzoek", text="x", sender=_MENS
    ),
    "encoded subject": _mail(
        "Subject: =?utf-8?B?QWZ3ZXppZzogVmVycmlqa2luZ3N2ZXJ6b2Vr?=", text="x", sender=_MENS
    ),
    "with what was asked below it": _mail(
        "Subject: Niet aanwezig",
        text="Ik ben niet aanwezig.\n\nVan: Zorgnetwerk\nVerzonden: maandag 23 november\n\n"
        "BEKEND\nONBEKEND",
        sender=_MENS,
    ),
}

_MDN = "multipart/report; report-type=disposition-notification"
NOTHING: Mapping[str, bytes] = {
    "delayed": _report(
        _POSTFIX.replace("failed", "delayed").replace("5.1.1", "4.4.1"),
        subject="Delayed Mail (still being retried)",
    ),
    "delayed, sendmail": _mail(
        "Subject: Warning: could not send message for past 4 hours",
        text="**  THIS IS A WARNING MESSAGE ONLY  **\n**  YOU DO NOT NEED TO RESEND  **\n451 4.4.1",
    ),
    "delayed, exim": _mail(
        "Subject: Warning: message 1aB2c3 delayed 24 hours",
        text="The message has not yet been delivered. No action is required on your part.",
    ),
    "delayed, gmail": _mail(
        "Subject: Delivery Status Notification (Delay)",
        text="Gmail will retry for 46 more hours. 550 was not given.",
    ),
    "delayed, in dutch, by its text": _mail(
        "Subject: Uw bericht", text="Uw bericht is nog niet bezorgd en wordt opnieuw geprobeerd."
    ),
    "delivered": _report(
        _POSTFIX.replace("failed", "delivered").replace("5.1.1", "2.1.5"),
        subject="Successful Mail Delivery Report",
    ),
    "relayed": _report(_POSTFIX.replace("failed", "relayed").replace("5.1.1", "2.0.0")),
    "delivered, exchange": _mail(
        "Subject: Relayed: Verrijkingsverzoek",
        text="Delivery to these recipients is complete, but no notification was sent.",
        sender="From: postmaster@woonwenz.example",
    ),
    "read receipt (RFC 8098)": _report(
        f"Final-Recipient: rfc822; {_LEZER}\nDisposition: manual-action/MDN-sent; displayed",
        text="This is a Return Receipt for the mail that you sent.",
        subject="Return Receipt (displayed) - Verrijkingsverzoek",
        kind="message/disposition-notification",
        top=_MDN,
    ),
    "deleted unread (RFC 8098)": _report(
        f"Final-Recipient: rfc822; {_LEZER}\nDisposition: automatic-action/MDN; deleted",
        text="Your message was deleted without being read. It could not be delivered to a person.",
        subject="Niet gelezen: Verrijkingsverzoek",
        kind="message/disposition-notification",
        top=_MDN,
    ),
    "read receipt, outlook dutch": _mail(
        "Subject: Gelezen: Verrijkingsverzoek ZNW-2026-00001",
        text="Uw bericht\n\n   Aan: Hermans\n   Onderwerp: Verrijkingsverzoek\n\n"
        "is gelezen op maandag 23 november 2026 10:12:01.",
        sender=_MENS,
    ),
    "read receipt, outlook english": _mail(
        "Subject: Read: Verrijkingsverzoek",
        text="Your message\n\n   To: Hermans\n\nwas read on Monday 23 November.",
        sender=_MENS,
    ),
    "not read, outlook": _mail(
        "Subject: Not read: Verrijkingsverzoek", text="was deleted without being read", sender=_MENS
    ),
    "a complaint (RFC 5965)": _report(
        "Feedback-Type: abuse",
        kind="message/feedback-report",
        top="multipart/report; report-type=feedback-report",
    ),
    "a list": _mail(
        "Subject: [loket] Re: Verrijkingsverzoek",
        "List-Id: <loket.woonwenz.example>",
        "Precedence: list",
        text="Wie pakt dit op?",
        sender=_MENS,
    ),
    "a list that holds it": _mail(
        "Subject: Your message to loket awaits moderator approval",
        "Auto-Submitted: auto-generated",
        text="Your mail to 'loket' is being held until the list moderator can review it.",
        sender="From: loket-bounces@woonwenz.example",
    ),
    "a ticket system": _mail(
        "Subject: [Ticket#20261123] Ontvangstbevestiging",
        "Auto-Submitted: auto-replied",
        text="Dit is een automatisch gegenereerd bericht. Wij hebben uw vraag ontvangen.",
        sender="From: servicedesk@woonwenz.example",
    ),
    "a ticket system without headers": _mail(
        "Subject: Uw vraag",
        text="Dit is een automatische ontvangstbevestiging. Wij antwoorden binnen twee dagen.",
        sender="From: servicedesk@woonwenz.example",
    ),
    "challenge": _mail(
        "Subject: Please confirm your message",
        text="Click the link below to confirm that you are not a robot.",
        sender=_MENS,
    ),
    "challenge in dutch": _mail(
        "Subject: Bevestig uw e-mail",
        text="Klik op onderstaande link om te bevestigen dat u een mens bent.",
        sender=_MENS,
    ),
    "challenge under our subject": _mail(
        "Subject: Re: Verrijkingsverzoek",
        text="I use a spam filter. Please confirm your e-mail: click on this link to deliver it.",
        sender=_MENS,
    ),
    "an empty mail": _mail("Subject: ", text="", sender=_MENS),
}

SAMPLES: Mapping[str, bytes] = {
    f"{group}: {name}": raw
    for group, samples in (
        ("failed", FAILED),
        ("stray", STRAY),
        ("absent", ABSENT),
        ("nothing", NOTHING),
    )
    for name, raw in samples.items()
}
