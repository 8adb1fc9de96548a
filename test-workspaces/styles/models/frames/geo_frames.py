import geopandas as gpd
from shapely import wkt
from shapely.geometry import Point


def model(dbt, session):
    session.install_extension("spatial")
    session.load_extension("spatial")
    shops = gpd.GeoDataFrame(
        {"shop": ["a", "b"]}, geometry=[Point(9.9, 53.5), wkt.loads("POINT (13.4 52.5)")], crs="EPSG:4326"
    )
    nearest = shops.to_crs(3857).sjoin_nearest(shops.to_crs(3857), distance_col="metres", exclusive=True)
    nearest["metres"] = nearest["metres"].round().astype("Int64")
    return nearest.drop(columns="geometry")
