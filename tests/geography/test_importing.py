"""Divisions are imported wholly or not at all, from CSV or GeoJSON under any column names, and every fault is told."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from pishkhan.geography.distance import km_between, nearest_km
from pishkhan.geography.models import Division, Import, Population
from pishkhan.geography.rows import NotImported
from pishkhan.geography.selectors import ancestors, lying_in, people_in, place_name, populated_places
from pishkhan.geography.services import import_file, open_province, provinces
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal

pytestmark = pytest.mark.django_db
HEAD = "code,name,kind,lat,lon,people,year\n"
GOOD = (
    HEAD + "1501,الیگودرز,county,33.14,49.39,137534,1395\n150102,مرکزی,district,,,,\n"
    "1501021111,زلقی,rural_district,,,,\n1501021111000123,چشمه علی,settlement,33.2,49.4,312,1395\n"
)


@pytest.fixture(autouse=True)
def province():
    return open_province("15", SYSTEM)


def imported(text, form="csv", columns=None, **data):
    return import_file(
        text.encode() if isinstance(text, str) else text,
        form=form,
        name="file",
        province="15",
        by=IMPORTER,
        role="importer",
        columns=columns,
        **data,
    )


def counts():
    return Division.objects.count(), Population.objects.count(), Entry.objects.count(), Import.objects.count()


def test_a_good_file_is_entered_and_entered_again_it_changes():
    assert imported(GOOD) == (4, [])
    assert (Import.objects.latest("pk").created, Import.objects.latest("pk").changed) == (4, 0)
    imported(GOOD.replace("312", "400").replace("چشمه علی", "چشمهٔ علی"))
    assert (Import.objects.latest("pk").created, Import.objects.latest("pk").changed) == (0, 4)
    assert people_in("1501021111000123") == 400
    assert Division.objects.get(search__contains="چشمه علی").name == "چشمهٔ علی"
    assert place_name("1501021111", "fa") == "زلقی، مرکزی، الیگودرز، لرستان"


def test_columns_have_any_names_and_digits_any_script():
    text = "کد,نام,جمعیت,سال\n۱۵۰۱,الیگودرز,۱۳۷۵۳۴,۱۳۹۵\n"
    imported("\ufeff" + text, columns={"code": "کد", "name": "نام", "people": "جمعیت", "year": "سال"})
    assert people_in("1501") == 137534


def feature(code, lon=49.39, lat=33.14, **data):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"code": code, "name": "نام", "kind": "county"} | data,
    }


def test_geojson_gives_its_points():
    features = [feature("1501"), feature("1502", quality="surveyed")]
    imported(json.dumps({"type": "FeatureCollection", "features": features}), form="geojson")
    assert list(Division.objects.filter(kind="county").order_by("code").values_list("lat", "quality")) == [
        (33.14, "geocoded"),
        (33.14, "surveyed"),
    ]


FAULTS = {
    "1501,الف,county,,,,\n1501,ب,county,,,,\n": "Row 4: code 1501 stands in row 3",
    "150102,الف,district,,,,\n": "Row 3: 1501, in which it would lie",
    "501,الف,county,,,,\n": "leading zero",
    "15O1,الف,county,,,,\n": "no SCI code",
    "1501,,county,,,,\n": "name is empty",
    "1501,الف,kingdom,,,,\n": "no kind",
    "1501,الف,county,49.39,33.14,,\n": "swapped",
    "1501,الف,county,52.5,13.4,,\n": "outside the country",
    "1501,الف,county,33.14,,,\n": "latitude or longitude is empty",
    "1501,الف,county,north,49.3,,\n": "no number",
    "1501,الف,county,,,many,1395\n": "no number",
    "1501,الف,county,,,-4,1395\n": "no number",
}


@pytest.mark.parametrize("rows", FAULTS)
def test_each_fault_is_told_with_its_row_and_nothing_is_half_imported(rows):
    before = counts()
    with pytest.raises(NotImported) as refusal:
        imported(HEAD + "1502,بروجرد,county,,,,\n" + rows)
    assert any(FAULTS[rows] in fault.en for fault in refusal.value.faults), refusal.value.faults
    assert counts() == before


def test_every_fault_is_told_at_once():
    with pytest.raises(NotImported) as refusal:
        imported(HEAD + "".join(FAULTS))
    assert len(refusal.value.faults) >= len(FAULTS)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"\xff\xfe\x00", "csv"),
        (b"{", "geojson"),
        (b"[]", "geojson"),
        (b'{"features": 3}', "geojson"),
        (b"name\nx\n", "csv"),
        (b"", "csv"),
        (b'{"features": [{"properties": null}]}', "geojson"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, form):
    before = counts()
    with pytest.raises(NotImported) as refusal:
        imported(content, form=form)
    assert refusal.value.faults[0].fa
    assert counts() == before


def test_rows_of_another_province_are_refused():
    open_province("16", SYSTEM)
    with pytest.raises(Refusal):
        imported(HEAD + "1601,الف,county,,,,\n")


def test_a_dry_run_says_what_would_be_and_writes_nothing():
    before = counts()
    assert imported(GOOD, dry_run=True)[0] == 4
    assert counts() == before


def test_namesakes_are_warned_of():
    _, warnings = imported(HEAD + "1501,الف,county,,,,\n1502,الف,county,,,,\n")
    assert "twice" in warnings[0].en


def test_populated_places_are_those_with_a_point_and_people():
    imported(GOOD)
    places = populated_places("15")
    assert (places.codes, places.people.tolist(), places.synthetic.tolist()) == (["1501021111000123"], [312], [False])


def test_the_command_tells_what_it_did(tmp_path):
    file, out = tmp_path / "a.csv", StringIO()
    file.write_text(GOOD)
    call_command("geography", "import", str(file), province="15", dry_run=True, stdout=out)
    assert out.getvalue() == "4 divisions can be imported.\n"
    call_command("geography", "import", str(file), province="15", stdout=out)
    assert Division.objects.count() == 5
    with pytest.raises(CommandError, match=r"\.csv"):
        call_command("geography", "import", str(tmp_path / "a.xlsx"), province="15")
    with pytest.raises(CommandError, match="province"):
        call_command("geography", "import", str(file))
    with pytest.raises(CommandError, match="OURS=THEIRS"):
        call_command("geography", "import", str(file), province="15", column=["code"])


def test_there_are_thirty_one_provinces():
    assert len(provinces()) == 31
    with pytest.raises(Refusal):
        open_province("77", SYSTEM)


points = st.tuples(st.floats(25, 39), st.floats(44, 63))


@settings(deadline=None, max_examples=60)
@given(st.lists(points, min_size=1, max_size=6), st.lists(points, min_size=1, max_size=6))
def test_the_nearest_is_the_nearest_of_all(sources, targets):
    def haversine(one, other):
        lat, lon, to_lat, to_lon = np.radians([*one, *other])
        half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
        return 2 * 6371.0088 * np.arcsin(np.sqrt(half))

    result = nearest_km(*zip(*sources, strict=True), *zip(*targets, strict=True))
    for km, source in zip(result, sources, strict=True):
        assert km == pytest.approx(min(haversine(source, target) for target in targets), abs=1e-4)
    assert nearest_km([33], [48], [], []).tolist() == [np.inf]
    assert km_between(33, 48, 33, 48) == 0


@pytest.mark.tampers
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("0129", min_size=2, max_size=4), min_size=1, max_size=8, unique=True),
    st.text("0129", min_size=1, max_size=4),
)
def test_what_lies_in_a_place_begins_with_its_code(codes, place):
    Division.objects.all().delete()
    for code in codes:
        Division.objects.create(code=code, kind="county", name=code)
    result = set(Division.objects.filter(lying_in(place, field="code")).values_list("code", flat=True))
    Division.objects.all().delete()
    assert result == {code for code in codes if code.startswith(place)}


def test_what_lies_in_what_is_read_off_the_code():
    assert ancestors("1501021111000123") == ["15", "1501", "150102", "1501021111", "1501021111000123"]
