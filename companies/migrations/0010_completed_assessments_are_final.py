from django.db import migrations

REFUSE = """
CREATE FUNCTION companies_refuse_change_of_completed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- A merge moves the firm, accounts end, erasure blanks what was written: results stay as they are.
    may_change text[] := ARRAY['company_id', 'completed_by_id', 'updated_at', 'override_reason', 'resume_digest'];
BEGIN
    IF OLD.completed_at IS NULL
       OR (to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change
           AND NEW.override_reason IN (OLD.override_reason, '')
           AND NEW.resume_digest IN (OLD.resume_digest, '')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A completed assessment is final.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER companies_assessment_is_final BEFORE UPDATE ON companies_assessment
    FOR EACH ROW EXECUTE FUNCTION companies_refuse_change_of_completed();
CREATE FUNCTION companies_refuse_answer_after_completion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'answered_by_id' = to_jsonb(OLD) - 'answered_by_id' THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM companies_assessment
               WHERE id = NEW.assessment_id AND completed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A completed assessment is final.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER companies_answer_is_final BEFORE INSERT OR UPDATE ON companies_answer
    FOR EACH ROW EXECUTE FUNCTION companies_refuse_answer_after_completion();
"""
ALLOW = """
DROP TRIGGER companies_answer_is_final ON companies_answer;
DROP FUNCTION companies_refuse_answer_after_completion();
DROP TRIGGER companies_assessment_is_final ON companies_assessment;
DROP FUNCTION companies_refuse_change_of_completed();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change a completed assessment."""

    dependencies = [("companies", "0009_assessments")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
