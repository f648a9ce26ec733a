"""Sabotages of what the journal reads of itself: its own chain, the list of erasures, what cannot be read; and of recipes."""

from sabotage import Mutant

OWN, BEGUN, PANEL = "journal/test_what_is_forged_and_cut_short.py", "licensing/test_beginning.py", "site/test_dossiers.py"

CHAINS = [
    Mutant("an entry elsewhere is taken for a checkpoint", OWN, "journal/verification/checkpoints.py", "Entry.objects.filter(subject=JOURNAL, act=CHECKPOINT)", "Entry.objects.filter(act=CHECKPOINT)"),
    Mutant("an entry elsewhere is taken for the last seal", OWN, "journal/verification/checkpoints.py", "return Entry.objects.filter(subject=JOURNAL, act=act).last()", "return Entry.objects.filter(act=act).last()"),
    Mutant("the first seal is taken for the last", OWN, "journal/verification/checkpoints.py", "filter(subject=JOURNAL, act=act).last()", "filter(subject=JOURNAL, act=act).first()"),
    Mutant("a forged seal lets the access log be removed", OWN, "journal/verification/checkpoints.py", "filter(subject=JOURNAL, act=ACCESS)", "filter(act=ACCESS)"),
    Mutant("an old list begins an erasure again", OWN, "journal/erasure/erasure_list.py", "if erasure.key not in merged_rows or erasure.stands != BEGUN:", "if True:"),
    Mutant("any entry of the number is the erasure", OWN, "journal/erasure/erasures.py", ", act=erasure.act).exists()", ").exists()"),
    Mutant("a value that is out of range stops the verifying", OWN, "journal/verification/unreadable.py", "not isinstance(error, DataError)", "True"),
    Mutant("what comes later is offered first", BEGUN, "licensing/licences/licence_requests.py", "return [*ORDER, code].index(code), code", "return 0, code"),
    Mutant("a page keeps quiet about what was answered", PANEL, "site/pages/dossier_panel.py", "if name in columns and", "if name not in columns and"),
]
