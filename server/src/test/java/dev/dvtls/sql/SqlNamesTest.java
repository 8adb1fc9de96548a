package dev.dvtls.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlNamesTest {
    /** The names found, each checked to stand where its span says. */
    private static List<String> names(String sql) {
        return SqlNames.tables(sql).stream()
                .map(
                        f -> {
                            assertThat(f.span().of(sql).replace("\"\"", "\"")).isEqualTo(f.name());
                            return f.name();
                        })
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM __model__a | __model__a",
                "select * from __model__a a join shop__orders o on a.id = o.a__b |"
                        + " __model__a,shop__orders",
                "from __model__a select x__y | __model__a",
                "select * from __model__a, shop__orders where x in (1, b__c) |"
                        + " __model__a,shop__orders",
                "select * from (select * from __model__a) q__r, __model__b | __model__a,__model__b",
                "select * from (__model__a join __model__b using (id)) | __model__a,__model__b",
                "select * from \"__model__a\" | __model__a",
                "select * from main.__model__a | __model__a",
                "select * from memory.main.__model__a | __model__a",
                "select * from other.a__b | ``",
                "select * from a__b(1) | ``",
                "select a__b, 'from __model__a' from t -- from __model__b | ``",
                "select /* from __model__a /* from __model__b */ */ 1 from __model__c | __model__c",
                "select $$ from __model__a $$, E'\\' from __model__b' from __model__c | __model__c",
                "select extract(year from a__b), trim(both from c__d) from s__t | s__t",
                "select 1 from t where x is distinct from a__b | ``",
                "with __model__a as (select 1) select * from __model__a | ``",
                "with c__d as (select * from c__d) select * from c__d | c__d",
                "with recursive c__d as (select * from c__d) select * from c__d | ``",
                "with x as (select 1), c__d(a) as materialized (select 1) select * from c__d, e__f"
                        + " | e__f",
                "select * from __model__ | ``",
                "select * from __model__a where id = (select max(id) from __model__b) group by"
                        + " a__b, c__d | __model__a,__model__b",
                "select count(*) from __model__a order by x, a__b | __model__a",
                "SUMMARIZE __model__a | __model__a",
                "select * from t left join lateral s__t on true | s__t",
                "create table a__b as select * from s__t | s__t",
                "select * from 'a__b.parquet' | ``",
                "delete from s__t where 1 | s__t",
                "select * from a__b as c__d union all select * from e__f | a__b,e__f",
            })
    void findsTables(String sql, String expected) {
        assertThat(String.join(",", names(sql))).isEqualTo(expected);
    }

    @Test
    void unfinishedTextHasItsNames() {
        assertThat(names("select * from __model__a where x = 'unfinished from __model__b"))
                .containsExactly("__model__a");
        assertThat(names("select * from \"__model__a")).containsExactly("__model__a");
        assertThat(names("select * from __model__a /* from")).containsExactly("__model__a");
        assertThat(names("with a__b as (select * from __model__a")).containsExactly("__model__a");
        assertThat(names("select ) ) from ((( __model__a")).containsExactly("__model__a");
    }
}
