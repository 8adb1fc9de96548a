package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Postgres;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("heavy") // RunPostgresTest has the short of it
class PostgresIncrementalTest extends IncrementalCases {
    private final Connection[] outputs = {
        Postgres.server().database(), Postgres.server().database()
    };

    @Override
    Connection[] outputs() {
        return outputs;
    }

    @Override
    void exec(Connection output, String sql) {
        Postgres.server().psql(output, sql);
    }

    @Override
    List<String> rows(Connection output, String sql) {
        return Postgres.server().psql(output, sql);
    }

    @Override
    String integer() {
        return "integer";
    }

    @Test
    void anEmptiedTableAndValuesThatComeBackAsOthersAreReadAgain() throws Exception {
        project.model("events", EVENTS.formatted(ADDED));
        loads("select 1 as id, {'a': 1} as v"); // jsonb gives JSON back
        RunProject.Ran ran = run(project, "select 2 as id, {'a': 2} as v", true).succeeded();
        assertThat(ran.output()).containsExactly("later", "1");
        assertThat(ran.extracted("events")).hasSize(1);
        exec(outputs[0], "truncate events");
        ran = run(project, "select 3 as id, {'a': 3} as v", true).succeeded();
        assertThat(ran.output()).containsExactly("later", "0");
        assertThat(rows(outputs[0], "select id, v ->> 'a' from events")).containsExactly("3|3");
    }
}
