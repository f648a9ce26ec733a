"""The keys that sign licences, as an operator meets them."""

from credentials.vectors import published


def test_a_province_has_a_key_that_is_listed_published_rotated_and_withdrawn(deployed, tmp_path):
    folder = tmp_path / "published"
    deployed.run("init", "--province", "15", check=True)
    ((first,),) = deployed.query("SELECT kid FROM credentials_signingkey")
    deployed.run("keys", "rotate", check=True)
    deployed.run("keys", "withdraw", first, check=True)
    listed = deployed.run("keys", "list", check=True).stdout
    deployed.run("keys", "publish", str(folder), check=True)
    (key,) = (tmp_path / "keys" / "licences").iterdir()
    key.chmod(0o644)
    checked = deployed.run("check")
    strange = deployed.run(
        "verify-licence",
        published()["vectors"][0]["token"],
        "--keys",
        str(folder / "keys.json"),
        "--status",
        str(folder / "status" / "0.cwt"),
    )
    assert f"{first}  from" in listed and "withdrawn" in listed
    assert first not in (folder / "keys.json").read_text()
    assert key.stem in (folder / "keys.json").read_text()
    assert key.name in checked.stderr
    assert strange.returncode == 17, strange.stderr
