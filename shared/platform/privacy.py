"""Personal data (个人信息): one data key per elder, wrapped by the service's key ring.

A sealed value is bound to its place (`schema.table.column:row`), so a value copied to another row or column
cannot be read there. Rotating a master key rewraps the data keys and touches no sealed value; destroying an
elder's key erases the person.
Requirement X-06; 个人信息保护法 arts. 47 and 51.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.platform.settings import Cipher, Settings, SettingsRefusedError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
SM4_KEY_BYTES = 16
FORMAT_AES = b"\x01"
FORMAT_SM4 = b"\x02"


class UnreadableError(Exception):
    """A sealed value or wrapped key does not open: wrong key, wrong place, or changed bytes."""


class MalformedKeyError(ValueError):
    """A key in the settings is not 32 bytes of base64, or the ring is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """An elder's data key as it is stored: which master key wrapped it, and the wrapped bytes."""

    key_id: str
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """The service's master keys by id; the first listed wraps new keys, the others only open old ones."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64,id:base64`."""
        pairs = [part.strip().partition(":") for part in text.split(",") if part.strip()]
        keys = {key_id: decode_key(encoded) for key_id, _, encoded in pairs}
        if not keys:
            raise MalformedKeyError("no master key")
        return cls(current=pairs[0][0], keys=keys)

    def key(self, key_id: str) -> bytes:
        """The master key of that id; UnreadableError if it has left the ring."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise UnreadableError(f"master key {key_id} is not in the ring") from None


class ElderKey:
    """An opened data key: seals and reveals the texts of one elder. Keep it no longer than the request."""

    __slots__ = ("_cipher", "_key")

    def __init__(self, key: bytes, *, cipher: Cipher) -> None:
        """Hold the opened key; `cipher` is what new values are sealed with."""
        self._key = key
        self._cipher = cipher

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt one text for one place (see `place_of`)."""
        return _seal(self._key, text.encode(), place.encode(), cipher=self._cipher)

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Encrypt the content of a file for one place."""
        return _seal(self._key, content, place.encode(), cipher=self._cipher)

    def reveal_bytes(self, sealed: bytes, place: str) -> bytes:
        """The content again; raises as `reveal` does."""
        return _open(self._key, sealed, place.encode())

    def reveal(self, sealed: bytes, place: str) -> str:
        """The text again; UnreadableError if it was sealed by another key or for another place."""
        return _open(self._key, sealed, place.encode()).decode()


class Vault:
    """Makes and opens elders' keys, and derives the keys for search tokens, sign-in and Temporal payloads."""

    def __init__(self, *, ring: KeyRing, index_key: bytes, cipher: Cipher = Cipher.AES) -> None:
        """Hold the ring, and the key of each master key that opens elders' keys: a list opens many."""
        self._ring = ring
        self._wrapping_keys = {key_id: _derive(key, "data-key-wrapping") for key_id, key in ring.keys.items()}
        self._index_key = index_key
        self._cipher = cipher

    @classmethod
    def from_settings(cls, settings: Settings) -> "Vault":
        """The vault that the settings name. Raises SettingsRefusedError for a key that is none."""
        with _named("TANFANG_MASTER_KEYS"):
            ring = KeyRing.parse(settings.master_keys)
        with _named("TANFANG_INDEX_KEY"):
            index_key = decode_key(settings.index_key)
        return cls(ring=ring, index_key=index_key, cipher=settings.cipher)

    @property
    def current_key_id(self) -> str:
        """The master key that wraps and encrypts from now on."""
        return self._ring.current

    def new_key(self) -> WrappedKey:
        """A fresh data key, wrapped; store it with the elder."""
        return self._wrap(os.urandom(KEY_BYTES))

    def open(self, wrapped: WrappedKey) -> ElderKey:
        """Unwrap a stored key."""
        return ElderKey(self._unwrap(wrapped), cipher=self._cipher)

    def rewrap(self, wrapped: WrappedKey) -> WrappedKey:
        """The same data key under the current master key; sealed values stay as they are."""
        return self._wrap(self._unwrap(wrapped))

    def blind_index(self, kind: str, value: str) -> bytes:
        """A keyed fingerprint that finds an equal value without storing it; `kind` separates uses."""
        return hmac.digest(self.purpose_key(f"blind-index:{kind}"), value.encode(), hashlib.sha256)

    def purpose_key(self, purpose: str) -> bytes:
        """A key for one purpose that master-key rotation leaves alone (CSRF tokens, search tokens)."""
        return _derive(self._index_key, purpose)

    def payload_key(self, key_id: str) -> bytes:
        """The AES-256 key for Temporal payloads that were encrypted under this master key."""
        return _derive(self._ring.key(key_id), "temporal-payload")

    def _wrap(self, key: bytes) -> WrappedKey:
        key_id = self._ring.current
        return WrappedKey(
            key_id=key_id,
            wrapped=_seal(self._wrapping_key(key_id), key, key_id.encode(), cipher=self._cipher),
        )

    def _unwrap(self, wrapped: WrappedKey) -> bytes:
        return _open(self._wrapping_key(wrapped.key_id), wrapped.wrapped, wrapped.key_id.encode())

    def _wrapping_key(self, key_id: str) -> bytes:
        try:
            return self._wrapping_keys[key_id]
        except KeyError:
            raise UnreadableError(f"master key {key_id} is not in the ring") from None


def place_of(column: str, row_id: UUID) -> str:
    """Where a sealed value lives: `place_of("care_register.elder.name", elder_id)`."""
    return f"{column}:{row_id}"


def decode_key(encoded: str) -> bytes:
    """One 32-byte key from base64; MalformedKeyError otherwise."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise MalformedKeyError("a key is not base64") from error
    if len(key) != KEY_BYTES:
        raise MalformedKeyError("a key is not 32 bytes long")
    return key


@contextmanager
def _named(setting: str) -> Iterator[None]:
    try:
        yield
    except MalformedKeyError as error:
        raise SettingsRefusedError("malformed", detail=f"{setting}: {error}") from error


def _derive(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"tanfang:{purpose}".encode()).derive(
        key
    )


def _seal(key: bytes, text: bytes, place: bytes, *, cipher: Cipher) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    if cipher is Cipher.AES:
        return FORMAT_AES + nonce + AESGCM(key).encrypt(nonce, text, place)
    encryptor = BlockCipher(algorithms.SM4(key[:SM4_KEY_BYTES]), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place)
    return FORMAT_SM4 + nonce + encryptor.update(text) + encryptor.finalize() + encryptor.tag


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if len(body) < TAG_BYTES:
        raise UnreadableError("too short to be a sealed value")
    try:
        if sealed[:1] == FORMAT_AES:
            return AESGCM(key).decrypt(nonce, body, place)
        if sealed[:1] == FORMAT_SM4:
            return _open_sm4(key, nonce=nonce, body=body, place=place)
    except InvalidTag:
        raise UnreadableError("wrong key, wrong place, or changed bytes") from None
    raise UnreadableError("unknown format of a sealed value")


def _open_sm4(key: bytes, *, nonce: bytes, body: bytes, place: bytes) -> bytes:
    text, tag = body[:-TAG_BYTES], body[-TAG_BYTES:]
    decryptor = BlockCipher(algorithms.SM4(key[:SM4_KEY_BYTES]), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place)
    return decryptor.update(text) + decryptor.finalize()
