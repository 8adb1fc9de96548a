package dev.dvtls.run.env;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions that {@code env create} installs: {@code pins.json}. */
record Pins(Map<String, List<String>> tools, Map<String, List<String>> models) {
    private static final String ALL = "all";

    static Pins read() {
        try (InputStream in = Objects.requireNonNull(Pins.class.getResourceAsStream("pins.json"))) {
            return new Gson()
                    .fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), Pins.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine's tools; empty: there is no Sling for the platform. */
    Optional<List<String>> tools(Machine machine) {
        return Optional.ofNullable(tools.get(machine.platform()))
                .map(
                        own ->
                                Stream.concat(
                                        tools.getOrDefault(ALL, List.of()).stream(), own.stream()))
                .map(Stream::toList);
    }

    /** The packages of models: of the newest line that is not above the version. */
    List<String> models(PythonVersion version) {
        List<String> own =
                models.keySet().stream()
                        .filter(key -> !key.equals(ALL))
                        .flatMap(key -> PythonVersion.in(key).stream())
                        .filter(key -> key.compareTo(version) <= 0)
                        .max(PythonVersion::compareTo)
                        .map(key -> models.getOrDefault(key.toString(), List.of()))
                        .orElse(List.of());
        return Stream.concat(models.getOrDefault(ALL, List.of()).stream(), own.stream()).toList();
    }
}
