package dev.dvtls.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
    private static final Workspace SHOP =
            Workspace.of(
                    """
                    //- profiles.yml
                    config: {send_anonymous_usage_stats: false}
                    shop:
                      target: dev
                      outputs:
                        dev: {type: duckdb, path: shop.duckdb}
                        ops:
                          type: postgres
                          port: 5432
                          password: "{{ env_var('PW') }}"
                    single:
                      outputs:
                        only: {type: sqlite}
                    empty:
                      target: dev
                    //- dvt/profiles.yml
                    shop: {target: t, outputs: {t: {type: mysql, password: secret}}}
                    //- broken/profiles.yml
                    shop: [
                    """);

    private static ProfileReader.Result read(String profile, String... places) {
        Project project =
                ProjectReader.read(SHOP.path("dbt_project.yml"), "name: shop\nprofile: " + profile)
                        .layout()
                        .project();
        return ProfileReader.read(
                project, java.util.Arrays.stream(places).map(SHOP::path).toList());
    }

    @Test
    void readsOutputsOfSeveralTypes() {
        Profile profile = read("shop", "").profile().orElseThrow();
        assertThat(profile.target()).isEqualTo("dev");
        assertThat(profile.outputs()).containsOnlyKeys("dev", "ops");
        Profile.Output ops = List.copyOf(profile.outputs().values()).get(1);
        assertThat(ops.type()).isEqualTo("postgres");
        assertThat(ops.fields())
                .containsEntry("port", 5432L)
                .containsEntry("password", "{{ env_var('PW') }}");
        assertThat(profile.toString()).doesNotContain("PW");
        assertThat(read("single", "").profile().orElseThrow().target()).isEqualTo("only");
    }

    @Test
    void takesTheFirstFileFound() {
        assertThat(read("shop", "nowhere", "dvt", "").profile().orElseThrow().target())
                .isEqualTo("t");
    }

    @Test
    void looksInTheOrderOfTheSpecification() {
        Path project = Path.of("/p");
        Path home = Path.of("/home/u");
        assertThat(
                        ProfileReader.places(
                                Optional.of(Path.of("/opt")),
                                Map.of("DVT_PROFILES_DIR", "/dvt", "DBT_PROFILES_DIR", "/dbt"),
                                project,
                                home))
                .isEqualTo(
                        List.of(
                                Path.of("/opt"),
                                Path.of("/dvt"),
                                Path.of("/dbt"),
                                project,
                                Path.of("/home/u/.dvt"),
                                Path.of("/home/u/.dbt")));
        assertThat(ProfileReader.places(Optional.empty(), Map.of(), project, home))
                .startsWith(project)
                .hasSize(3);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(read("nope", "").problems().get(0).message())
                .contains("no profile 'nope'")
                .contains("shop, single, empty")
                .contains("dbt_project.yml");
        assertThat(read("empty", "").problems().get(0).message()).contains("no outputs");
        assertThat(read("shop", "nowhere").problems().get(0).message())
                .contains("no profiles.yml")
                .contains("nowhere");
        assertThat(read("shop", "broken").problems().get(0).line()).isEqualTo(2);
        assertThat(read("shop", "broken").profile()).isEmpty();
    }
}
