"""The matching engine: arrays in, arrays out; standard library and NumPy only, no clock, no global state.

What others use, by module:

- `sentences.split_sentences(text)`: a side's text as sentences, capped.
- `encoders.default_encoder()`, `E5Encoder`, `CharEncoder`: `.encode(texts) -> [n, 384]`, `.version`,
  `.is_stand_in`.
- `profiles.Profile`, `profiles.Side`: what the engine reads.
- `align.language_means(profiles, align.shipped_means(encoder.version))`: the means to freeze in a snapshot.
- `weights.Weights` (`.version`, `.as_mapping()`, `.from_mapping()`), `weights.AREAS`, `weights.SIZES`.
- `features.build(profiles, weights, means, barred) -> Arrays`: the snapshot, sorted by country and public
  id.
- `search.search_all`, or `search.plan_tiles` / `run_tile` / `merge`; then `search.rescore`.
- `search.search_one(arrays, profile, top) -> [Ranked]`: one changed profile or a typed request.
- `score.pair_parts(arrays, i, arrays, j) -> PairParts`: directions, score, parts, contributions of kept
  pairs.
- `explain.explain(first, second, weights, means) -> Explanation`: parts, reasons, quotes, what is weak or
  missing.
- `assign.assign(lists, companies, capacity, shown)`: lists under capacities.
- `evaluate.recall_at(vectors, k)`, `evaluate.centred(vectors)`: encoder quality on parallel names.
- `blocks`: codes of the parts with their labels and sentences, marked for translation.
"""
