package dev.dvtls.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds and reads {@code profiles.yml}. */
public final class ProfileReader {
    /**
     * @param profile empty when there is none of the name, or its file cannot be read
     * @param problems why; none when there is a profile
     */
    public record Result(Optional<Profile> profile, List<FileProblem> problems) {}

    private ProfileReader() {}

    /**
     * Where {@code profiles.yml} is looked for, in order: the option, {@code DVT_PROFILES_DIR},
     * {@code DBT_PROFILES_DIR}, the project, {@code ~/.dvt}, {@code ~/.dbt}.
     */
    public static List<Path> places(
            Optional<Path> profilesDir, Map<String, String> environment, Path project, Path home) {
        LinkedHashSet<Path> places = new LinkedHashSet<>();
        profilesDir.ifPresent(dir -> places.add(dir.toAbsolutePath().normalize()));
        for (String variable : List.of("DVT_PROFILES_DIR", "DBT_PROFILES_DIR")) {
            String dir = environment.getOrDefault(variable, "");
            if (!dir.isBlank()) {
                places.add(Path.of(dir).toAbsolutePath().normalize());
            }
        }
        places.add(project);
        places.add(home.resolve(".dvt"));
        places.add(home.resolve(".dbt"));
        return List.copyOf(places);
    }

    /** Reads the profile of a project, found by the order of {@link #places}. */
    public static Result read(
            Project project, Optional<Path> profilesDir, Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home", "."));
        return read(project, places(profilesDir, environment, project.root(), home));
    }

    static Result read(Project project, List<Path> places) {
        Optional<Path> file =
                places.stream()
                        .map(dir -> dir.resolve("profiles.yml"))
                        .filter(Files::isRegularFile)
                        .findFirst();
        if (file.isEmpty()) {
            String looked = places.stream().map(Path::toString).collect(Collectors.joining(", "));
            return problem(
                    project.file(),
                    "There is no profiles.yml for profile '"
                            + project.profile()
                            + "'. Looked in "
                            + looked
                            + ".");
        }
        FileText read = FileText.read(file.get());
        return read.text()
                .map(text -> read(project, file.get(), text))
                .orElseGet(() -> new Result(Optional.empty(), read.problem().stream().toList()));
    }

    private static Result read(Project project, Path file, String text) {
        YamlText.Result yaml = YamlText.read(file, text);
        if (!yaml.problems().isEmpty()) {
            return new Result(Optional.empty(), yaml.problems());
        }
        Optional<YamlNode> profile = yaml.root().flatMap(root -> root.at(project.profile()));
        if (profile.isEmpty()) {
            List<String> names = new ArrayList<>();
            yaml.root().ifPresent(root -> names.addAll(root.plainMap().keySet()));
            names.remove("config");
            return problem(
                    file,
                    "There is no profile '"
                            + project.profile()
                            + "' here"
                            + (names.isEmpty() ? "." : "; it has " + String.join(", ", names) + ".")
                            + " Check `profile:` in "
                            + project.file().getFileName()
                            + ".");
        }
        Map<String, Profile.Output> outputs = new LinkedHashMap<>();
        if (profile.get().at("outputs").orElse(profile.get()) instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                if (entry.value() instanceof YamlNode.Mapping fields) {
                    String name = entry.key().text();
                    String type = fields.get("type").flatMap(YamlNode::string).orElse("");
                    outputs.put(name, new Profile.Output(name, type, fields.plainMap()));
                }
            }
        }
        if (outputs.isEmpty()) {
            return problem(
                    file,
                    "Profile '"
                            + project.profile()
                            + "' has no outputs. Add `outputs:` with a connection.");
        }
        return new Result(
                Optional.of(
                        new Profile(
                                project.profile(),
                                file,
                                target(profile.get(), outputs),
                                java.util.Collections.unmodifiableMap(outputs))),
                List.of());
    }

    /** dbt's default is {@code default}; where there is but one output, that one is meant. */
    private static String target(YamlNode profile, Map<String, Profile.Output> outputs) {
        return profile.at("target")
                .flatMap(YamlNode::string)
                .orElse(outputs.size() == 1 ? outputs.keySet().iterator().next() : "default");
    }

    private static Result problem(Path file, String message) {
        return new Result(Optional.empty(), List.of(FileProblem.of(file, message)));
    }
}
