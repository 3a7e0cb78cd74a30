"""Searches read keywords, details, advantages and the call of profiles that were written before."""

from itertools import batched

from django.db import migrations

from tibs.core.search_text import folded

BATCH = 500
PARTS = ("title", "summary", "offered", "sought", "advantages", "technical")


def find_by_all_words(apps, schema_editor):
    """Write the searchable text anew, each batch by itself; running again changes nothing."""
    profiles = apps.get_model("companies", "CooperationProfile").objects
    keys = profiles.order_by("pk").values_list("pk", flat=True)
    for batch in batched(keys.iterator(chunk_size=BATCH), BATCH):
        changed = []
        for profile in profiles.filter(pk__in=batch).prefetch_related("texts", "call"):
            words = _search_text(profile)
            if words != profile.search_text:
                profile.search_text = words
                changed.append(profile)
        profiles.bulk_update(changed, ["search_text"])


def _search_text(profile):
    texts = sorted(profile.texts.all(), key=lambda text: (not text.is_original, text.language))
    call = getattr(profile, "call", None) if profile.type == "RDR" else None
    return folded(
        *(getattr(text, part) for text in texts for part in PARTS),
        *profile.keywords,
        *((call.programme, call.title) if call else ()),
    )


class Migration(migrations.Migration):
    # Each batch is committed by itself, so that no row is locked for long.
    atomic = False

    dependencies = [("companies", "0021_steps_have_versions")]

    operations = [migrations.RunPython(find_by_all_words, migrations.RunPython.noop)]
