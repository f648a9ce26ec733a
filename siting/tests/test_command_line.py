"""The commands, as somebody types them."""

import json

import pytest

from siting.cli import main


@pytest.fixture
def folder(tmp_path):
    main(["generate", "province", "--out", str(tmp_path), "--size", "120", "80", "10"])
    return tmp_path


def about(folder, *more):
    return [
        "--demand",
        str(folder / "demand.csv"),
        "--sites",
        str(folder / "sites.csv"),
        "--fixed",
        str(folder / "fixed.csv"),
        *more,
    ]


@pytest.mark.parametrize("question", [["p-median"], ["max-cover", "--radius", "12000"]])
def test_an_answer_can_be_written_and_checked(folder, question, capsys):
    path = folder / "answer.json"

    assert main(["solve", *question, *about(folder, "-p", "5", "--json", str(path), "--multipliers", "--quiet")]) == 0

    answer = json.loads(path.read_text())
    keys = {"value", "bound", "gap", "proven", "opened", "seconds", "method", "seed", "digest", "versions"}
    assert keys <= set(answer)
    assert answer["proven"] and len(answer["opened"]) == 5
    assert main(["check", *about(folder), str(path)]) == 0
    assert main(["check", str(folder / "demand.csv"), str(path), *about(folder)[2:]]) == 0
    answer["opened"] = answer["opened"][1:]
    path.write_text(json.dumps(answer))
    assert main(["check", *about(folder), str(path)]) == 1
    assert "opened: 4 sites, not 5" in capsys.readouterr().out


def test_the_first_gain_is_what_one_more_site_brings(folder, capsys):
    main(["gains", *about(folder)])
    gains = json.loads(capsys.readouterr().out.splitlines()[-1])
    main(["solve", "p-median", *about(folder, "-p", "1", "--quiet")])
    best = json.loads(capsys.readouterr().out.splitlines()[-1])

    assert gains["gains"][0][0] == best["opened"][0]
    assert gains["value"] - gains["gains"][0][1] == pytest.approx(best["value"])


def test_a_fixed_site_may_stand_at_a_place_of_its_own(folder, capsys):
    (folder / "fixed.csv").write_text("id,lon,lat\nhere,48.5,32.5\n")

    main(["solve", "p-median", *about(folder, "-p", "3", "--quiet")])

    assert len(json.loads(capsys.readouterr().out.splitlines()[-1])["opened"]) == 3


def test_a_word_among_the_numbers_is_named_with_its_row(folder, capsys):
    (folder / "demand.csv").write_text("id,lon,lat,weight\na,48,32,1\nb,48,x,1\n")

    assert main(["solve", "p-median", *about(folder, "-p", "3")]) == 2
    assert "row 3: lat is 'x'" in capsys.readouterr().err
