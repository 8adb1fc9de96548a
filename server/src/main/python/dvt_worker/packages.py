"""Import names and the names under which their packages are installed, where they differ."""

from __future__ import annotations

# Longest prefix wins: "google.cloud.bigquery" before "google".
_PACKAGES: dict[str, str] = {
    "Crypto": "pycryptodome",
    "OpenSSL": "pyOpenSSL",
    "PIL": "pillow",
    "airflow": "apache-airflow",
    "apiclient": "google-api-python-client",
    "attr": "attrs",
    "azure.identity": "azure-identity",
    "azure.storage.blob": "azure-storage-blob",
    "bs4": "beautifulsoup4",
    "cairo": "pycairo",
    "clickhouse_connect": "clickhouse-connect",
    "confluent_kafka": "confluent-kafka",
    "cv2": "opencv-python",
    "databricks.sdk": "databricks-sdk",
    "databricks.sql": "databricks-sql-connector",
    "dateutil": "python-dateutil",
    "discord": "discord.py",
    "distutils": "setuptools",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "facebook_business": "facebook-business",
    "faiss": "faiss-cpu",
    "fitz": "PyMuPDF",
    "git": "GitPython",
    "github": "PyGithub",
    "gitlab": "python-gitlab",
    "google.ads": "google-ads",
    "google.analytics.data": "google-analytics-data",
    "google.auth": "google-auth",
    "google.cloud.bigquery": "google-cloud-bigquery",
    "google.cloud.secretmanager": "google-cloud-secret-manager",
    "google.cloud.storage": "google-cloud-storage",
    "google.generativeai": "google-generativeai",
    "google.genai": "google-genai",
    "google.oauth2": "google-auth",
    "google.protobuf": "protobuf",
    "google_auth_oauthlib": "google-auth-oauthlib",
    "googleapiclient": "google-api-python-client",
    "hubspot": "hubspot-api-client",
    "igraph": "igraph",
    "imblearn": "imbalanced-learn",
    "jose": "python-jose",
    "jwt": "PyJWT",
    "kafka": "kafka-python",
    "kiteconnect": "kiteconnect",
    "langchain_openai": "langchain-openai",
    "ldap": "python-ldap",
    "levenshtein": "Levenshtein",
    "lxml": "lxml",
    "magic": "python-magic",
    "markdown": "Markdown",
    "memcache": "python-memcached",
    "mysql": "mysql-connector-python",
    "MySQLdb": "mysqlclient",
    "nacl": "PyNaCl",
    "newspaper": "newspaper3k",
    "osgeo": "GDAL",
    "pgvector": "pgvector",
    "pkg_resources": "setuptools",
    "playhouse": "peewee",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "psycopg": "psycopg[binary]",
    "pythoncom": "pywin32",
    "pywintypes": "pywin32",
    "rest_framework": "djangorestframework",
    "ruamel.yaml": "ruamel.yaml",
    "sentence_transformers": "sentence-transformers",
    "serial": "pyserial",
    "simple_salesforce": "simple-salesforce",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "sksurv": "scikit-survival",
    "slack": "slackclient",
    "slack_sdk": "slack-sdk",
    "snowflake.connector": "snowflake-connector-python",
    "snowflake.snowpark": "snowflake-snowpark-python",
    "socks": "PySocks",
    "sqlalchemy": "SQLAlchemy",
    "telegram": "python-telegram-bot",
    "umap": "umap-learn",
    "usb": "pyusb",
    "websocket": "websocket-client",
    "wx": "wxPython",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}

# Modules that left the standard library; nothing to install brings the same back.
REMOVED: dict[str, str] = {
    "asynchat": "3.12",
    "asyncore": "3.12",
    "imp": "3.12",
    "smtpd": "3.12",
    "cgi": "3.13",
    "cgitb": "3.13",
    "crypt": "3.13",
    "imghdr": "3.13",
    "mailcap": "3.13",
    "nntplib": "3.13",
    "pipes": "3.13",
    "sndhdr": "3.13",
    "telnetlib": "3.13",
    "uu": "3.13",
    "xdrlib": "3.13",
}


def package_of(module: str) -> str:
    """What to give to ``pip install`` for ``import module``."""
    prefix = _known_prefix(module)
    return _PACKAGES[prefix] if prefix is not None else module.split(".")[0]


def distribution_prefix(modules: list[str]) -> str | None:
    """Of these, the dotted name (``google.cloud.bigquery``) that a package of its own provides."""
    for module in modules:
        prefix = _known_prefix(module)
        if prefix is not None and "." in prefix:
            return prefix
    return None


def _known_prefix(module: str) -> str | None:
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        if prefix in _PACKAGES:
            return prefix
    return None
