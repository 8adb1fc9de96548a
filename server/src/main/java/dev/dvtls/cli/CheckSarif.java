package dev.dvtls.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.dvtls.check.Code;
import dev.dvtls.check.Fix;
import dev.dvtls.check.Problem;
import dev.dvtls.check.Severity;
import dev.dvtls.text.LineIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * SARIF 2.1.0. Places are lines and columns from 1, columns in code points. A rule's page travels
 * whole in its metadata.
 */
final class CheckSarif {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String ROOT = "ROOT";

    private final Path here;
    private final Function<Path, String> texts;
    private final List<Code> rules;

    private CheckSarif(Path here, Function<Path, String> texts, List<Code> rules) {
        this.here = here;
        this.texts = texts;
        this.rules = rules;
    }

    static String of(List<Located> located, Path here, Function<Path, String> texts) {
        TreeSet<Code> codes = new TreeSet<>();
        located.forEach(l -> codes.add(l.problem().code()));
        CheckSarif sarif = new CheckSarif(here, texts, List.copyOf(codes));
        return GSON.toJson(sarif.log(located)) + System.lineSeparator();
    }

    private Map<String, Object> log(List<Located> located) {
        Map<String, Object> driver = object("name", "dvt-ls");
        Optional.ofNullable(CheckSarif.class.getPackage().getImplementationVersion())
                .ifPresent(v -> driver.put("version", v));
        driver.put("rules", rules.stream().map(CheckSarif::rule).toList());
        Map<String, Object> run = object("tool", object("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put("originalUriBaseIds", object(ROOT, object("uri", folderUri(here))));
        run.put("results", located.stream().map(this::result).toList());
        Map<String, Object> log = object("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    private static Map<String, Object> rule(Code code) {
        Map<String, Object> rule = object("id", code.id());
        rule.put("shortDescription", text(code.title()));
        page(code)
                .ifPresent(
                        page -> {
                            Map<String, Object> help = text(page);
                            help.put("markdown", page);
                            rule.put("help", help);
                        });
        rule.put("defaultConfiguration", object("level", level(code.severity())));
        return rule;
    }

    /** The rule's page of this version, which the program carries. */
    private static Optional<String> page(Code code) {
        String name = "rules/" + code.id() + ".md";
        try (InputStream page = CheckSarif.class.getClassLoader().getResourceAsStream(name)) {
            return page == null
                    ? Optional.empty()
                    : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> result(Located located) {
        Problem problem = located.problem();
        Map<String, Object> result = object("ruleId", problem.code().id());
        result.put("ruleIndex", rules.indexOf(problem.code()));
        result.put("level", level(problem.severity()));
        result.put(
                "message",
                text(
                        problem.help().isEmpty()
                                ? problem.message()
                                : problem.message() + "\n" + problem.help()));
        result.put("locations", List.of(location(problem.file(), located.place())));
        if (!problem.related().isEmpty()) {
            result.put("relatedLocations", related(problem));
        }
        if (!problem.fixes().isEmpty()) {
            result.put("fixes", problem.fixes().stream().map(f -> fix(f, located)).toList());
        }
        return result;
    }

    private List<Object> related(Problem problem) {
        List<Object> all = new ArrayList<>();
        for (Problem.Related related : problem.related()) {
            LineIndex lines = LineIndex.of(texts.apply(related.file()));
            Map<String, Object> location =
                    location(related.file(), Located.Place.of(related.span(), lines));
            location.put("message", text(related.message()));
            all.add(location);
        }
        return all;
    }

    private Map<String, Object> fix(Fix fix, Located located) {
        List<Object> replacements = new ArrayList<>();
        for (Fix.Edit edit : fix.edits()) {
            Map<String, Object> replacement =
                    object("deletedRegion", region(Located.Place.of(edit.span(), located.lines())));
            if (!edit.newText().isEmpty()) {
                replacement.put("insertedContent", object("text", edit.newText()));
            }
            replacements.add(replacement);
        }
        Map<String, Object> change = object("artifactLocation", artifact(located.problem().file()));
        change.put("replacements", replacements);
        Map<String, Object> all = object("description", text(fix.title()));
        all.put("artifactChanges", List.of(change));
        return all;
    }

    private Map<String, Object> location(Path file, Located.Place place) {
        Map<String, Object> physical = object("artifactLocation", artifact(file));
        physical.put("region", region(place));
        return object("physicalLocation", physical);
    }

    /** Below the working directory as the user names it; else absolute. */
    private Map<String, Object> artifact(Path file) {
        if (!file.startsWith(here)) {
            return object("uri", file.toUri().toString());
        }
        Map<String, Object> artifact = object("uri", relativeUri(file));
        artifact.put("uriBaseId", ROOT);
        return artifact;
    }

    private String relativeUri(Path file) {
        return folderUri(here)
                .relativize(file.toAbsolutePath().toUri())
                .toString()
                .replaceFirst("^(?=[^/]*:)", "./"); // else a colon in a name begins a scheme
    }

    private static java.net.URI folderUri(Path folder) {
        String uri = folder.toUri().toString();
        return java.net.URI.create(uri.endsWith("/") ? uri : uri + "/");
    }

    private static Map<String, Object> region(Located.Place place) {
        Map<String, Object> region = object("startLine", place.line());
        region.put("startColumn", place.column());
        region.put("endLine", place.endLine());
        region.put("endColumn", place.endColumn());
        return region;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFORMATION, HINT -> "note";
        };
    }

    private static Map<String, Object> text(String text) {
        return object("text", text);
    }

    private static Map<String, Object> object(String key, Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(key, value instanceof java.net.URI uri ? uri.toString() : value);
        return object;
    }
}
