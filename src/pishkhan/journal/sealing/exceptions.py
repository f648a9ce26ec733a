"""What the journal does not seal: tables, and columns of sealed tables, each with the reason."""

NOT_SEALED = {
    "auth.permission": "Django's own, not in use: assignments are the only permission system",
    "auth.group": "Django's own, not in use: assignments are the only permission system",
    "contenttypes.contenttype": "Django's own list of models, made by migrations",
    "sessions.session": "who is signed in now: signing in is no act (what this leaves open: docs/methods/journal.md)",
    "account.emailaddress": "allauth's own, not in use: addresses stand with the person",
    "account.emailconfirmation": "allauth's own, not in use: addresses stand with the person",
    "mfa.authenticator": "second factors, encrypted under the master key: signing in is no act",
    "people.account.password": "changed by signing in and by whoever it belongs to: signing in is no act",
    "people.account.last_login": "signing in is no act",
    "notices.notice.state": "delivering is no act: what is to be delivered is sealed with the act that caused it",
    "notices.notice.attempts": "delivering is no act",
    "notices.notice.next_attempt_at": "delivering is no act",
    "notices.notice.sent_at": "delivering is no act",
    "notices.notice.trouble": "delivering is no act",
    "notices.notice.secret": "a one-time code until it is sent, then nothing: delivering is no act, and only its "
    "hash counts",
    "accounts.onetimecode.attempts": "how often somebody tried a code: guessing is no act",
    "files.storedfile.key": "a key, itself encrypted: emptied when whom the file is about is erased; without it the "
    "content cannot be opened, with another it does not open: 'pishkhan check' opens each",
    "limits.count": "how often somebody asked lately: no act, and gone when its time is over",
    "limits.kept": "proofs that were used and what sign-in remembers: no act, and gone when its time is over",
    "limits.posted": "forms that were posted lately, so that none is taken twice: gone when its time is over",
    "journal.entry": "the journal itself: its chains are verified",
    "journal.seal": "the journal itself: the roots of its checkpoints are verified",
    "journal.words": "bound to their entry, which holds the digest of what is stored",
    "journal.secret": "keys: verified by opening each, and against the erasures that the journal tells of",
    "journal.series": "verified against the numbers that entries say they gave",
    "journal.access": "a log and no act: sealed by the day, verified until it is pruned",
}
