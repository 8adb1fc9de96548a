package dev.dvtls.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.testing.Workspace;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedNameTest {
    private static final String PROJECT =
            """
            //- helpers/__init__.py
            LIMIT = 5
            //- helpers/money.py
            import os
            def local():
                def cents(): pass
            class Rate: pass
            try:
                RATES: dict = {}
            except ImportError:
                RATES = None
            def cents(x):
                return x
            //- models/beside.py
            def near(): pass
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "from helpers.money import ce$0nts             | helpers/money.py:cents(x):",
                "from helpers.mon$0ey import cents             | helpers/money.py:import os",
                "from hel$0pers.money import cents             | helpers/__init__.py:LIMIT = 5",
                "from helpers import mon$0ey                   | helpers/money.py:import os",
                "from helpers import LIM$0IT as top            | helpers/__init__.py:LIMIT = 5",
                "from helpers import LIMIT as t$0op            | helpers/__init__.py:LIMIT = 5",
                "from helpers.money import Rate, RA$0TES       | helpers/money.py:RATES: dict = {}",
                "from helpers.money import cents; ce$0nts(1)   | helpers/money.py:cents(x):",
                "from helpers import money as m; m.ce$0nts(1)  | helpers/money.py:cents(x):",
                "from helpers import money as m; $0m.cents(1)  | helpers/money.py:import os",
                "import helpers.mon$0ey                        | helpers/money.py:import os",
                "import helpers.money; helpers.money.Ra$0te()  | helpers/money.py:Rate: pass",
                "import helpers.money as h; h.ce$0nts()        | helpers/money.py:cents(x):",
                "from beside import ne$0ar                     | models/beside.py:near(): pass",
                "from .beside import ne$0ar                    | models/beside.py:near(): pass",
                "from . import besi$0de                        | models/beside.py:def near(): pass",
                "from helpers.money import (ce$0nts            | helpers/money.py:cents(x):",
                "import os$0                                   | ",
                "from helpers.money import no$0ne              | ",
                "from helpers.money import cents; 'ce$0nts'    | ",
                "from helpers.money import cents; x.ce$0nts    | ",
            })
    void leadsTo(String line, String expected) {
        Workspace workspace = Workspace.of(PROJECT + "//- models/here.py\n" + line + "\n");
        Workspace.Cursor cursor = workspace.cursor();
        List<String> found =
                Definition.at(
                                workspace.manifest(),
                                cursor.file(),
                                cursor.offset(),
                                file ->
                                        Files.isRegularFile(file)
                                                ? Optional.of(
                                                        workspace.text(
                                                                workspace
                                                                        .root()
                                                                        .relativize(file)
                                                                        .toString()))
                                                : Optional.empty())
                        .stream()
                        .map(
                                d -> {
                                    String path = workspace.root().relativize(d.file()).toString();
                                    return path
                                            + ":"
                                            + workspace
                                                    .text(path)
                                                    .substring(d.place())
                                                    .lines()
                                                    .findFirst()
                                                    .orElse("");
                                })
                        .toList();
        assertThat(found).isEqualTo(Optional.ofNullable(expected).stream().toList());
    }
}
