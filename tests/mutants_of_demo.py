"""Sabotages of what the demo tells besides the article, and of how its figures are told; see tests/mutants.py."""

from sabotage import Mutant

MATTERS, STEP, OTHER = "licensing/test_matters.py", "site/test_second_step_of_a_demo.py", "demo/test_other_stories.py"
STORY = [
    Mutant("a conversion is a new licence", MATTERS, "licensing/effects/register_effects.py", "data, Licence.Origin.CONVERSION)", "data, Licence.Origin.NEW)"),
    Mutant("a conversion stands in no figure", MATTERS, "measures/figures.py", " | Q(origin=Licence.Origin.CONVERSION)", ""),
    Mutant("a province shows the key of the demo", STEP, "site/pages/navigation.py", ' or not is_demo():\n        return None\n    return {"username"', ':\n        return None\n    return {"username"'),
    Mutant("nobody is told the key of the demo's app", STEP, "site/operations/demonstration.py", ".filled(key=APP_KEY)", '.filled(key="")'),
    Mutant("an office gives up that is complained of", OTHER, "demo/scripts/story.py", " | {grievance.office for grievance in grievances}", ""),
    Mutant("a revival is asked for before the licence ran out", OTHER, "demo/scripts/licence_requests.py", "max(_day(draw, *REVIVING), end + timedelta(days=NEVER_BEFORE))", "_day(draw, *REVIVING)"),
]
