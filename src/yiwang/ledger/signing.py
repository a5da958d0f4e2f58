"""Signing with the ledger's key and checking who signed (Ed25519, RFC 8032); heavy to load, so only who signs does."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .keys import path, seeds


def _signing(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_keys() -> dict[str, bytes]:
    """fingerprint -> public key (32 bytes, RFC 8032), the newest first."""
    keys = {}
    for seed in seeds() if path().is_file() else ():
        public = _signing(seed).public_key().public_bytes_raw()
        keys[fingerprint_of(public)] = public
    return keys


def fingerprint_of(public: bytes) -> str:
    """The first 64 bits of the SHA-256 of a public key, in hexadecimal."""
    return hashlib.sha256(public).hexdigest()[:16]


def fingerprint() -> str:
    """The fingerprint of the key that signs from now on."""
    return fingerprint_of(_signing(seeds()[0]).public_key().public_bytes_raw())


def sign(message: bytes) -> bytes:
    """64 bytes by the newest key (Ed25519, RFC 8032)."""
    return _signing(seeds()[0]).sign(message)


def signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the holder of that key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
