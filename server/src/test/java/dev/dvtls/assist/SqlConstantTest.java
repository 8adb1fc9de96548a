package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Fix;
import dev.dvtls.manifest.ModelFile;
import dev.dvtls.manifest.PythonModelReader;
import dev.dvtls.python.Parser;
import dev.dvtls.text.Span;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlConstantTest {
    private static Optional<Fix> fix(String marked) {
        int at = marked.indexOf("$0");
        String text = marked.replace("$0", "");
        ModelFile file = PythonModelReader.read(Path.of("/p/models/m.py"), text);
        return SqlConstant.of(file, new Span(at, at));
    }

    /** The text after it, in which the session is given the same SQL. */
    private static String after(String marked) {
        String text = marked.replace("$0", "");
        String after = fix(marked).orElseThrow().applied(text);
        assertThat(sql(after)).as("SQL of the session").isEqualTo(sql(text));
        assertThat(Parser.parse(after).problems()).isEmpty();
        return after;
    }

    private static Object sql(String text) {
        return PythonModelReader.read(Path.of("/p/models/m.py"), text)
                .python()
                .orElseThrow()
                .sqlTexts()
                .stream()
                .map(variants -> variants.stream().map(v -> v.sql()).toList())
                .toList();
    }

    @Test
    void belowTheImports() {
        String before =
                """
                \"\"\"A model.\"\"\"
                from __future__ import annotations
                import os  # why

                LIMIT = 3


                def model(dbt, session):
                    import pandas
                    return session.sql("select * $0from __model__orders")
                """;
        assertThat(fix(before).map(Fix::title))
                .contains("Extract the SQL to the constant ORDERS_SQL");
        assertThat(after(before))
                .isEqualTo(
                        """
                        \"\"\"A model.\"\"\"
                        from __future__ import annotations
                        import os  # why

                        ORDERS_SQL = "select * from __model__orders"

                        LIMIT = 3


                        def model(dbt, session):
                            import pandas
                            return session.sql(ORDERS_SQL)
                        """);
    }

    @Test
    void overSeveralLinesAsItStands() {
        assertThat(
                        after(
                                """
                                # models/m.py
                                def model(dbt, session):
                                    query = \"\"\"
                                        select id,$0
                                               '\\d' as "x"
                                    \"\"\"
                                    return session.sql(query)
                                """))
                .isEqualTo(
                        """
                        # models/m.py
                        QUERY = \"\"\"
                                select id,
                                       '\\d' as "x"
                            \"\"\"


                        def model(dbt, session):
                            query = QUERY
                            return session.sql(query)
                        """);
    }

    @Test
    void joinedLiteralsInBrackets() {
        assertThat(
                        after(
                                """
                                \"\"\"Orders.\"\"\"

                                # Reads shop__orders.
                                @decorated
                                def model(dbt, session):
                                    return session.sql(
                                        "select id "  # the key
                                        $0r"from shop__orders "
                                        'where x'
                                    ).df()
                                """))
                .isEqualTo(
                        """
                        \"\"\"Orders.\"\"\"

                        SHOP_ORDERS_SQL = (
                            "select id "  # the key
                            r"from shop__orders "
                            'where x'
                        )

                        # Reads shop__orders.
                        @decorated
                        def model(dbt, session):
                            return session.sql(
                                SHOP_ORDERS_SQL
                            ).df()
                        """);
    }

    @Test
    void whereTheLineGoesOnInsideAString() {
        assertThat(
                        after(
                                "import a\ndef model(dbt, session):\n    return session.sql("
                                        + "\"select \\\n        1 $0\" \"as id\")\n"))
                .isEqualTo(
                        "import a\n\nSQL = \"select \\\n        1 \" \"as id\"\n\n\ndef model(dbt,"
                                + " session):\n    return session.sql(SQL)\n");
        assertThat(
                        after(
                                "import a\nx = 1\ndef model(dbt, session):\n    return session.sql("
                                        + "\"select \\\n        1 $0\"\n        \"as id\")\n"))
                .contains("\n\nSQL = (\"select \\\n        1 \"\n        \"as id\")\n\nx = 1\n");
    }

    @Test
    void withCrlfTabsAndAstralCharacters() {
        assertThat(
                        after(
                                """
                                \uFEFFimport a; b = '''
                                '''


                                def model(dbt, session):
                                \ts = '😀'; return session.sql('''select '😀'
                                \t$0''')
                                """
                                        .replace("\n", "\r\n")))
                .isEqualTo(
                        """
                        \uFEFFimport a; b = '''
                        '''

                        SQL = '''select '😀'
                        \t'''


                        def model(dbt, session):
                        \ts = '😀'; return session.sql(SQL)
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void aNameThatIsNew() {
        assertThat(
                        after(
                                """
                                def model(dbt, session):
                                    ORDERS_SQL, ORDERS_SQL_2 = 1, 2
                                    return session.sql(f"from $0__model__orders"if dbt else"from x")
                                """))
                .startsWith("ORDERS_SQL_3 = f\"from __model__orders\"\n\n\ndef")
                .contains("session.sql(ORDERS_SQL_3 if dbt else\"from x\")");
        assertThat(
                        after(
                                """
                                def model(dbt, session):
                                    return session.sql('from __model__2𝒳 $0')
                                """))
                .startsWith("SQL_2");
    }

    @Test
    void ofAHelperOrAMethod() {
        assertThat(
                        after(
                                """
                                # first

                                # Reads.
                                class Reader:
                                    def read(self, session):
                                        rows: str = "from $0__model__a"
                                        return session.sql(rows)


                                def model(dbt, session):
                                    return Reader().read(session)
                                """))
                .startsWith("# first\n\nROWS = \"from __model__a\"\n\n\n# Reads.\nclass Reader:")
                .contains("        rows: str = ROWS\n");
    }

    @Test
    void notWhatDependsOnTheRunNorWhatIsNoSql() {
        for (String line :
                new String[] {
                    "session.sql(f'select $0{dbt}')",
                    "session.sql(f'select {dbt} $0' 'from x')",
                    "print('select $0 1'); session.sql('select 2')",
                    "session.sql('select $0 1",
                    "session.sql('select 1'); $0print(1)",
                    "session.sql(b'select $0 1')",
                    "session.sql(SQL) $0",
                }) {
            assertThat(fix("SQL = 'x'\n\n\ndef model(dbt, session):\n    " + line + "\n"))
                    .as(line)
                    .isEmpty();
        }
        assertThat(
                        fix(
                                """
                                SQL = "select $0 1"


                                def model(dbt, session):
                                    return session.sql(SQL)
                                """))
                .as("a constant already")
                .isEmpty();
        assertThat(fix("def model(dbt, session):\n    return session.sql('a $0'), (\n"))
                .as("a file that is not valid")
                .isEmpty();
    }
}
