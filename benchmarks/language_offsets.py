"""Make matching/engine/language_offsets.npz from parallel texts: run when the encoder changes.

    OMP_NUM_THREADS=1 python -m benchmarks.language_offsets cpv_labels_8lang.tsv.gz

Two kinds of text count equally: names of the Common Procurement Vocabulary (a sample of the file given) and
our own sentences in `parallel_sentences.tsv`. Only the nine mean vectors are stored.
"""

import csv
import gzip
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from matching.engine import align
from matching.engine.encoders import E5Encoder

SENTENCES = Path(__file__).with_name("parallel_sentences.tsv")
TARGET = Path(align.__file__).with_name("language_offsets.npz")
SAMPLE = 500


def main(names: Path) -> None:
    """Encode both sets and write the table."""
    encoder = E5Encoder()
    with gzip.open(names, "rt", encoding="utf-8") as stream:
        labels = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    chosen = np.random.default_rng(1).choice(len(labels), min(SAMPLE, len(labels)), replace=False)
    with SENTENCES.open(encoding="utf-8") as stream:
        sentences = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    sets = [_encode(encoder, [labels[at] for at in sorted(chosen)]), _encode(encoder, sentences)]
    table = align.offsets_from_parallel_texts(sets)
    np.savez_compressed(TARGET, table=table, encoder=np.array(encoder.version))


def _encode(encoder: E5Encoder, rows: list[dict[str, str]]) -> Mapping[str, align.Floats]:
    return {name: encoder.encode([row[name] for row in rows]) for name in align.LANGUAGES}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
