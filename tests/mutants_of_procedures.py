"""Sabotages of procedures: of what they ask, and of what is asked of them when they are declared."""

from sabotage import Mutant

LAW, MATTERS, DUE = "licensing/test_new_licence.py", "licensing/test_matters.py", "enforcement/test_due_process.py"
DECLARING, SOUND = "casework/test_declaring.py", "casework/soundness.py"

PROCEDURES = [
    Mutant("the royalty is forgotten", LAW, "licensing/new_licence.py", "premises_have_passed, royalty_is_paid, term", "premises_have_passed, term"),
    Mutant("a proxy signs for the holder", MATTERS, "licensing/transfer.py", "when=(signs_without_a_proxy,), effect=name_the_buyer", "effect=name_the_buyer"),
    Mutant("renewal does not wait for a violation case", MATTERS, "licensing/renewal.py", "licence_is_in_force, no_violation_is_open)", "licence_is_in_force)"),
    Mutant("a draft changes while members vote", DUE, "enforcement/violation.py", "when=(no_vote_is_open, ", "when=("),
    Mutant("a request is sent again unpaid", DECLARING, "licensing/new_licence.py", "to=GIVEN_BACK, send_again_when=(royalty_is_paid,)", "to=GIVEN_BACK"),
    Mutant("the second of two steps of a name wins", DECLARING, "casework/procedure.py", "if names.count(name) > 1", "if False"),
    Mutant("a procedure inherits from another", DECLARING, "casework/procedure.py", "if cls.__bases__ != (Procedure,):", "if False:"),
    Mutant("an edition amends what is not there", DECLARING, "casework/procedure.py", "if unknown := sorted({*without, *new, *after} - {*self}):", "if unknown := ():"),
    Mutant("a stage that is never left is sound", DECLARING, SOUND, "if stage not in ending:", "if False:"),
    Mutant("a stage to which nobody comes is sound", DECLARING, SOUND, "if stage not in reached:", "if False:"),
    Mutant("steps stand in any order", DECLARING, SOUND, "if procedure.way.index(second.sources[0]) < procedure.way.index(first.sources[0]):", "if False:"),
    Mutant("a step is kept apart from one that is not there", DECLARING, SOUND, "if name not in procedure.steps:", "if False:"),
    Mutant("a rule stands beside a field that is not there", DECLARING, SOUND, "for name in rule.beside if name not in there", "for name in ()"),
]
