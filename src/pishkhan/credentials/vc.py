"""A claim in the terms of W3C Verifiable Credentials 2.0, for whoever speaks them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from .claim import Claim, midnight
from .keys import Keys
from .status_list import SIZE, TokenStatus

CONTEXT = "https://www.w3.org/ns/credentials/v2"
MEANINGS = {status: status.name.lower() for status in TokenStatus}


def as_credential(claim: Claim, keys: Keys, *, address: str, list_address: str) -> dict[str, Any]:
    """The claim as a credential, found at an address, its status in the list at another.

    docs/methods/credentials.md says which term of the token each stands for.
    """
    return {
        "@context": [CONTEXT],
        "type": ["VerifiableCredential"],
        "id": address,
        "issuer": keys.issuer,
        "validFrom": _instant(midnight(claim.first_day)),
        "validUntil": _instant(midnight(claim.last_day + timedelta(days=1)) - 1),
        "credentialSubject": {
            "id": f"urn:pishkhan:licence:{claim.number}",
            "number": claim.number,
            "kind": keys.kind(claim.kind).en,
            "place": claim.place,
            "form": claim.form.text.en,
        },
        "credentialStatus": {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "message",
            "statusSize": 4,
            "statusListIndex": str(claim.index % SIZE),
            "statusListCredential": list_address,
            "statusMessage": [{"status": hex(key), "message": meaning} for key, meaning in MEANINGS.items()],
        },
    }


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
