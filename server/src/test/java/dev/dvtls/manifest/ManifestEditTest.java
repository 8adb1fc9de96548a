package dev.dvtls.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.project.PropertiesReader;
import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestEditTest {
    private static final Workspace EMPTY = Workspace.of("//- models/.keep\n");

    /** What a manifest says, in full. */
    private static String picture(ProjectManifest manifest) {
        StringBuilder picture = new StringBuilder();
        for (Node node : manifest.nodes()) {
            picture.append(node)
                    .append("\n  read by ")
                    .append(manifest.readersOf(node.uniqueId()))
                    .append(" cycle ")
                    .append(manifest.cycleThrough(node.uniqueId()).size())
                    .append(" named at ")
                    .append(manifest.occurrences(new Occurrence.OfNode(node.uniqueId())))
                    .append('\n');
        }
        manifest.duplicates()
                .forEach(group -> picture.append(group.stream().map(Node::file).toList()));
        for (String name : List.of("a", "b", "c", "d")) {
            picture.append(manifest.resolve(Reference.ModelTarget.of(name)))
                    .append(manifest.resolve(new Reference.SourceTarget("s", name)))
                    .append(manifest.resolve(new Reference.SessionTable("s__" + name)));
        }
        picture.append(manifest.nearest(Reference.ModelTarget.of("ab")))
                .append(manifest.nearest(new Reference.SourceTarget("s", "ab")))
                .append(manifest.nearest(new Reference.SessionTable("s__ab")))
                .append(manifest.occurrences(new Occurrence.OfSource("shop", "s")));
        return picture.append(manifest.problems()).append(manifest.files()).toString();
    }

    /** Any sequence of edits ends where reading the last state anew ends. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void editsEndWhereAFreshStartEnds(long seed) {
        Random random = new Random(seed);
        ProjectManifest edited = EMPTY.manifest();
        Map<Path, String> files = new TreeMap<>();
        for (int step = 0; step < 120; step++) {
            Path path = EMPTY.path(anyPath(random));
            if (random.nextInt(4) == 0) {
                files.remove(path);
                edited = edited.withoutFile(path);
            } else {
                String text = anyText(random, path.toString());
                files.put(path, text);
                edited = edited.withText(path, text);
            }
            if (step % 5 != 0) {
                continue;
            }
            ProjectManifest fresh = EMPTY.manifest();
            for (Map.Entry<Path, String> file : files.entrySet()) {
                fresh = fresh.withText(file.getKey(), file.getValue());
            }
            assertThat(picture(edited))
                    .as("step %d of seed %d", step, seed)
                    .isEqualTo(picture(fresh));
        }
    }

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String anyPath(Random random) {
        String name = any(random, List.of("a", "b", "c", "d", "a_v1", "a_v2"));
        return any(
                random,
                List.of(
                        "models/" + name + ".sql",
                        "models/" + name + ".py",
                        "models/sub/" + name + ".sql",
                        "seeds/" + name + ".csv",
                        "snapshots/" + name + ".sql",
                        "models/" + any(random, List.of("x", "y")) + ".yml"));
    }

    private static String anyText(Random random, String path) {
        String name = any(random, List.of("a", "b", "c", "d"));
        String other = any(random, List.of("a", "b", "c", "d"));
        if (path.endsWith(".yml")) {
            return any(
                            random,
                            List.of(
                                    "sources: [{name: s, tables: [{name: %s}, {name: %s}]}]",
                                    "models: [{name: %s, config: {enabled: false}}, {name: %s}]",
                                    "models: [{name: %s, description: hello %s}]",
                                    "models: [{name: a, versions: [{v: 1}, {v: 2, defined_in:"
                                            + " %s}]}] #%s",
                                    "snapshots: [{name: %s, config: {tags: [%s]}}]",
                                    "snapshots: [{name: %s, relation: \"ref('%s')\"}]",
                                    "snapshots: [{name: %s, relation: \"source('s', '%s')\"}]",
                                    "sources: [{name: s}] # %s %s",
                                    "exposures: [{a: \"ref('%s')\", b: \"source('s', '%s')\"}]",
                                    "sources: [ # %s %s"))
                    .formatted(name, other);
        } else if (path.endsWith(".py")) {
            return """
            def model(dbt, session):
                dbt.ref('%s')
                return session.sql('select * from s__%s, __model__%s')
            """
                    .formatted(name, other, any(random, List.of("a", "b")));
        } else if (path.contains("snapshots")) {
            return "{%% snapshot %s %%} select * from {{ ref('%s') }} {%% endsnapshot %%}"
                    .formatted(name, other);
        }
        return any(
                random,
                List.of(
                        "select * from {{ ref('"
                                + name
                                + "') }}, {{ source('s', '"
                                + other
                                + "') }}",
                        "{{ config(enabled=false) }} {{ ref('" + name + "') }}",
                        "{{ ref('" + name + "', v=1) }} {{ ref('shop', '" + other + "') }}",
                        "{{ config(tags='t') }} select 1"));
    }

    private static ProjectManifest chain(int length) {
        StringBuilder properties = new StringBuilder("models:\n");
        ProjectManifest manifest = EMPTY.manifest();
        for (int i = 0; i < length; i++) {
            manifest = manifest.withText(model(i), reads(i == 0 ? "start" : "m" + (i - 1)));
            properties.append("  - name: m").append(i).append('\n');
        }
        return manifest.withText(EMPTY.path("models/all.yml"), properties.toString());
    }

    private static Path model(int i) {
        return EMPTY.path("models/m" + i + ".sql");
    }

    private static String reads(String name) {
        return "select * from {{ ref('" + name + "') }}";
    }

    /** Files and nodes looked at by one edit, and 1 where all names are looked at again. */
    private static List<Integer> work(ProjectManifest manifest, Path file, String text) {
        List<ManifestEdit> edits = new ArrayList<>();
        manifest.changed(
                edit -> {
                    edits.add(edit);
                    edit.put(
                            file.toString().endsWith(".yml")
                                    ? SourceFile.Properties.of(PropertiesReader.read(file, text))
                                    : new SourceFile.Model(SqlModelReader.read(file, text)),
                            List.of());
                });
        ManifestEdit edit = edits.get(0);
        return List.of(edit.redefined(), edit.linked(), edit.keepsNames() ? 0 : 1);
    }

    @Test
    void anEditCostsTheSameInASmallProjectAndALargeOne() {
        for (int length : List.of(10, 1000)) {
            ProjectManifest manifest = chain(length);
            assertThat(work(manifest, model(5), reads("m4") + " -- a comment"))
                    .as("a keystroke that changes no declaration")
                    .isEqualTo(List.of(0, 0, 0));
            assertThat(work(manifest, model(5), reads("m3")))
                    .as("another upstream")
                    .isEqualTo(List.of(1, 1, 0));
            assertThat(work(manifest, model(5), "{{ config(enabled=false) }}"))
                    .as("switched off: the node and its one reader")
                    .isEqualTo(List.of(1, 2, 1));
            assertThat(work(manifest, EMPTY.path("models/start.sql"), "select 1"))
                    .as("a new file: the node and the one that waited for it")
                    .isEqualTo(List.of(1, 2, 1));
            assertThat(
                            work(
                                    manifest,
                                    EMPTY.path("models/more.yml"),
                                    "models: [{name: m7, description: x}]"))
                    .as("properties of one model")
                    .isEqualTo(List.of(2, 0, 0)); // all.yml comes first and already speaks of m7
        }
    }

    @Test
    void whatAnEditDoesNotTouchIsTheSameObject() {
        ProjectManifest before = chain(20);
        ProjectManifest after = before.withText(model(5), reads("m4") + " -- a comment");
        assertThat(after.nodes()).isSameAs(before.nodes());
        assertThat(after.file(model(5)).orElseThrow().text()).endsWith("comment");
        assertThat(before.file(model(5)).orElseThrow().text()).doesNotContain("comment");
        ProjectManifest other = before.withText(model(5), reads("m3"));
        assertThat(other.node("model.shop.m6").orElseThrow())
                .isSameAs(before.node("model.shop.m6").orElseThrow());
    }

    @Test
    void longChainsAndLongCyclesAreFine() {
        ProjectManifest chain = chain(3000);
        assertThat(chain.cycleThrough("model.shop.m2999")).isEmpty();
        ProjectManifest circle = chain.withText(model(0), reads("m2999"));
        assertThat(circle.cycleThrough("model.shop.m17"))
                .hasSize(3000)
                .startsWith("model.shop.m17", "model.shop.m16");
    }

    @Test
    void namesOfAFileThatIsBeingTypedStayThere() {
        Workspace workspace =
                Workspace.of(
                        """
                        //- models/a.sql
                        select 1 from {{ source('s', 't') }}
                        //- models/good.yml
                        models: [{name: a, description: good}]
                        //- models/early.yml
                        models:
                          - name: a
                            description: guessed
                        """);
        Path sources = workspace.path("models/sources.yml");
        String text = "sources:\n  - name: s\n    tables:\n      - name: t\n";
        ProjectManifest manifest = workspace.manifest().withText(sources, text);
        Reference.Target table = new Reference.SourceTarget("s", "t");
        for (String more :
                List.of("      - na", "        columns: [", "        x: 'y", "  - :x: ]")) {
            ProjectManifest typed = manifest.withText(sources, text + more);
            assertThat(typed.resolve(table)).as(more).isInstanceOf(Manifest.Found.class);
            assertThat(typed.readersOf("source.shop.s.t")).containsExactly("model.shop.a");
        }
        // What is guessed counts after what is written well.
        ProjectManifest broken =
                manifest.withText(
                        workspace.path("models/early.yml"),
                        workspace.text("models/early.yml") + "    x: [");
        assertThat(broken.node("model.shop.a").orElseThrow().description()).isEqualTo("good");
    }
}
