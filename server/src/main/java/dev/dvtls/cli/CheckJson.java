package dev.dvtls.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The problems as a JSON array; lines and columns from 1, columns in code points. */
final class CheckJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private CheckJson() {}

    static String of(List<Located> located, Path here, Function<Path, String> texts) {
        return GSON.toJson(located.stream().map(l -> problem(l, here, texts)).toList())
                + System.lineSeparator();
    }

    private static Map<String, Object> problem(
            Located located, Path here, Function<Path, String> texts) {
        Problem problem = located.problem();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", Located.shown(problem.file(), here));
        place(row, located.place());
        row.put("code", problem.code().id());
        row.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        row.put("message", problem.message());
        row.put("help", problem.help());
        row.put("fixes", problem.fixes().stream().map(f -> fix(f, located)).toList());
        row.put("related", problem.related().stream().map(r -> related(r, here, texts)).toList());
        return row;
    }

    private static void place(Map<String, Object> row, Located.Place place) {
        row.put("line", place.line());
        row.put("column", place.column());
        row.put("endLine", place.endLine());
        row.put("endColumn", place.endColumn());
    }

    private static Map<String, Object> fix(Fix fix, Located located) {
        List<Map<String, Object>> edits = new ArrayList<>();
        for (Fix.Edit edit : fix.edits()) {
            Map<String, Object> row = new LinkedHashMap<>();
            place(row, Located.Place.of(edit.span(), located.lines()));
            row.put("newText", edit.newText());
            edits.add(row);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", fix.title());
        all.put("edits", edits);
        return all;
    }

    private static Map<String, Object> related(
            Problem.Related related, Path here, Function<Path, String> texts) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("file", Located.shown(related.file(), here));
        place(
                row,
                Located.Place.of(
                        related.span(), dev.dvtls.text.LineIndex.of(texts.apply(related.file()))));
        row.put("message", related.message());
        return row;
    }
}
