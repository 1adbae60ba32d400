"""Who sends a request: a cookie that was issued here tells one browser from another, and some of them are known."""

import os
import secrets
from collections.abc import Mapping
from functools import cache
from ipaddress import IPv6Address, IPv6Network
from typing import NamedTuple
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from assessment.store.database import data_folder
from knowledge.private import private_folder
from ui.server import lan
from ui.visit import hosting

COOKIE = "visitor"
PERSON = "dialoogwijzer.person"
"""The user who sends a request, in its scope; set by `logins` where there are users."""
KEY_FILE = "visitors.key"
KEY_LENGTH = 32


class Visitor(NamedTuple):
    """Who sends a request. `known`: a user who is logged in, or whoever works at this computer, whose name is empty.

    Others are named by their address. `token` tells browsers apart; empty where it was not issued here.
    """

    known: bool
    name: str
    token: str


def of(scope: Scope) -> Visitor:
    """Who sends this request."""
    address = str((scope.get("client") or ("", 0))[0])
    place = _place(address)
    person = scope.get(PERSON)
    token = token_in(Headers(scope=scope))
    if hosting.has_users():
        return Visitor(person is not None, place if person is None else str(person), token)
    is_here = lan.visitor(address) == lan.HERE
    return Visitor(is_here, "" if is_here else place, token)


def _place(address: str) -> str:
    """An address, or of the sixth version the network that one connection has: it can use any address in there."""
    try:
        return str(IPv6Network((IPv6Address(address), 64), strict=False))
    except ValueError:
        return address


def token_in(headers: Mapping[str, str]) -> str:
    """What tells this browser from others, of the cookie in these headers; empty where it was not issued here."""
    given = cookie_parser(headers.get("cookie", "")).get(_cookie_name(headers), "")
    try:
        return str(_signer().loads(given))
    except BadSignature:
        return ""


def issued(headers: Mapping[str, str]) -> bytes:
    """The header that gives a browser a token of its own, which is forgotten when the browser closes."""
    token = _signer().dumps(secrets.token_urlsafe(18))
    return f"{_cookie_name(headers)}={token}; Path=/; HttpOnly; SameSite=Lax".encode()


def _cookie_name(headers: Mapping[str, str]) -> str:
    """Programs on one computer share their cookies, so the port is part of the name."""
    try:
        port = urlsplit(f"//{headers.get('host', '')}").port
    except ValueError:
        port = None
    return COOKIE if port is None else f"{COOKIE}-{port}"


@cache
def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(hosting.settings().get("cookie_secret") or _key()), salt=COOKIE)


def _key() -> str:
    """What tokens are signed with, the same after a start anew, so that nobody then votes a second time."""
    file = data_folder() / KEY_FILE
    made = secrets.token_urlsafe(KEY_LENGTH)
    try:
        found = file.read_text(encoding="utf-8") if file.exists() else ""
        if len(found) >= KEY_LENGTH:
            return found
        private_folder(file.parent)
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as written:
            written.write(made)
    except OSError:  # it then holds until the program stops
        pass
    return made
