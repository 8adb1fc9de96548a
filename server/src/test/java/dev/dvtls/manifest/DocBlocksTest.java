package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocBlocksTest {
    private static final Workspace SHOP =
            Workspace.of(
                    """
                    //- models/a/about.md
                    What stands outside of blocks is nobody's.
                    {% docs orders %}
                    One row
                    an **order**, $1 \\ each.
                    {% enddocs %}
                    {%- docs status -%} placed or shipped {%- enddocs -%}
                    {% docs orders %} a second of the name {% enddocs %}
                    {% docs unfinished %}
                    //- macros/more.md
                    {% docs from_macros %}beside macros{% enddocs %}
                    //- docs/no.md
                    {% docs elsewhere %}not read{% enddocs %}
                    //- target/compiled.md
                    {% docs orders %}a result{% enddocs %}
                    //- dbt_packages/util/dbt_project.yml
                    name: util
                    //- dbt_packages/util/models/u.md
                    {% docs status %}of the package{% enddocs %}
                    {% docs only_there %}the package's own{% enddocs %}
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shop | {{ doc('status') }}                  | placed or shipped",
                "shop | A: {{doc(\"status\")}}, {{ doc('from_macros') }}."
                        + " | A: placed or shipped, beside macros.",
                "util | {{ doc('status') }}                  | of the package",
                "util | {{ doc('shop', 'status') }}          | placed or shipped",
                "shop | {{ doc('util', \"status\") }}        | of the package",
                "shop | {{ doc('only_there') }}              | the package's own",
                "shop | {{ doc('elsewhere') }}               | {{ doc('elsewhere') }}",
                "shop | {{ doc('unfinished') }}              | {{ doc('unfinished') }}",
                "shop | {{ doc(status) }} {{ doc('a            | {{ doc(status) }} {{ doc('a",
                "shop | what a doc() is                      | what a doc() is",
            })
    void aBlockStandsWhereItIsNamed(String packageName, String description, String read) {
        assertThat(SHOP.manifest().described(packageName, description)).isEqualTo(read);
    }

    @Test
    void aBlockKeepsItsLines() {
        assertThat(SHOP.manifest().docBlock("shop", "orders"))
                .hasValue("One row\nan **order**, $1 \\ each.");
    }

    @Test
    void foldersOfDocumentationMayBeNamed() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- dbt_project.yml
                        name: shop
                        docs-paths: [docs]
                        //- docs/here.md
                        {% docs a %}found{% enddocs %}
                        //- models/there.md
                        {% docs b %}not looked for{% enddocs %}
                        """);
        assertThat(workspace.manifest().docBlock("shop", "a")).hasValue("found");
        assertThat(workspace.manifest().docBlock("shop", "b")).isEmpty();
    }

    @Test
    void blocksFollowTheirFiles() {
        Path file = SHOP.path("models/a/about.md");
        ProjectManifest edited =
                SHOP.manifest().withText(file, "{% docs status %}paid{% enddocs %}");
        assertThat(edited.docBlock("shop", "status")).hasValue("paid");
        assertThat(edited.docBlock("shop", "orders")).isEmpty();
        assertThat(edited.withoutFile(file).docBlock("shop", "status")).hasValue("of the package");
        Path added = SHOP.path("seeds/new.md");
        assertThat(
                        edited.withText(added, "{% docs orders %}back{% enddocs %}")
                                .docBlock("shop", "orders"))
                .hasValue("back");
    }
}
