"""The shipped configuration is whole, and a configuration that was right stays right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from adapters.openpgp.vault import VaultLimits
from adapters.settings.broker_settings import Engine, Tls
from adapters.settings.broker_tables import BezorgingTable, WerkerTable
from adapters.settings.faults import Faults, render, sentence
from adapters.settings.load import Configuration
from adapters.settings.shipped import shipped_folder
from adapters.settings.workspace import WorkspaceWritten
from broker.bootstrap import make_patience
from broker.domain.partner import LoketId, MedewerkerId, Regime, Rol, Soort
from broker.service.context import Patience
from tests.adapters.settings.example import HERE, NOW, edit, load_example, loaded, new_workspace

EXPIRED = "755A3056A91B980746A3F5D9444421F5B21C7CC0"
REVOKED = "4D5F9EAAD37D595499BD8BD474E56714C3A52F97"
NGUYEN = "1122E0BB3F068AD0C8BA7C94406D3F567C089370"


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceWritten:
    """A copy of the shipped configuration."""
    return new_workspace(tmp_path)


@pytest.fixture(scope="module")
def shipped() -> Configuration:
    """The configuration as it comes with the broker."""
    return loaded(shipped_folder() / "broker.toml")


def notices(configuration: Configuration) -> list[str]:
    """The notices as sentences, those about the example left out."""
    return [
        sentence(x)
        for x in configuration.notices
        if ".example" not in x.problem and "nobody has the secret" not in x.problem
    ]


def test_the_shipped_configuration_has_no_faults(shipped: Configuration) -> None:
    """What a newcomer gets works."""
    assert notices(shipped) == []


def test_it_has_six_partners_and_their_seven_desks(shipped: Configuration) -> None:
    """Convenant, the parties; werkproces art. 4, who sits at the table."""
    network = shipped.network
    assert [p.soort for p in network.partners].count(Soort.WONINGCORPORATIE) == 2
    assert len(network.partners) == 6
    assert [loket.id for loket in network.loketten()] == [
        "sociaal-wijkteam-plus",
        "schuldhulpverlening",
        "politie",
        "incluzio",
        "woonwenz",
        "antares",
        "vincent-van-gogh",
    ]
    assert [p.id for p in network.partners if p.regime is Regime.WPG] == ["politie-limburg"]


def test_every_desk_can_be_asked_and_has_somebody_to_stand_in(shipped: Configuration) -> None:
    """C-6.3: a professional and his vervanger at each desk."""
    for loket in shipped.network.loketten():
        asked = [m for m in loket.medewerkers if Rol.VERRIJKER in m.rollen]
        assert len(asked) >= 2
        assert asked[0].vervanger == asked[1].id
        assert loket.bekend_betekent.endswith(".")


@pytest.mark.rule("BS-1")
def test_a_desk_of_the_gemeente_has_nobody_who_may_receive_police_data(
    shipped: Configuration,
) -> None:
    """Not every desk was designated; the ketenregisseurs were."""
    debts = shipped.network.loket(LoketId("schuldhulpverlening"))
    regie = shipped.network.medewerker(MedewerkerId("m.janssen"))
    assert debts is not None
    assert regie is not None
    assert not any(m.mag_politiegegevens(NOW.date()) for m in debts.medewerkers)
    assert regie[1].mag_politiegegevens(NOW.date())
    assert Rol.VERRIJKER not in regie[1].rollen


@pytest.mark.rule("B-1.4")
def test_the_werkgebieden_divide_the_gemeente_but_for_one_postcode(shipped: Configuration) -> None:
    """5915 is of the gemeente and of no werkgebied: the ketenregisseur places it."""
    network = shipped.network
    placed = [code for area in network.werkgebieden for code in area.postcodes]
    assert len(network.werkgebieden) == 4
    assert len(set(placed)) == len(placed)
    assert network.gemeentepostcodes - set(placed) == {"5915"}


def test_every_pinned_key_has_its_certificate(shipped: Configuration) -> None:
    """The employees' and the register's, and no other."""
    pinned = {m.vingerafdruk for _, m in shipped.network.medewerkers()}
    assert set(shipped.certificates) == pinned | {shipped.network.besluit.registersleutel}


def test_the_decision_holds_from_the_day_after_it_was_signed(shipped: Configuration) -> None:
    """BS-9: in force from 2 July 2021, without an end."""
    besluit = shipped.network.besluit
    assert not besluit.geldt(date(2021, 7, 1))
    assert besluit.geldt(date(2021, 7, 2))
    assert besluit.geldt(date(2099, 1, 1))


def test_the_shipped_server_is_set_safely(shipped: Configuration) -> None:
    """Nothing has to be switched on to be secure; every path is absolute."""
    settings = shipped.settings
    assert settings.smtp.tls is Tls.VERPLICHT
    assert settings.delivery.relay is not None
    assert settings.delivery.relay.tls is Tls.VERPLICHT
    assert settings.keys.engine is Engine.SEQUOIA
    assert settings.database.url.startswith("sqlite+aiosqlite:////")
    assert settings.database.url.endswith("/gegevens/broker.sqlite")
    assert settings.network_file.is_absolute()
    assert settings.certificates == settings.network_file.parent / "certificaten"


def test_the_shipped_server_has_the_patience_that_is_the_default(shipped: Configuration) -> None:
    """Whether a setting is left out, shipped, or never read (as in a test): the same limits."""
    assert make_patience(shipped.settings) == Patience()
    left_out = BezorgingTable()
    assert tuple(map(minutes, left_out.wachttijden_minuten)) == shipped.settings.delivery.delays
    assert left_out.pogingen == shipped.settings.delivery.attempts
    limits = VaultLimits()
    assert WerkerTable().seconden == shipped.settings.worker.time.total_seconds()
    assert limits.open_seconds == WerkerTable().seconden
    assert limits.sequoia_memory == shipped.settings.worker.memory_bytes


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_what_is_still_an_example_is_told(shipped: Configuration) -> None:
    """Invented people, domains and keys must be replaced before real use; each one is named."""
    told = render(shipped.notices)
    everybody = ", ".join(m.id for _, m in shipped.network.medewerkers())
    assert f"has addresses that end in .example, of {everybody}." in told
    assert f"has shipped keys, of which nobody has the secret part, of {everybody}." in told
    assert "besluit, registersleutel is the shipped example" in told
    assert "broker.toml: broker, adres ends in .example" in told


@pytest.mark.parametrize("years", [0, 1, 4, 20])
def test_time_alone_never_brings_a_fault(workspace: WorkspaceWritten, years: int) -> None:
    """A broker that ran yesterday starts today, even when everybody's last day has passed."""
    edit(
        workspace.network_file,
        "geldig_van = 2026-02-01",
        "geldig_van = 2026-02-01\ngeldig_tot = 2026-12-31",
    )
    edit(workspace.network_file, "# geldig_tot = 2030", "geldig_tot = 2030")
    loaded(workspace.broker_file, now=NOW + timedelta(days=366 * years))


def test_what_time_brings_is_a_notice(workspace: WorkspaceWritten) -> None:
    """Nobody to ask, nobody with the regie, no decision, no closing days, a partner that left."""
    file = workspace.network_file
    text = file.read_text(encoding="utf-8")
    text = text.replace(
        "geldig_van = 2026-02-01", "geldig_van = 2026-02-01\ngeldig_tot = 2031-01-01"
    )
    text = text.replace("geldig_tot = 2031-12-31", "")
    text = text.replace("# deelname_tot", "deelname_tot").replace("# geldig_tot", "geldig_tot")
    file.write_text(text, encoding="utf-8")
    told = notices(loaded(workspace.broker_file, now=datetime(2032, 1, 5, tzinfo=UTC)))
    where = "zorgnetwerk-venlo.toml: "
    politie = f"{where}partner politie-limburg, loket politie"
    assert f"{where}partner gemeente-venlo does not take part today, so it is not asked." in told
    assert f"{politie} has nobody who can be asked today." in told
    assert "zorgnetwerk-venlo.toml has no active ketenregisseur today." in told
    assert f"{where}besluit is not in force today, so the police are not asked." in told
    assert f"{where}kalender, sluitingsdagen has no day in the year ahead." in told


@pytest.mark.parametrize(("fingerprint", "said"), [(EXPIRED, "expired"), (REVOKED, "was revoked")])
def test_a_key_that_ended_is_a_notice(
    workspace: WorkspaceWritten, fingerprint: str, said: str
) -> None:
    """It ends by itself; the broker holds what goes there, and starts all the same."""
    name = f"{fingerprint}.asc"
    certificate = (HERE / "certificaten" / name).read_bytes()
    (workspace.broker_file.parent / "certificaten" / name).write_bytes(certificate)
    edit(workspace.network_file, NGUYEN, fingerprint)
    place = "zorgnetwerk-venlo.toml: partner woonwenz, medewerker p.nguyen, vingerafdruk"
    assert notices(loaded(workspace.broker_file)) == [f"{place} is of a key that {said}."]


@pytest.mark.rule("BS-9")
def test_a_suspended_decision_is_read_and_told(workspace: WorkspaceWritten) -> None:
    """One word in the file stops the police's part."""
    edit(workspace.network_file, "opgeschort = false", "opgeschort = true")
    configuration = loaded(workspace.broker_file)
    assert configuration.network.besluit.opgeschort
    assert len(notices(configuration)) == 1


def test_the_secret_files_must_be_there_once_they_were_made(workspace: WorkspaceWritten) -> None:
    """Before `broker init` has made them they may be missing; after it all are told at once."""
    result = load_example(workspace.broker_file, keys_made=True)
    assert isinstance(result, Faults)
    assert [fault.place for fault in result.faults] == [
        "smtp, tls_certificaat",
        "smtp, tls_sleutel",
        "sleutels, broker",
        "sleutels, hoofdsleutel",
    ]


def test_settings_that_are_not_the_shipped_ones_are_taken_over(workspace: WorkspaceWritten) -> None:
    """Routes by domain in lower case, PostgreSQL with its driver, other limits."""
    file = workspace.broker_file
    edit(
        file, '# [[bezorging.route]]\n# domein = "politie', '[[bezorging.route]]\ndomein = "Politie'
    )
    edit(file, '# host = "mail.politie', 'host = "mail.politie')
    edit(file, "sqlite:///gegevens/broker.sqlite", "postgresql://broker@db.venlo.example/broker")
    edit(file, "seconden = 4", "seconden = 7")
    settings = loaded(file).settings
    assert (
        settings.delivery.routes["politie-limburg.example"].host == "mail.politie-limburg.example"
    )
    assert settings.database.url == "postgresql+psycopg://broker@db.venlo.example/broker"
    assert settings.worker.time == timedelta(seconds=7)


def test_a_file_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    """A wrong name after --config is a sentence, not a traceback."""
    result = load_example(tmp_path / "broker.toml")
    assert isinstance(result, Faults)
    assert [sentence(fault) for fault in result.faults] == ["broker.toml does not exist."]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a = " + b"9" * 5000, b"a = " + b"[" * 5000, b"\x00", b"#" * 1_100_000],
    ids=["bytes", "number", "nesting", "nul", "large"],
)
def test_what_is_no_configuration_at_all_is_one_fault(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in the file."""
    file = tmp_path / "broker.toml"
    file.write_bytes(content)
    result = load_example(file)
    assert isinstance(result, Faults)
    assert len(result.faults) == 1


def test_a_name_cannot_write_to_the_terminal(workspace: WorkspaceWritten) -> None:
    """Keys and ids of the file are escaped before they are shown."""
    with workspace.network_file.open("a", encoding="utf-8") as file:
        file.write('\n[[partner]]\nid = "\\u001b[2Jx"\n"\\u001b[31m" = 1\n')
    result = load_example(workspace.broker_file)
    assert "\x1b" not in render(result.faults if isinstance(result, Faults) else ())
