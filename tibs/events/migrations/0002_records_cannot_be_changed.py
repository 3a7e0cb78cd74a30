from django.db import migrations

REFUSE = """
CREATE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'events_auditrecord' THEN
        -- Sealing is the one change, and it happens once.
        IF OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL
           AND to_jsonb(NEW) - 'seal_id' = to_jsonb(OLD) - 'seal_id' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The audit trail can only be added to (% on %).', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER events_record_is_final BEFORE UPDATE OR DELETE ON events_auditrecord
    FOR EACH ROW EXECUTE FUNCTION events_refuse_change();
CREATE TRIGGER events_record_no_truncate BEFORE TRUNCATE ON events_auditrecord
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change();
CREATE TRIGGER events_seal_is_final BEFORE UPDATE OR DELETE ON events_auditseal
    FOR EACH ROW EXECUTE FUNCTION events_refuse_change();
CREATE TRIGGER events_detail_is_final BEFORE UPDATE ON events_auditdetail
    FOR EACH ROW EXECUTE FUNCTION events_refuse_change();
"""
ALLOW = """
DROP TRIGGER events_record_is_final ON events_auditrecord;
DROP TRIGGER events_record_no_truncate ON events_auditrecord;
DROP TRIGGER events_seal_is_final ON events_auditseal;
DROP TRIGGER events_detail_is_final ON events_auditdetail;
DROP FUNCTION events_refuse_change();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change or delete what the audit trail holds."""

    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
