package dev.dvtls.check.rules;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import dev.dvtls.manifest.Reference.ModelTarget;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * deprecated-ref: a reference to a model whose {@code deprecation_date} has passed; dbt warns of it
 * when it runs.
 */
final class DeprecatedReference implements Rule {
    /** What dbt takes: a date, perhaps with a time, perhaps with an offset from UTC. */
    private static final Pattern DATE =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})"
                            + "(?:(?:[Tt]|\\s+)(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?"
                            + "\\s*([Zz]|[+-]\\d{2}(?::?\\d{2})?)?");

    @Override
    public void check(CheckedFile file, Consumer<Problem> found) {
        for (ZonedDateTime now : file.outside().now().stream().toList()) {
            for (Reference reference : file.model().references()) {
                if (file.manifest().resolve(reference.target()) instanceof Manifest.Found read
                        && isPast(read.node(), now)) {
                    found.accept(finding(file, reference, read.node(), now).problem());
                }
            }
        }
    }

    private static boolean isPast(Node node, ZonedDateTime now) {
        return node.deprecationDate()
                .flatMap(written -> time(written, now.getZone()))
                .filter(then -> then.isBefore(now))
                .isPresent();
    }

    /**
     * @param here the zone of a time without an offset
     * @return empty for what is no date: dbt will say so
     */
    private static Optional<ZonedDateTime> time(String written, ZoneId here) {
        Matcher parts = DATE.matcher(written.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(parts.group(1));
            LocalDateTime time =
                    parts.group(2) == null
                            ? date.atStartOfDay()
                            : LocalDateTime.parse(parts.group(1) + "T" + parts.group(2));
            ZoneId zone = parts.group(3) == null ? here : ZoneOffset.of(parts.group(3).strip());
            return Optional.of(time.atZone(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Finding finding(
            CheckedFile file, Reference reference, Node node, ZonedDateTime now) {
        String name = "'" + node.name() + "'" + node.version().map(v -> " version " + v).orElse("");
        return Finding.of(
                        file,
                        Code.DEPRECATED_REF,
                        References.last(reference),
                        "The model "
                                + name
                                + " is deprecated since "
                                + node.deprecationDate().orElse("").strip()
                                + ".")
                .help(
                        latest(file, node, now)
                                .map(v -> "Version " + v + " is the latest: read that one.")
                                .orElse("Read what has taken its place."));
    }

    /** The version to read instead. */
    private static Optional<String> latest(CheckedFile file, Node node, ZonedDateTime now) {
        ModelTarget any =
                new ModelTarget(Optional.of(node.packageName()), node.name(), Optional.empty());
        return file.manifest().resolve(any) instanceof Manifest.Found found
                        && !found.node().uniqueId().equals(node.uniqueId())
                        && !isPast(found.node(), now)
                ? found.node().version()
                : Optional.empty();
    }
}
