"""The tables of broker.toml as an operator writes them, with what holds unless he does."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from adapters.settings.broker_settings import Engine, Form, Level, Tls
from adapters.settings.tables import Address, Domain, FileName, Host, Port, Table, Text, one_of


class BrokerTable(Table):
    netwerk: FileName
    adres: Address
    hostnaam: Domain


class SmtpTable(Table):
    host: Host = "0.0.0.0"  # noqa: S104  a mail server is there to be reached
    poort: Port = 25
    tls: Annotated[Tls, one_of(Tls)] = Tls.VERPLICHT
    tls_certificaat: FileName | None = None
    tls_sleutel: FileName | None = None
    maximaal_kib: Annotated[int, Field(ge=16, le=51_200)] = 1024


class RelayTable(Table):
    host: Host
    poort: Port = 25
    tls: Annotated[Tls, one_of(Tls)] = Tls.VERPLICHT
    gebruiker: Text | None = None
    wachtwoord_bestand: FileName | None = None


class RouteTable(Table):
    domein: Domain
    host: Host
    poort: Port = 25
    tls: Annotated[Tls, one_of(Tls)] = Tls.VERPLICHT


class BezorgingTable(Table):
    ca_bestand: FileName | None = None
    wachttijden_minuten: Annotated[
        list[Annotated[int, Field(ge=1, le=10_080)]], Field(min_length=1)
    ] = [1, 5, 15, 60, 240]  # noqa: RUF012  pydantic copies it
    pogingen: Annotated[int, Field(ge=1, le=1000)] = 30
    relay: RelayTable | None = None
    route: list[RouteTable] = []  # noqa: RUF012


class DatabaseTable(Table):
    url: Text
    wachtwoord_bestand: FileName | None = None
    sleutels_url: Text
    sleutels_wachtwoord_bestand: FileName | None = None


class SleutelsTable(Table):
    broker: FileName
    wachtwoordzin_bestand: FileName | None = None
    hoofdsleutel: FileName
    gnupg_map: FileName | None = None
    engine: Annotated[Engine, one_of(Engine)] = Engine.SEQUOIA


class WerkerTable(Table):
    geheugen_mib: Annotated[int, Field(ge=64, le=4096)] = 128
    seconden: Annotated[int, Field(ge=1, le=120)] = 4


class PlannerTable(Table):
    seconden: Annotated[int, Field(ge=1, le=3600)] = 30


class ToezichtTable(Table):
    niveau: Annotated[Level, one_of(Level)] = Level.INFO
    vorm: Annotated[Form, one_of(Form)] = Form.JSON
