"""What is looked at on SQLite alone, and why PostgreSQL could tell nothing else. Whatever is not named runs on both.

Locks, constraints, migrations, the journal, services, lists, commands on a database: never here.
"""

ONE_DATABASE = {
    # Each page is opened by each role on both (test_every_page), each list sorted and filtered (test_every_list), each
    # call made (test_any_request); what then stands there, and who is let in, is Python's and the templates'.
    "what stands on a page": (
        "site/test_canaries.py",
        "site/test_caching.py",
        "site/test_dossiers.py",
        "site/test_my_office.py",
        "site/test_office_page.py",
        "site/test_pages.py",
        "site/test_readable.py",
        "site/test_ways_round.py",
        "site/test_what_a_step_does.py",
    ),
    # How many questions are asked does not depend on who answers.
    "questions counted": (
        "site/test_every_page.py::test_what_a_page_asks_of_the_database_does_not_grow_with_its_rows",
        "site/test_read_once.py",
    ),
    # Their pages and calls are those of other tests; what is new is what runs in the browser, whoever keeps the rows.
    # The meeting room and the pages of staff stay on both: there people write at once.
    "browsers": (
        "browser/test_citizen.py",
        "browser/test_field.py",
        "browser/test_field_keeping.py",
        "browser/test_field_sending.py",
        "browser/test_tls.py",
    ),
    # Ports, parents, variables and words, before any question or beside it.
    "processes": (
        "site/test_addressing.py",
        "site/test_cli.py::test_every_command_explains_itself",
        "site/test_failing_commands.py::test_a_variable_that_cannot_be_used_is_named",
        "site/test_serving.py::test_a_body_that_is_refused_breaks_no_connection_of_a_proxy",
        "site/test_serving.py::test_of_a_deployment_that_was_killed_nothing_is_left_that_keeps_its_port",
        "site/test_serving.py::test_serving_tells_its_address_once_it_listens_and_a_taken_port_ends_it",
        "site/test_serving.py::test_what_dies_again_and_again_is_told_with_growing_pauses",
    ),
    # They write to a file of SQLite whichever database the run has.
    "files of SQLite": (
        "site/test_durability.py::test_every_acknowledged_act_is_there_after_a_power_cut",
        "site/test_durability.py::test_no_act_is_acknowledged_before_it_was_synced",
        "site/test_durability.py::test_without_a_sync_for_each_act_the_same_power_cut_loses_them",
    ),
    # The half year is played on both, and its figures compared with the article's.
    "other stories": (
        "demo/test_demo.py::test_one_licence_and_one_visit_less_change_exactly_their_figures",
        "demo/test_demo.py::test_with_nobody_acting_the_clock_reminds_and_waives_whom_the_law_names",
    ),
    # The steps themselves are taken on both, with their rules, locks and roles.
    "two pairs of eyes": (
        "casework/test_every_procedure.py"
        "::test_whoever_took_an_earlier_step_is_refused_told_so_beforehand_and_may_be_waived",
    ),
}
NAMED = tuple(name for names in ONE_DATABASE.values() for name in names)


def is_for_one(nodeid):
    """Whether a test is looked at on SQLite alone, by its name."""
    name = nodeid.removeprefix("tests/").partition("[")[0]
    return any(name == row or name.startswith(row if row.endswith("/") else f"{row}::") for row in NAMED)
