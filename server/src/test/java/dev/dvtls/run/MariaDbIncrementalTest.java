package dev.dvtls.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.MariaDb;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("heavy")
class MariaDbIncrementalTest extends IncrementalCases {
    private final Connection[] outputs = {MariaDb.server().database(), MariaDb.server().database()};

    @Override
    Connection[] outputs() {
        return outputs;
    }

    @Override
    void exec(Connection output, String sql) {
        MariaDb.server().sql(output, sql);
    }

    @Override
    List<String> rows(Connection output, String sql) {
        return MariaDb.server().sql(output, sql);
    }

    @Override
    String integer() {
        return "int";
    }

    /** The copy has the comment that tells a table's load. */
    @Test
    void aCopyInThePlaceOfTheTableIsReadAgain() throws Exception {
        project.model("events", EVENTS.formatted(ADDED));
        loads(values("(1, 'a')"));
        loads(values("(2, 'b')"));
        while (rows(
                        outputs[0],
                        "select 1 from information_schema.tables where table_name = 'events' and"
                                + " table_schema = database() and create_time < now() - interval 1"
                                + " second")
                .isEmpty()) {} // the table's age has whole seconds; the client's own time is the
        // wait
        exec(outputs[0], "create table kept like events");
        exec(outputs[0], "insert into kept select * from events where id > 1");
        exec(outputs[0], "drop table events; rename table kept to events");
        looks(project, values("(3, 'c')"), 1, true);
        looks(project, values("(4, 'd')"), 2, false);
        assertThat(events()).containsExactly("2|b", "3|c", "4|d");
    }
}
