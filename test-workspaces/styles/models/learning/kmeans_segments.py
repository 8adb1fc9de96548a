from sklearn.cluster import KMeans
from sklearn.preprocessing import scale

SEGMENTS = dict(enumerate(["sleeping", "casual", "loyal", "vip"]))


def model(dbt, session):
    rfm = dbt.ref("stg_orders").aggregate(
        "customer_id, max(ordered_at) as recent, count(*) as frequency, sum(amount) as value"
    ).df()
    rfm["recent"] = (rfm["recent"].max() - rfm["recent"]).dt.days
    labels = KMeans(n_clusters=len(SEGMENTS), n_init="auto").fit_predict(scale(rfm.iloc[:, 1:]))
    return rfm.assign(segment=[SEGMENTS[label] for label in labels])
