package dev.dvtls.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
    private static final List<QueryText.Cte> ONE = List.of(new QueryText.Cte("e", "select 1 as a"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    select 1;             | select 1
                    ` select 1 ; ; `      | select 1
                    select 1; -- done     | select 1 -- done
                    select 1 -- done;     | select 1 -- done;
                    select ';'            | select ';'
                    select ';';           | select ';'
                    select 1 /* ; */      | select 1 /* ; */
                    select 1; select 2;   | select 1; select 2
                    """)
    void dropsTheSemicolonAtTheEnd(String sql, String expected) {
        assertThat(QueryText.withoutSemicolon(sql)).isEqualTo(expected);
        assertThat(QueryText.isSeveral(sql)).isEqualTo(sql.contains("select 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    select * from e                | with e as (#select 1 as a#)#select * from e
                    with b as (select 2) select 3  | with e as (#select 1 as a#), b as (select 2) select 3
                    WITH RECURSIVE b as (..) x     | WITH RECURSIVE e as (#select 1 as a#), b as (..) x
                    -- with x#select 1             | -- with x#with e as (#select 1 as a#)#select 1
                    /* c */ with b as (x) select 1 | /* c */ with e as (#select 1 as a#), b as (x) select 1
                    (select 1) union (select 2)    | with e as (#select 1 as a#)#(select 1) union (select 2)
                    "with" x                       | with e as (#select 1 as a#)#"with" x
                    """)
    void putsQueriesInFront(String sql, String expected) {
        assertThat(QueryText.with(ONE, sql.replace('#', '\n')))
                .isEqualTo(expected.replace('#', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    select a from t order by a           | end
                    select 'limit' from t ORDER BY "x"   | end
                    with c as (x limit 1) x order by 1   | end
                    select a from (x limit 1) order by a | end
                    select a from t                      | around
                    select f(x order by y) from t        | around
                    (select a from t order by a)         | around
                    select a from t order by a limit 9   | around
                    select a from t order by a offset 2  | around
                    select a from t order by a for share | around
                    values (1)                           | around
                    """)
    void aLimitStandsAtTheEndOfAnOrderElseAround(String sql, String where) {
        String commented = sql + " -- c";
        assertThat(QueryText.first(commented, 3))
                .isEqualTo(
                        where.equals("end")
                                ? commented + "\nlimit 3"
                                : "select * from (" + commented + "\n) as dvt_preview limit 3");
    }

    @Test
    void severalQueriesKeepTheirOrderAndTheirComments() {
        assertThat(
                        QueryText.with(
                                List.of(
                                        new QueryText.Cte("a", "select 1 -- one"),
                                        new QueryText.Cte("b", "select * from a")),
                                "select * from b"))
                .isEqualTo(
                        "with a as (\nselect 1 -- one\n), b as (\nselect * from a\n)\n"
                                + "select * from b");
    }

    @Test
    void nothingInFrontChangesNothing() {
        assertThat(QueryText.with(List.of(), " select 1")).isEqualTo(" select 1");
    }

    @Test
    void commentsAloneAreBlank() {
        assertThat(QueryText.isBlank(" -- a\n/* b */ ")).isTrue();
        assertThat(QueryText.isBlank("select")).isFalse();
    }
}
