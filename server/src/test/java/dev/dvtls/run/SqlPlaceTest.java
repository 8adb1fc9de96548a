package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlPlaceTest {
    private static final String SOURCE =
            """
            {{ config(
                materialized='table') }}
            with a as (select 1 as id)
            select nope, {{ var('x') }}
              from {{ ref('stg') }} where id > 0
            union all
            select id from a
            union all
            select id, {% if y %}1{% endif %} from a
            """;

    private static final String COMPILED =
            """
            with a as (select 1 as id)
            select nope, 17
              from "main"."stg" where id > 0
            union all
            select id from a
            union all
            select id, 1 from a
            """;

    @Test
    void aLineIsFoundWhateverItsJinjaCameTo() {
        assertThat(SqlPlace.inSource(COMPILED, 1, SOURCE)).hasValue(3);
        assertThat(SqlPlace.inSource(COMPILED, 2, SOURCE)).hasValue(4);
        assertThat(SqlPlace.inSource(COMPILED, 3, SOURCE)).hasValue(5);
        assertThat(SqlPlace.inSource(COMPILED, 5, SOURCE)).hasValue(7);
        assertThat(SqlPlace.inSource(COMPILED, 7, SOURCE)).hasValue(9);
    }

    @Test
    void aLineThatStandsTwiceOrCameOutOfAMacroIsNot() {
        assertThat(SqlPlace.inSource(COMPILED, 4, SOURCE)).isEmpty();
        assertThat(SqlPlace.inSource("from a macro", 1, "{{ all_of_it() }}\n")).isEmpty();
        assertThat(SqlPlace.inSource("", 3, SOURCE)).isEmpty();
    }

    @Test
    void aDatabasesLineIsRead() {
        assertThat(SqlPlace.told("no \"nope\" (LINE 12: select nope)")).hasValue(12);
        assertThat(SqlPlace.told("no \"nope\"")).isEmpty();
    }
}
