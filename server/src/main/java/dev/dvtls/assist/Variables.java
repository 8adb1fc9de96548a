package dev.dvtls.assist;

import dev.dvtls.project.Project;
import java.util.Map;
import java.util.TreeMap;

/** A project's variables with their values, as text. */
final class Variables {
    private static final int LONGEST = 60;

    private Variables() {}

    /** Those under the project's own name count before the others, as in dbt. */
    static Map<String, String> of(Project project) {
        Map<String, String> all = new TreeMap<>();
        project.vars()
                .forEach(
                        (name, value) -> {
                            if (!name.equals(project.name()) || !(value instanceof Map<?, ?>)) {
                                all.put(name, shown(value));
                            }
                        });
        if (project.vars().get(project.name()) instanceof Map<?, ?> own) {
            own.forEach((name, value) -> all.put(String.valueOf(name), shown(value)));
        }
        return all;
    }

    private static String shown(Object value) {
        String text = value.toString().replaceAll("\\s+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
