"""Mixtures of words, sentences and marks: what news texts hold, in any order (hypothesis)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from reading_cases import rows

SENTENCES = [row["text"] for row in rows("find_statements")]
VOCABULARY = sorted({word for sentence in SENTENCES for word in sentence.split()})
MARKS = [chr(c) for c in (0xAB, 0xBB, 0x201C, 0x201D, 0x2018, 0x2019, 0x60C, 0x61B, 0x61F, 0x2013, 0x2026)]
MARKS += list("\"'()[]:.,;!?-+#_/@*%&")
CONTROLS = [
    chr(c) for c in (0x200E, 0x200F, 0x202B, 0x202C, 0x202E, 0x2066, 0x2069, 0x61C, 0x200C, 0x200D, 0xFEFF, 0xAD)
]
LONE = [chr(c) for c in (0x64B, 0x64E, 0x651, 0x670, 0x640, 0x300, 0xFDFA, 0xFEFB, 0xFDF2)]
DIGITS = [chr(c) for c in (0x660, 0x665, 0x6F7, 0x66B)] + ["7", "20", "3.5", "1/2"]
SPACES = ["\n", "\n\n", "\t", " ", "\u00a0", "\r\n", ""]

pieces = st.one_of(*map(st.sampled_from, (VOCABULARY, VOCABULARY, MARKS, MARKS, CONTROLS, LONE, DIGITS, SPACES)))
mixtures = st.lists(st.tuples(pieces, st.sampled_from(["", " ", " ", " "])), max_size=60).map(
    lambda pairs: "".join(a + b for a, b in pairs)
)
sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
# A whole sentence with its cue beside the mixture: else few examples hold a statement at all.
texts = st.tuples(mixtures, sentences, mixtures).map(" ".join)
small = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
