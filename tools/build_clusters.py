"""Build ``model/clusters.tsv.gz``: words of Arabic news grouped by the company they keep.

    python tools/build_clusters.py CORPUS.jsonl.gz ... --out src/musnad/model/clusters.tsv.gz

Every folded word type seen at least ``--min-count`` times gets a fine and a coarse class from its left and right
neighbours: positive pointwise mutual information with the most frequent words on either side, reduced by a
truncated SVD, grouped by k-means (distributional part-of-speech induction after Schütze 1995). The classes
stand in for the tagger that the reader does not have. Counts and classes are facts about the language; no text
of the corpus is kept. Needs numpy, scipy and scikit-learn (tools only).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds
from sklearn.cluster import MiniBatchKMeans

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from musnad.read.fold import fold_word

TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def sentences(paths: list[str]) -> Iterator[list[str]]:
    """Each text as one list of folded tokens, numbers as ``0``."""
    seen: set[int] = set()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text") or ""
                if (key := hash(text)) in seen:
                    continue
                seen.add(key)
                yield ["0" if t[0].isdigit() else t for t in TOKEN.findall(fold_word(text))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--min-count", type=int, default=20)
    parser.add_argument("--contexts", type=int, default=3000)
    parser.add_argument("--dimensions", type=int, default=120)
    parser.add_argument("--fine", type=int, default=400)
    parser.add_argument("--coarse", type=int, default=64)
    args = parser.parse_args()

    counts: Counter[str] = Counter()
    for text in sentences(args.corpus):
        counts.update(text)
    words = [w for w, n in counts.most_common() if n >= args.min_count]
    index = {w: i for i, w in enumerate(words)}
    print(f"{sum(counts.values())} tokens, {len(counts)} types, {len(words)} kept", file=sys.stderr)

    width = args.contexts + 1  # the last context is "any other word"
    shape = (len(words), 2 * width)
    total = sparse.csr_matrix(shape, dtype=np.float32)
    batch: list[np.ndarray] = []

    def flush() -> sparse.csr_matrix:
        ids = np.concatenate(batch)
        left, right = ids[:-1], ids[1:]
        rows = np.concatenate([right, left])
        cols = np.concatenate(
            [
                np.minimum(np.where(left < 0, width, left), args.contexts),
                np.minimum(np.where(right < 0, width, right), args.contexts) + width,
            ]
        )
        keep = rows >= 0
        ones = np.ones(int(keep.sum()), dtype=np.float32)
        return total + sparse.coo_matrix((ones, (rows[keep], cols[keep])), shape=shape).tocsr()

    size = 0
    for text in sentences(args.corpus):
        batch.append(np.array([index.get(t, -1) for t in text] + [-1], dtype=np.int64))
        size += len(text)
        if size > 4_000_000:
            total, batch, size = flush(), [], 0
    if batch:
        total = flush()

    row = np.asarray(total.sum(1)).ravel()
    col = np.asarray(total.sum(0)).ravel() ** 0.75
    grand = col.sum()
    ppmi = total.tocoo()
    values = np.log(ppmi.data * grand / (row[ppmi.row] * np.maximum(col[ppmi.col], 1)))
    ppmi.data = np.maximum(values, 0).astype(np.float32)
    matrix = ppmi.tocsr()
    u, s, _ = svds(matrix, k=args.dimensions, random_state=0)
    vectors = (u * np.sqrt(s)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    weights = np.log1p(row)
    columns = []
    for k in (args.coarse, args.fine):
        model = MiniBatchKMeans(k, random_state=0, batch_size=8192, n_init=3, max_iter=60)
        columns.append(model.fit(vectors, sample_weight=weights).predict(vectors))
    with gzip.GzipFile(args.out, "wb", mtime=0) as sink:
        for i, word in enumerate(words):
            sink.write(f"{word}\t{columns[0][i]}\t{columns[1][i]}\n".encode())
    print(f"wrote {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
