"""Encryption of everything that Temporal stores (AES-256-GCM). Payloads hold ids and codes; it comes on top.

The key id travels with each payload, so that a rotated master key still opens old histories.
"""

import os
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from shared.platform.privacy import UnreadableError, Vault

ENCODING = b"binary/aes-256-gcm"
NONCE_BYTES = 12


class EncryptedPayloads(PayloadCodec):
    """Seals each payload whole, its own metadata included."""

    def __init__(self, vault: Vault) -> None:
        """Encrypt with the current master key's payload key, decrypt with whichever a payload names."""
        self._key_id = vault.current_key_id
        # Deriving a key costs more than using it, and there are as many as master keys.
        self._cipher = lru_cache(lambda key_id: AESGCM(vault.payload_key(key_id)))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal payloads with the current key."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open what this codec sealed. Raises UnreadableError for anything else, plain text included."""
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        nonce = os.urandom(NONCE_BYTES)
        key_id = self._key_id.encode()
        sealed = self._cipher(self._key_id).encrypt(nonce, payload.SerializeToString(), key_id)
        return Payload(metadata={"encoding": ENCODING, "key-id": key_id}, data=nonce + sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            raise UnreadableError("a payload that nobody sealed")
        key_id = payload.metadata["key-id"]
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            text = self._cipher(key_id.decode()).decrypt(nonce, sealed, key_id)
        except InvalidTag:
            raise UnreadableError("a payload of another key, or changed bytes") from None
        return Payload.FromString(text)
