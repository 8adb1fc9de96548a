import json
import os

from openai import OpenAI

PROMPT = """\
You label reviews. Answer with JSON like {"label": "...", "sure": 0.5}.
Review: {{review}}
"""
LABELS = {"positive", "negative", "neutral"}


def model(dbt, session):
    dbt.config(materialized="incremental", unique_key="review_id", timeout=3600)
    client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
    reviews = dbt.ref("stg_reviews").df()

    def classify(text: str) -> tuple:
        answer = client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": PROMPT.replace("{{review}}", text)}],
            response_format={"type": "json_object"},
        )
        content = answer.choices[0].message.content
        try:
            parsed = json.loads(content)
        except ValueError:
            return None, 0.0
        label = parsed.get("label", "").lower()
        return (label, float(parsed.get("sure", 0))) if label in LABELS else (None, 0.0)

    reviews[["label", "sure"]] = reviews["review_text"].apply(classify).tolist()
    return reviews
