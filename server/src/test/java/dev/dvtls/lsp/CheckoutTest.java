package dev.dvtls.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.check.Outside;
import dev.dvtls.text.LineIndex.Encoding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of files change on disk at once; then the server says what a fresh one says. */
class CheckoutTest {
    private static final int FILES = 500;
    private static final String TYPED = "models/part0/m0.py";

    @TempDir Path folder;

    private ReplayDisk disk;

    @BeforeEach
    void aProjectOnOneBranch() throws Exception {
        disk = new ReplayDisk(folder.toRealPath());
        disk.write("p/dbt_project.yml", "name: p\nprofile: p\n");
        for (int i = 0; i < FILES; i++) {
            disk.write(file(i), model(i, i + 1));
        }
        disk.write("p/models/names.yml", "models:\n  - name: m1\n  - name: m499\n");
        disk.loseEvents();
    }

    private static String file(int i) {
        return "p/models/part" + i / 50 + "/m" + i + (i % 3 == 0 ? ".py" : ".sql");
    }

    private static String model(int i, int reads) {
        return i % 3 == 0
                ? "def model(dbt, session):\n    return dbt.ref(\"m" + reads + "\")\n"
                : "select * from {{ ref('m" + reads + "') }}\n";
    }

    /** What the other branch has: files changed, gone, new, in other folders. */
    private void checkout() {
        for (int i = 0; i < FILES; i++) {
            switch (i % 5) {
                case 0 -> disk.delete(file(i), true);
                case 1 -> disk.move(file(i), "p/models/moved/" + i + ".sql", true);
                case 2 -> disk.write("p/models/new" + i + ".sql", model(1, i));
                default -> disk.write(file(i), model(i, i + 2));
            }
        }
        disk.delete("p/models/part9", false);
        disk.write("p/models/names.yml", "models:\n  - name: new2\n  - name: m499\n");
    }

    private ReplayEditor editor(boolean pulls) throws Exception {
        return new ReplayEditor(
                disk,
                List.of("p"),
                Encoding.UTF_16,
                pulls,
                new ReplayServers(Outside.NOTHING, Duration.ofSeconds(20)));
    }

    /** Two files are open, one with text that was not saved; both are changed by the checkout. */
    private static void type(ReplayEditor editor) throws Exception {
        editor.apply(new ReplayStep.Open("p/" + TYPED));
        editor.apply(new ReplayStep.Open(file(4)));
        editor.apply(
                new ReplayStep.Type(
                        "p/" + TYPED,
                        List.of(new ReplayStep.Change(0, 0, "# dbt.ref(\"m3\")\nimport json\n"))));
        assertThat(editor.apply(new ReplayStep.Compare(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTakenInOneBatch(boolean pulls) throws Exception {
        try (ReplayEditor editor = editor(pulls)) {
            type(editor);
            checkout();
            assertThat(editor.apply(new ReplayStep.Compare(2))).isEmpty();
        }
    }

    /** The events come after other ones, and while the user goes on. */
    @Test
    void isTakenLate() throws Exception {
        try (ReplayEditor editor = editor(false)) {
            type(editor);
            checkout();
            for (int i = 0; i < 12; i++) {
                editor.apply(new ReplayStep.Tell(i, 40));
                editor.apply(
                        new ReplayStep.Type(
                                "p/" + TYPED, List.of(new ReplayStep.Change(9, 9, "x"))));
                editor.apply(new ReplayStep.Write(file(i), model(i, i + 7)));
            }
            editor.apply(new ReplayStep.Close("p/" + TYPED));
            assertThat(editor.apply(new ReplayStep.Compare(2))).isEmpty();
        }
    }

    /** A file of which no event came is known once it was open. */
    @Test
    void isTakenWhereEventsAreMissing() throws Exception {
        try (ReplayEditor editor = editor(false)) {
            type(editor);
            disk.write(file(10), model(10, 77));
            disk.write("p/models/unheard.sql", model(1, 3));
            disk.loseEvents();
            assertThat(editor.apply(new ReplayStep.Open(file(10)))).isEmpty();
            editor.apply(new ReplayStep.Open("p/models/unheard.sql"));
            editor.apply(new ReplayStep.Close("p/models/unheard.sql"));
            assertThat(editor.apply(new ReplayStep.Compare(2))).isEmpty();
        }
    }
}
