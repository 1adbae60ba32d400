"""Whether the application serves one user on this computer, or users who log in; how many at once; who is asking.

`DIALOOGWIJZER_LOGIN` names a TOML file with the section `[auth]` of Streamlit's login. Without it there are no users.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from assessment.store.people import checked_name
from knowledge.private import readable_by_others
from knowledge.text import Text

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
"""The names under which this computer reaches itself."""
CALLBACK = "/oauth2callback"
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
MINIMUM_SECRET = 32
CLAIM = "email"
VERIFIED = "email_verified"
HABITS = ("true", "text", "absent")
"""How a provider says that an address is verified: as `true`, also as the text "true", or never, as all of them are."""
_ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")
"""Visible ASCII with one @: in other alphabets there are letters that become another's address in small letters."""
SESSIONS = 200


class HostingError(ValueError):
    """The settings do not allow to start; `text` says what was expected."""

    def __init__(self, nl: str, en: str):
        self.text = Text(nl=nl, en=en)
        super().__init__(en)


@cache
def login_file() -> Path | None:
    """The file with the settings of the login, None where there are no users."""
    named = os.environ.get("DIALOOGWIJZER_LOGIN", "").strip()
    return Path(named).absolute() if named else None


@cache
def settings() -> dict[str, Any]:
    """The section `[auth]`, checked; empty where there are no users.

    Raises:
        HostingError: the file cannot be read, or what the login needs is not in it.
    """
    file = login_file()
    if file is None:
        return {}
    try:
        if readable_by_others(file):
            raise HostingError(
                f"{file}: andere gebruikers van deze computer kunnen dit lezen; doe eerst: chmod 600 {file}",
                f"{file}: other users of this computer can read this; first do: chmod 600 {file}",
            )
        auth = tomllib.loads(file.read_text(encoding="utf-8")).get("auth", {})
    except HostingError:
        raise
    except (OSError, ValueError) as error:
        shown = " ".join(str(error).split())[:200]
        raise HostingError(
            f"DIALOOGWIJZER_LOGIN: {file} kan niet worden gelezen: {shown}",
            f"DIALOOGWIJZER_LOGIN: {file} cannot be read: {shown}",
        ) from None
    missing = [name for name in NEEDED if not isinstance(auth.get(name), str) or not auth[name].strip()]
    if missing:
        raise HostingError(
            f"{file}: onder [auth] ontbreekt: {', '.join(missing)}",
            f"{file}: missing below [auth]: {', '.join(missing)}",
        )
    address = urlsplit(auth["redirect_uri"])
    if address.path != CALLBACK or not (
        address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)
    ):
        raise HostingError(
            f"{file}: verwacht als redirect_uri: https://JULLIE-ADRES{CALLBACK}",
            f"{file}: expected as redirect_uri: https://YOUR-ADDRESS{CALLBACK}",
        )
    if len(auth["cookie_secret"]) < MINIMUM_SECRET:
        raise HostingError(
            f"{file}: verwacht als cookie_secret: minstens {MINIMUM_SECRET} willekeurige tekens",
            f"{file}: expected as cookie_secret: at least {MINIMUM_SECRET} random characters",
        )
    if auth.get(VERIFIED, HABITS[0]) not in HABITS:
        raise HostingError(
            f"{file}: verwacht als {VERIFIED}: {', '.join(HABITS)}",
            f"{file}: expected as {VERIFIED}: {', '.join(HABITS)}",
        )
    return dict(auth)


def has_users() -> bool:
    """Whether users log in here."""
    return bool(settings())


def hosts() -> frozenset[str]:
    """The names under which the application may be asked for."""
    public = urlsplit(settings().get("redirect_uri", "")).hostname
    return LOOPBACK | {public} if public else LOOPBACK


def home() -> str:
    """The public address of the application, without a slash at the end; empty where there are no users."""
    return str(settings().get("redirect_uri", "")).removesuffix(CALLBACK)


def is_https() -> bool:
    """Whether browsers reach the application over https alone."""
    return home().startswith("https:")


@cache
def most_sessions() -> int:
    """How many windows may be open at once.

    Raises:
        HostingError: the setting is no whole number above 0.
    """
    given = os.environ.get("DIALOOGWIJZER_SESSIONS", "").strip() or str(SESSIONS)
    if not given.isdecimal() or not 1 <= int(given) <= 100_000:
        raise HostingError(
            f"DIALOOGWIJZER_SESSIONS: verwacht: een heel getal van 1 of meer; gevonden: {given[:40]}",
            f"DIALOOGWIJZER_SESSIONS: expected: a whole number of 1 or more; found: {given[:40]}",
        )
    return int(given)


def require_safe(address: str, to_room: bool = False) -> None:
    """Refuse to be reachable from elsewhere without users, and with users to let a room in.

    Raises:
        HostingError: it would be, or a setting is not in order.
    """
    most_sessions()
    if address not in LOOPBACK and not has_users():
        raise HostingError(
            f"--address {address}: alleen met een login (DIALOOGWIJZER_LOGIN); anders ziet je hele netwerk alles",
            f"--address {address}: only with a login (DIALOOGWIJZER_LOGIN); else your whole network sees all",
        )
    if to_room and (has_users() or address not in LOOPBACK):
        raise HostingError(
            "--lan: alleen op je eigen computer, zonder login en zonder --address",
            "--lan: only on your own computer, without a login and without --address",
        )


def user() -> str | None:
    """Who is logged in; None if nobody is."""
    return person(st.user.to_dict()) if has_users() and st.user.is_logged_in else None


def person(claims: Mapping[str, Any]) -> str | None:
    """The user whom these claims of the provider name: by `user_claim`, by default the e-mail address, or None.

    An address is somebody's only where the provider says that it is verified, in the way that `email_verified` in the
    settings names; capitals make no difference. Every other claim is taken exactly as it is.
    """
    claim = str(settings().get("user_claim", CLAIM))
    named = claims.get(claim)
    if not isinstance(named, str):
        return None
    if claim == CLAIM:
        if not _is_verified(claims) or not _ADDRESS.fullmatch(named):
            return None
        named = named.lower()
    with suppress(ValueError):
        return checked_name(named)
    return None


def _is_verified(claims: Mapping[str, Any]) -> bool:
    habit = settings().get(VERIFIED, HABITS[0])
    if habit == "absent" and VERIFIED not in claims:
        return True
    told = claims.get(VERIFIED)
    return told is True or (habit == "text" and isinstance(told, str) and told == "true")
