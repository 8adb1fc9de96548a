package dev.dvtls.editors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Neovim's own client can do beside what the other sessions show. */
@Tag("editor")
class NeovimFeaturesTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void doesAllThatItsClientCan(Neovim neovim) throws Exception {
        List<String> expected =
                new ArrayList<>(
                        List.of(
                                "ok ready",
                                "ok hover",
                                "ok signature help",
                                "ok outline",
                                "ok search of names",
                                "ok what reads it",
                                "ok what it reads",
                                "ok a problem after a face",
                                "ok a fix",
                                "ok all fixes",
                                "ok definition from SQL",
                                "ok references from YAML",
                                "ok completion",
                                "ok lenses",
                                "ok a lens that runs, then tells of it",
                                "ok no formatting"));
        if (neovim == Neovim.NEW) {
            expected.addAll(
                    List.of(
                            "ok inlay hints",
                            "ok semantic tokens",
                            "ok folds",
                            "ok a snippet",
                            "ok completion with fields"));
        }
        expected.add("ok session");
        assertThat(neovim.run(Shop.write().root(), "features.lua", folder)).isEqualTo(expected);
    }
}
