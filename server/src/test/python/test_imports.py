"""DVT125: what is missing, where it is imported, and what to do."""

from __future__ import annotations

import sys

import pytest

HAS_COLUMNS = sys.version_info >= (3, 11)


def test_a_missing_package_is_the_pages_sentence(project):
    failure = project.failure(
        """
        def model(dbt, session):
            import not_there_at_all
        """,
        "DVT125",
        name="api_users",
    )
    first, second = failure["message"].split("\n")
    assert first == (
        "Python model 'api_users' failed to import: not_there_at_all."
        " Install the package with: pip install not_there_at_all"
    )
    assert sys.executable in second
    assert failure["line"] == 3
    assert failure["file"] == str(project.root / "models" / "api_users.py")


def test_a_missing_package_at_the_top(project):
    failure = project.failure(
        "import pandas as pd\nimport not_there\ndef model(dbt, session): ...", "DVT125"
    )
    assert failure["line"] == 2
    if HAS_COLUMNS:
        assert (failure["column"], failure["endColumn"]) == (1, 17)


@pytest.mark.parametrize(
    ("statement", "names", "package"),
    [
        ("import sklearn", "sklearn", "scikit-learn"),
        ("from sklearn.linear_model import X", "sklearn", "scikit-learn"),
        ("from bs4 import BeautifulSoup", "bs4", "beautifulsoup4"),
        ("from PIL import Image", "PIL", "pillow"),
        ("import cv2", "cv2", "opencv-python"),
        ("import jwt", "jwt", "PyJWT"),
        ("import dotenv", "dotenv", "python-dotenv"),
        ("from google.cloud import bigquery", "google.cloud.bigquery", "google-cloud-bigquery"),
        ("import os, google.cloud.storage", "google.cloud.storage", "google-cloud-storage"),
        ("from google.oauth2 import (\n  service_account)", "google.oauth2", "google-auth"),
        ("import simple_salesforce", "simple_salesforce", "simple-salesforce"),
    ],
)
def test_packages_with_another_name(project, statement, names, package):
    failure = project.failure(f"def model(dbt, session):\n    {statement}", "DVT125")
    assert failure["message"].startswith(f"Python model 'm' failed to import: {names}")
    assert f"pip install {package}" in failure["message"]


def test_a_missing_package_of_a_namespace(project):
    site = project.root / "site-packages" / "google"
    site.mkdir(parents=True)
    failure = project.failure(
        """
        import sys
        sys.path.append("site-packages")

        def model(dbt, session):
            import google.cloud.bigquery
        """,
        "DVT125",
    )
    assert "pip install google-cloud-bigquery" in failure["message"]


def test_a_module_that_an_installed_package_lacks(project):
    failure = project.failure("def model(dbt, session): import pandas.nothing", "DVT125")
    assert "pandas.nothing" in failure["message"]
    assert "is installed" in failure["message"]
    assert "pip install pandas" not in failure["message"]


def test_an_installed_package_whose_own_import_is_missing(project):
    project.write("libs/site-packages/needy/__init__.py", "import absent_part\n")
    failure = project.failure(
        """
        import sys
        sys.path.append("libs/site-packages")
        import needy
        def model(dbt, session): ...
        """,
        "DVT125",
    )
    assert "pip install absent_part" in failure["message"]
    assert "needy" in failure["message"]
    assert failure["line"] == 4


def test_an_import_error_of_an_installed_module_is_a_runtime_error(project):
    failure = project.failure(
        "def model(dbt, session):\n    from pandas import NoSuchThing", "DVT126"
    )
    assert "ImportError" in failure["message"]
    assert "pip" not in failure["message"]
    assert failure["line"] == 2


def test_an_import_that_the_model_guards_is_no_error(project):
    assert project.rows(
        """
        try:
            import not_there
        except ImportError:
            not_there = None

        def model(dbt, session):
            return session.sql("select 1 as a")
        """
    )


def test_a_missing_import_in_a_helper_is_shown_in_the_helper(project):
    helper = project.write("helpers/api.py", "\nimport not_there\n")
    failure = project.failure("from helpers import api\ndef model(dbt, session): ...", "DVT125")
    assert (failure["file"], failure["line"]) == (str(helper), 2)
    assert "pip install not_there" in failure["message"]


def test_a_missing_part_of_a_projects_package(project):
    project.write("helpers/api.py", "")
    failure = project.failure("import helpers.dates\ndef model(dbt, session): ...", "DVT125")
    assert "helpers of this project has no dates" in failure["message"]
    assert "pip" not in failure["message"]


def test_a_helper_that_is_elsewhere_in_the_project(project):
    project.write("lib/shared/rates.py", "")
    failure = project.failure("import rates\ndef model(dbt, session): ...", "DVT125")
    assert "from lib.shared import rates" in failure["message"]
    assert "pip" not in failure["message"]


@pytest.mark.skipif(sys.version_info < (3, 13), reason="the module is there until 3.12")
def test_a_module_that_left_the_standard_library(project):
    failure = project.failure("import telnetlib\ndef model(dbt, session): ...", "DVT125")
    assert "left Python's standard library in 3.13" in failure["message"]


def test_duckdb_without_pytz_says_so(project, tmp_path):
    (tmp_path / "pytz.py").write_text("raise ModuleNotFoundError('no pytz', name='pytz')")
    failure = project.run(
        """
        import sys
        sys.modules["pytz"] = None

        def model(dbt, session):
            return session.sql("select timestamptz '2020-01-01' as a").fetchall()
        """
    )
    assert failure["code"] in ("DVT125", "DVT126")
    assert "pip install pytz" in failure["message"]


def test_a_missing_package_in_a_function_of_a_helper(project):
    helper = project.write("helpers/api.py", "def fetch():\n    import not_there\n")
    failure = project.failure(
        """
        from helpers.api import fetch

        def model(dbt, session):
            return fetch()
        """,
        "DVT125",
    )
    assert (failure["file"], failure["line"]) == (str(helper), 2)
    assert failure["traceback"].count("File ") == 2
    assert "pip install not_there" in failure["message"]


@pytest.mark.parametrize(
    "statement",
    ["import not_there.part", "from not_there.part import x", "from not_there import part"],
)
def test_a_submodule_of_a_missing_package(project, statement):
    failure = project.failure(f"def model(dbt, session):\n    {statement}", "DVT125")
    assert "failed to import: not_there. Install" in failure["message"]
    assert failure["line"] == 2


def test_a_submodule_that_a_package_lacks_is_named_with_its_place(project):
    failure = project.failure(
        "def model(dbt, session):\n    from duckdb.nothing import x", "DVT125"
    )
    assert "duckdb.nothing" in failure["message"]
    assert "misspelt" in failure["message"]
    assert failure["line"] == 2


def test_an_import_by_name(project):
    failure = project.failure(
        """
        import importlib

        def model(dbt, session):
            return importlib.import_module("not_" + "there")
        """,
        "DVT125",
    )
    assert failure["line"] == 5
    assert "importlib" not in failure["traceback"].split("import_module", 1)[1]


def test_df_without_pandas_says_what_to_install(project, tmp_path):
    (tmp_path / "pandas.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pandas'\", name='pandas')\n"
    )
    failure = project.failure(
        """
        import sys
        sys.path.insert(0, "..")

        def model(dbt, session):
            return session.sql("select 1 as a").df()
        """,
        "DVT125",
        environment={"PYTHONPATH": str(tmp_path)},
    )
    assert (
        "failed to import: pandas. Install the package with: pip install pandas"
        in (failure["message"])
    )
    assert failure["line"] == 6
