package dev.dvtls.run.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.Load;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A frame with a column of each type. A case is a list: a type; what it comes back as where that is
 * another one, else nothing; values, a comma between them.
 */
final class TypeCases {
    private TypeCases() {}

    static String select(List<List<String>> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> "unnest([" + values(types.get(i)) + "]) as v" + i)
                .collect(Collectors.joining(", ", "select ", ", unnest(range(8)) as row"));
    }

    /** Those of a target that has every type itself. */
    static List<List<String>> same(List<List<String>> types) {
        return types.stream().map(type -> List.of(type.get(0), "", type.get(2))).toList();
    }

    static void assertKept(List<List<String>> types, Frames frames, Load load, Extracted back)
            throws Exception {
        assertThat(back.rows()).isEqualTo(load.rows());
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i).get(0);
            String of = "select v" + i + " from $1 order by row";
            assertThat(frames.rows(of, back.parquet()))
                    .as(type)
                    .isEqualTo(frames.rows(of, load.parquet()));
            String after = types.get(i).get(1);
            assertThat(back.columns().get(i).type()).isEqualTo(after.isEmpty() ? type : after);
        }
    }

    private static String values(List<String> type) {
        return Arrays.stream(type.get(2).split(",\\s*(?![^{\\[]*[}\\]])"))
                .map(value -> "cast(" + value + " as " + type.get(0) + ")")
                .collect(Collectors.joining(", "));
    }
}
