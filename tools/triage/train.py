"""`make train`: learns the weights of the reading of messages from `messages/train`, judged on writers it has not seen.

Each writer in turn is left out, so that the thresholds and the scores speak of messages by somebody else. Deterministic.
Writes `webcare_pwa/data/meaning/model.json` and `model.bin`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from webcare_pwa import meaning
from webcare_pwa.rules.meaning.features import Features, features
from webcare_pwa.rules.meaning.reading import read
from webcare_pwa.rules.meaning.signs import around, signs

HERE = Path(__file__).parent
HEADS = {  # name: (how to read the label, strength of the fit)
    "urgency": (lambda row: row["urgency"], 4.0),
    "category": (lambda row: row["category"], 8.0),
    "fault": (lambda row: row["fault"], 8.0),
    "vulnerable": (lambda row: "yes" if row["vulnerable"] else "no", 4.0),
    "collective": (lambda row: "yes" if row["collective"] else "no", 4.0),
    "language": (lambda row: row["language"], 20.0),
}
RECALL = 0.975  # of the urgent messages of a writer never seen, this part must alert
LEAST = 2  # a feature whose weights are all nearly nothing is left out

Row = dict[str, Any]


def main() -> None:
    """Train, judge, write."""
    files = sorted((HERE / "messages" / "train").glob("*.jsonl"))
    rows = [dict(row, writer=path.stem) for path in files for row in _read(path)]
    made = [_features(row) for row in rows]
    dangers = np.array([danger for _, danger in made])
    inputs = [each for each, _ in made]
    left_out = _left_out(rows, inputs)
    thresholds, scores = _judge(rows, left_out, dangers)
    _write(rows, inputs, thresholds, scores)
    print(json.dumps({"thresholds": thresholds, "scores": scores}, indent=1))


def _read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def _features(row: Row) -> tuple[Features, bool]:
    lexicon, rules = WORDS
    reading = read(row["text"], lexicon)
    circumstances = around(reading, row["text"], row["temp_c"])
    found = tuple(signs(reading, circumstances, rules))
    return features(reading, circumstances, found), any(each.rule.urgency == "noodgeval" for each in found)


WORDS = meaning.words_and_rules()


def _fit(inputs: list[Features], labels: list[str], strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(inputs)
    return vectors, LogisticRegression(C=strength, max_iter=600).fit(matrix, labels)


def _left_out(rows: list[Row], inputs: list[Features]) -> dict[str, list[dict[str, float]]]:
    """Per head the probabilities of each message, by a model that has not seen its writer."""
    writers = [row["writer"] for row in rows]
    found: dict[str, list[dict[str, float]]] = {head: [{} for _ in rows] for head in ("urgency", "category")}
    for writer in sorted(set(writers)):
        own = [at for at, each in enumerate(writers) if each == writer]
        others = [at for at, each in enumerate(writers) if each != writer]
        for head, answers in found.items():
            label, strength = HEADS[head]
            vectors, model = _fit([inputs[at] for at in others], [label(rows[at]) for at in others], strength)
            shares = model.predict_proba(vectors.transform([inputs[at] for at in own]))
            for at, share in zip(own, shares, strict=True):
                answers[at] = dict(zip(model.classes_, map(float, share), strict=True))
    return found


def _judge(
    rows: list[Row], left_out: dict[str, list[dict[str, float]]], dangers: np.ndarray
) -> tuple[dict[str, float], dict[str, float]]:
    urgent = np.array([row["urgency"] in ("noodgeval", "spoed") for row in rows])
    emergency = np.array([row["urgency"] == "noodgeval" for row in rows])
    alert = np.array([share["noodgeval"] + share["spoed"] for share in left_out["urgency"]])
    alert = np.where(dangers, 1.0, alert)
    threshold = float(np.sort(alert[urgent])[int((1 - RECALL) * urgent.sum())])
    called = alert >= threshold
    category = [max(share, key=share.__getitem__) for share in left_out["category"]]
    right = np.array([found == row["category"] for found, row in zip(category, rows, strict=True)])
    is_fault = np.array([(found != "geen_storing") == row["is_fault"] for found, row in zip(category, rows, strict=True)])
    scores = {
        "messages": float(len(rows)),
        "recall_alert": float((called & urgent).sum() / urgent.sum()),
        "recall_emergency_as_alert": float((called & emergency).sum() / emergency.sum()),
        "precision_alert": float((called & urgent).sum() / called.sum()),
        "category": float(right.mean()),
        "is_fault": float(is_fault.mean()),
    }
    return {"alert": round(threshold, 4), "emergency": 0.4}, {name: round(value, 4) for name, value in scores.items()}


def _write(rows: list[Row], inputs: list[Features], thresholds: dict[str, float], scores: dict[str, float]) -> None:
    heads, blocks, bias = [], [], []
    for name, (label, strength) in HEADS.items():
        vectors, model = _fit(inputs, [label(row) for row in rows], strength)
        weights, intercept = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # one row for two outcomes: the first is its mirror
            weights, intercept = np.vstack([-weights / 2, weights / 2]), np.concatenate([-intercept / 2, intercept / 2])
        heads.append({"name": name, "outcomes": list(model.classes_), "start": sum(len(block) for block in blocks)})
        blocks.append(weights)
        bias.extend(float(each) for each in intercept)
    weights = np.vstack(blocks)
    scales = np.abs(weights).max(axis=1) / 127
    bytes_ = np.clip(np.round(weights / scales[:, None]), -127, 127).astype(int).T
    kept = [at for at, row in enumerate(bytes_) if np.abs(row).max() >= LEAST]
    names = [str(vectors.feature_names_[at]) for at in kept]
    rows_ = (bytes_[kept] + 128).astype(np.uint8).tobytes()
    packed = zlib.compress("\n".join(names).encode() + b"\0" + rows_, 9)
    version = hashlib.sha256(packed).hexdigest()[:12]
    head = {
        "version": version, "trained_on": {path.name: _hash(path) for path in sorted((HERE / "messages/train").glob("*"))},
        "scores_by_writers_left_out": scores, "thresholds": thresholds, "heads": heads,
        "scales": [float(f"{each:.6g}") for each in scales], "bias": [float(f"{each:.6g}") for each in bias],
    }
    (meaning.DATA / "model.bin").write_bytes(packed)
    (meaning.DATA / "model.json").write_text(json.dumps(head, ensure_ascii=False, indent=1) + "\n")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


if __name__ == "__main__":
    main()
