from typing import Iterable, Sequence

import pandas as pd


def chunks(items: Sequence, n: int) -> Iterable[Sequence]:
    return (items[i : i + n] for i in range(0, len(items), n))


def model(dbt, session):
    import torch
    from transformers import pipeline

    classify = pipeline(
        task="sentiment-analysis",
        model="distilbert-base-uncased-finetuned-sst-2-english",
        device=0 if torch.cuda.is_available() else -1,
    )
    reviews: pd.DataFrame = dbt.ref("stg_reviews").df()
    results = [r for chunk in chunks(reviews["review_text"].tolist(), 64) for r in classify(list(chunk))]
    return reviews.join(pd.DataFrame(results)).rename(columns={"label": "sentiment"})
