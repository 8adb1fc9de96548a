package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.manifest.ProjectManifest;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSelectionTest {
    /** A model is named as the folder beside it, and a folder has a blank in its name. */
    private static final ProjectManifest MANIFEST =
            Workspace.of(
                            """
                            //- dbt_project.yml
                            name: shop
                            //- models/orders.py
                            def model(dbt, session):
                                return dbt.ref("customers")
                            //- models/orders/daily.sql
                            select 1 as id
                            //- models/own things/a+b, c.sql
                            select 1 as id
                            //- models/own things/sources.yml
                            sources:
                              - name: s
                                tables: [{name: t}]
                            //- models/customers.sql
                            select * from {{ ref('codes') }}
                            //- models/notes.md
                            nothing
                            //- seeds/codes.csv
                            id
                            """)
                    .manifest();

    private static final Path ROOT = MANIFEST.project().root();

    private static String select(String... places) {
        List<Path> paths = Arrays.stream(places).map(ROOT::resolve).toList();
        return RunSelection.of(MANIFEST, paths)
                .map(s -> String.join(" ", s.select()) + " = " + names(s))
                .orElse("nothing");
    }

    private static String names(RunSelection selection) {
        return String.join(
                " ", selection.nodes().stream().map(id -> id.replaceAll(".*shop\\.", "")).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    models/customers.sql          | customers = customers
                    seeds/codes.csv               | codes = codes
                    models/orders.py              | path:models/orders.py = orders
                    models/orders                 | path:models/orders = daily
                    models/own things             | path:models/own?things = a+b, c
                    models/own things/a+b, c.sql  | path:models/own?things/a[+]b??c.sql = a+b, c
                    models/notes.md               | nothing
                    models/own things/sources.yml | nothing
                    elsewhere                     | nothing
                    """)
    void selectsWhatAPlaceDefines(String place, String expected) {
        assertThat(select(place)).isEqualTo(expected);
    }

    @Test
    void severalPlacesAreOneSelection() {
        assertThat(select("seeds/codes.csv", "models/orders", "models/notes.md"))
                .isEqualTo("codes path:models/orders = daily codes");
    }

    @Test
    void aFolderAroundTheProjectIsAllOfIt() {
        assertThat(RunSelection.of(MANIFEST, List.of(ROOT.resolve("models"), ROOT.getParent())))
                .hasValueSatisfying(
                        all -> {
                            assertThat(all.select()).isEmpty();
                            assertThat(all.nodes()).hasSize(5);
                        });
    }
}
