"""A backup that is put back brings neither an erased account nor an old permission back."""

from datetime import timedelta

from matcher.model import Permission, Stage
from matcher.store import open_store
from matcher.store.backup import back_up, restore


def test_who_was_let_out_or_erased_since_stays_so(store, file, person, desk, tmp_path, now):
    for name in ("ana", "eve", "zane"):
        person(name, riga=Permission.ADMIN)
    copy = back_up(file, tmp_path / "backups", now, keep=3).file
    workspaces = store.workspaces
    workspaces.let_out(workspaces.memberships("eve")[0])
    workspaces.erase_account("zane")
    desk().set_stage("riga", "portal:women", Stage.WRITING, now)
    desk().write_note("riga", "portal:women", "Since the backup.", now)
    store.close()
    restore(copy, file, tmp_path / "backups", now + timedelta(hours=1))
    with open_store(f"sqlite:///{file}") as restored:
        assert [one.account for one in restored.workspaces.memberships(organisation="riga")] == ["ana"]
        assert list(restored.workspaces.accounts(["ana", "eve", "zane"])) == ["ana", "eve"]
        assert [note.text for note in restored.workspaces.notes("riga")] == ["Since the backup."]
        assert list(restored.workspaces.pursuits("riga")) == ["portal:women"]
    assert b"zane@riga.example" not in file.read_bytes()
