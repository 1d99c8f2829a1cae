"""Reads broker.toml, and translates its tables into settings."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from adapters.settings import database_url
from adapters.settings.broker_settings import (
    BrokerSettings,
    DatabaseSettings,
    DeliverySettings,
    KeySettings,
    LogSettings,
    Route,
    SmtpSettings,
    Tls,
    WorkerSettings,
)
from adapters.settings.broker_tables import (
    BezorgingTable,
    BrokerTable,
    DatabaseTable,
    PlannerTable,
    RelayTable,
    RouteTable,
    SleutelsTable,
    SmtpTable,
    ToezichtTable,
    WerkerTable,
)
from adapters.settings.faults import Findings, within
from adapters.settings.secrets import (
    EnvironmentSecrets,
    SecretPlace,
    check_present,
    check_private,
    read_secret,
)
from adapters.settings.tables import (
    RawTable,
    known_only,
    read_table,
)

_TABLES = ("broker", "smtp", "bezorging", "database", "sleutels", "werker", "planner", "toezicht")


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the translation of every table needs: the folder, the secrets, where faults go.

    `keys_made` is false before `broker init` has made the files that the settings name: then it
    is no fault that they are missing.
    """

    folder: Path
    secrets: EnvironmentSecrets
    findings: Findings
    keys_made: bool

    def path(self, name: str) -> Path:
        """The absolute path of a file named in the settings."""
        return self.folder / name

    def optional(self, name: str | None) -> Path | None:
        """As `path`, for a setting that may be left out."""
        return None if name is None else self.folder / name

    def private(self, path: Path, place: str) -> None:
        """Check a secret file that somebody else brings."""
        if self.keys_made:
            check_private(path, place=place, findings=self.findings)

    def own_key(self, path: Path, place: str) -> None:
        """Check a secret file that a command makes."""
        if self.keys_made:
            check_private(
                path,
                place=place,
                findings=self.findings,
                hint="put it there, or correct the name; `broker keys init` makes a new one",
            )

    def present(self, path: Path, place: str) -> None:
        """Check a file that anybody may read."""
        if self.keys_made:
            check_present(path, place=place, findings=self.findings)


def read_broker(raw: RawTable, workspace: Workspace) -> BrokerSettings | None:
    """The settings, or None when `workspace.findings` has got a fault that leaves none."""
    findings = workspace.findings
    known_only(raw, _TABLES, findings=findings)
    broker = read_table(BrokerTable, raw.get("broker", {}), place="broker", findings=findings)
    smtp = read_table(SmtpTable, raw.get("smtp", {}), place="smtp", findings=findings)
    delivery = read_table(
        BezorgingTable, raw.get("bezorging", {}), place="bezorging", findings=findings
    )
    database = read_table(
        DatabaseTable, raw.get("database", {}), place="database", findings=findings
    )
    keys = read_table(SleutelsTable, raw.get("sleutels", {}), place="sleutels", findings=findings)
    worker = read_table(WerkerTable, raw.get("werker", {}), place="werker", findings=findings)
    planner = read_table(PlannerTable, raw.get("planner", {}), place="planner", findings=findings)
    log = read_table(ToezichtTable, raw.get("toezicht", {}), place="toezicht", findings=findings)

    smtp_settings = smtp and _smtp(smtp, workspace)
    delivery_settings = delivery and _delivery(delivery, workspace)
    database_settings = database and _database(database, workspace)
    key_settings = keys and _keys(keys, workspace)
    if not (
        broker
        and smtp_settings
        and delivery_settings
        and database_settings
        and key_settings
        and worker
        and planner
        and log
    ):
        return None
    network_file = workspace.path(broker.netwerk)
    return BrokerSettings(
        network_file=network_file,
        certificates=network_file.parent / "certificaten",
        address=broker.adres,
        hostname=broker.hostnaam,
        smtp=smtp_settings,
        delivery=delivery_settings,
        database=database_settings,
        keys=key_settings,
        worker=WorkerSettings(
            memory_bytes=worker.geheugen_mib * 1024 * 1024, time=timedelta(seconds=worker.seconden)
        ),
        wake_every=timedelta(seconds=planner.seconden),
        log=LogSettings(level=log.niveau, form=log.vorm),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _smtp(table: SmtpTable, workspace: Workspace) -> SmtpSettings:
    findings = workspace.findings
    certificate = workspace.optional(table.tls_certificaat)
    key = workspace.optional(table.tls_sleutel)
    if table.tls is Tls.GEEN:
        if not _is_loopback(table.host):
            findings.fault(
                "smtp, tls",
                "is geen while the broker listens on more than this machine",
                hint='set tls = "verplicht", or listen on 127.0.0.1',
            )
        certificate = key = None
    else:
        for name, path in (("tls_certificaat", certificate), ("tls_sleutel", key)):
            if path is None:
                findings.fault(
                    within("smtp", name),
                    "is missing",
                    hint="name the PEM file; without it there is no STARTTLS",
                )
        if certificate is not None:
            workspace.present(certificate, "smtp, tls_certificaat")
        if key is not None:
            workspace.private(key, "smtp, tls_sleutel")
    return SmtpSettings(
        host=table.host,
        port=table.poort,
        tls=table.tls,
        certificate=certificate,
        key=key,
        max_bytes=table.maximaal_kib * 1024,
    )


def _route(table: RelayTable | RouteTable, place: str, findings: Findings) -> Route:
    """NTA-1: mail is never downgraded to an unsecured connection."""
    if table.tls is Tls.AANGEBODEN:
        findings.fault(
            within(place, "tls"), "cannot be aangeboden here", hint='set tls = "verplicht"'
        )
    if table.tls is Tls.GEEN and not _is_loopback(table.host):
        findings.fault(
            within(place, "tls"),
            "is geen for a host that is not this machine",
            hint='set tls = "verplicht"; mail never leaves this machine unsecured',
        )
    return Route(host=table.host, port=table.poort, tls=table.tls)


def _delivery(table: BezorgingTable, workspace: Workspace) -> DeliverySettings:
    findings = workspace.findings
    ca_file = workspace.optional(table.ca_bestand)
    if ca_file is not None:
        workspace.present(ca_file, "bezorging, ca_bestand")
    relay = password = None
    if table.relay is not None:
        relay = _route(table.relay, "bezorging, relay", findings)
        secret = SecretPlace(
            setting="bezorging, relay, wachtwoord_bestand",
            file=workspace.optional(table.relay.wachtwoord_bestand),
            variable="BROKER_RELAY_WACHTWOORD",
            value=workspace.secrets.relay_wachtwoord,
        )
        password = read_secret(secret, findings)
        if table.relay.gebruiker is not None and table.relay.tls is Tls.GEEN:
            findings.fault(
                "bezorging, relay, gebruiker",
                "logs in without TLS",
                hint="leave it out: this machine's own mail server needs no login",
            )
        has_password = secret.file is not None or secret.value is not None
        if (table.relay.gebruiker is None) == has_password:
            missing = "gebruiker" if has_password else "wachtwoord_bestand"
            findings.fault(
                within("bezorging", "relay", missing),
                "is missing",
                hint="a user and a password go together",
            )
    return DeliverySettings(
        relay=relay,
        routes=_routes(table.route, findings),
        ca_file=ca_file,
        delays=tuple(timedelta(minutes=x) for x in table.wachttijden_minuten),
        attempts=table.pogingen,
        user=table.relay.gebruiker if table.relay else None,
        password=password,
    )


def _routes(tables: Sequence[RouteTable], findings: Findings) -> Mapping[str, Route]:
    routes: dict[str, Route] = {}
    for table in tables:
        domain = table.domein.lower()
        place = within("bezorging", f"route {domain}")
        if domain in routes:
            findings.fault(place, "stands there twice", hint="keep one route for each domain")
        routes[domain] = _route(table, place, findings)
    return MappingProxyType(routes)


def _database(table: DatabaseTable, workspace: Workspace) -> DatabaseSettings | None:
    findings = workspace.findings
    url = database_url.normalise(
        table.url, folder=workspace.folder, place="database, url", findings=findings
    )
    keys_url = database_url.normalise(
        table.sleutels_url,
        folder=workspace.folder,
        place="database, sleutels_url",
        findings=findings,
    )
    if url is not None and url == keys_url:
        findings.fault(
            "database, sleutels_url",
            "is the same database as url",
            hint="give the casus keys a database of their own, with a backup of its own",
        )
    secrets = workspace.secrets
    password = SecretPlace(
        setting="database, wachtwoord_bestand",
        file=workspace.optional(table.wachtwoord_bestand),
        variable="BROKER_DATABASE_WACHTWOORD",
        value=secrets.database_wachtwoord,
    )
    keys_password = SecretPlace(
        setting="database, sleutels_wachtwoord_bestand",
        file=workspace.optional(table.sleutels_wachtwoord_bestand),
        variable="BROKER_SLEUTELDATABASE_WACHTWOORD",
        value=secrets.sleuteldatabase_wachtwoord,
    )
    read = read_secret(password, findings), read_secret(keys_password, findings)
    if url is None or keys_url is None:
        return None
    return DatabaseSettings(url=url, keys_url=keys_url, password=read[0], keys_password=read[1])


def _keys(table: SleutelsTable, workspace: Workspace) -> KeySettings:
    settings = KeySettings(
        broker=workspace.path(table.broker),
        master=workspace.path(table.hoofdsleutel),
        engine=table.engine,
        passphrase_file=workspace.optional(table.wachtwoordzin_bestand),
        gnupg_home=workspace.optional(table.gnupg_map),
    )
    workspace.own_key(settings.broker, "sleutels, broker")
    if settings.passphrase_file is not None:
        workspace.private(settings.passphrase_file, "sleutels, wachtwoordzin_bestand")
    workspace.own_key(settings.master, "sleutels, hoofdsleutel")
    return settings
