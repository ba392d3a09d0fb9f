"""Triggers: the record refuses UPDATE and DELETE; a body may go only while a Disposal row names it."""

from django.db import migrations

SQLITE = {
    "entry_no_update": "BEFORE UPDATE ON records_entry BEGIN SELECT RAISE(ABORT, '条目不得修改'); END",
    "entry_no_delete": "BEFORE DELETE ON records_entry BEGIN SELECT RAISE(ABORT, '条目不得删除'); END",
    "body_no_update": "BEFORE UPDATE ON records_body BEGIN SELECT RAISE(ABORT, '条目内容不得修改'); END",
    "body_no_delete": (
        "BEFORE DELETE ON records_body WHEN NOT EXISTS "
        "(SELECT 1 FROM records_disposal WHERE entry_id = OLD.entry_id) "
        "BEGIN SELECT RAISE(ABORT, '条目内容不得删除'); END"
    ),
    "leaf_no_update": "BEFORE UPDATE ON records_leaf BEGIN SELECT RAISE(ABORT, '日志不得修改'); END",
    "leaf_no_delete": "BEFORE DELETE ON records_leaf BEGIN SELECT RAISE(ABORT, '日志不得删除'); END",
    "node_no_update": "BEFORE UPDATE ON records_treenode BEGIN SELECT RAISE(ABORT, '日志不得修改'); END",
    "node_no_delete": "BEFORE DELETE ON records_treenode BEGIN SELECT RAISE(ABORT, '日志不得删除'); END",
    "checkpoint_no_update": "BEFORE UPDATE ON records_checkpoint BEGIN SELECT RAISE(ABORT, '检查点不得修改'); END",
    "checkpoint_no_delete": "BEFORE DELETE ON records_checkpoint BEGIN SELECT RAISE(ABORT, '检查点不得删除'); END",
}
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION liuhen_refuse() RETURNS trigger AS $$
BEGIN
    IF TG_TABLE_NAME = 'records_body' AND TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM records_disposal WHERE entry_id = OLD.entry_id) THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '记录不得修改或者删除（%%）', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
""".replace("%%", "%")
TABLES = ("records_entry", "records_body", "records_leaf", "records_treenode", "records_checkpoint")


def statements(vendor):
    """The statements that make the triggers on a kind of database."""
    if vendor == "sqlite":
        return [f"CREATE TRIGGER liuhen_{name} {body}" for name, body in SQLITE.items()]
    made = [
        f"CREATE TRIGGER liuhen_{table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION liuhen_refuse()"
        for table in TABLES
    ]
    emptied = [
        f"CREATE TRIGGER liuhen_{table}_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION liuhen_refuse()"
        for table in TABLES
    ]
    return [POSTGRES_FUNCTION, *made, *emptied]


def make(apps, schema_editor):
    """Make the triggers."""
    with schema_editor.connection.cursor() as cursor:
        for statement in statements(schema_editor.connection.vendor):
            cursor.execute(statement)


def drop(apps, schema_editor):
    """Drop them; only for tests that play an attacker."""
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS liuhen_{name}")
            return
        for table in TABLES:
            cursor.execute(f"DROP TRIGGER IF EXISTS liuhen_{table}_kept ON {table}")
            cursor.execute(f"DROP TRIGGER IF EXISTS liuhen_{table}_whole ON {table}")


class Migration(migrations.Migration):
    """Append-only, by the database's own word."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
