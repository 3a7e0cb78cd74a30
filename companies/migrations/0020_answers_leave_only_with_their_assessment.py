from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION companies_refuse_answer_after_completion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'answered_by_id' = to_jsonb(OLD) - 'answered_by_id' THEN
            RETURN NEW;
        END IF;
        IF EXISTS (SELECT 1 FROM companies_assessment
                   WHERE id = OLD.assessment_id AND completed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'A completed assessment is final.' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF EXISTS (SELECT 1 FROM companies_assessment
               WHERE id = NEW.assessment_id AND completed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A completed assessment is final.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION companies_refuse_loss_of_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM companies_assessment
               WHERE id = OLD.assessment_id AND completed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A completed assessment is final.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
-- Erasure and retention delete the answers first and then their assessment: the end of the transaction decides.
CREATE CONSTRAINT TRIGGER companies_answer_stays AFTER DELETE ON companies_answer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION companies_refuse_loss_of_answer();
"""
ALLOW = """
DROP TRIGGER companies_answer_stays ON companies_answer;
DROP FUNCTION companies_refuse_loss_of_answer();
CREATE OR REPLACE FUNCTION companies_refuse_answer_after_completion() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    """Answers of a completed assessment are neither moved elsewhere nor deleted one by one."""

    dependencies = [("companies", "0019_answers_come_back")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
