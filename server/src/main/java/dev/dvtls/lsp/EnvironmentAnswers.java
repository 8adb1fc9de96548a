package dev.dvtls.lsp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.dvtls.project.Project;
import dev.dvtls.run.Doctor;
import dev.dvtls.run.env.EnvironmentGlance;
import dev.dvtls.run.env.Fix;
import dev.dvtls.run.env.Interpreter;
import java.util.List;
import java.util.Locale;

/** What of the machine runs need, as docs/lsp-extensions.md shapes it. */
final class EnvironmentAnswers {
    private EnvironmentAnswers() {}

    /** What is found without starting anything. */
    static JsonObject glance(Project project, EnvironmentGlance glance) {
        JsonObject json = new JsonObject();
        json.addProperty("project", project.name());
        json.addProperty("root", project.root().toString());
        glance.interpreter().ifPresent(found -> json.add("interpreter", interpreter(found)));
        glance.problem().ifPresent(problem -> json.add("problem", missing(problem)));
        JsonArray missing = new JsonArray();
        glance.missing().forEach(one -> missing.add(missing(one)));
        json.add("missing", missing);
        JsonArray choices = new JsonArray();
        glance.choices().forEach(one -> choices.add(interpreter(one)));
        json.add("choices", choices);
        return json;
    }

    /** The whole report. */
    static JsonObject report(Project project, List<Doctor.Finding> findings) {
        JsonArray items = new JsonArray();
        for (Doctor.Finding finding : findings) {
            JsonObject item = new JsonObject();
            item.addProperty("area", finding.area());
            item.addProperty("name", finding.name());
            item.addProperty("status", word(finding.status()));
            item.addProperty("text", finding.detail());
            finding.fix().ifPresent(fix -> item.add("fix", fix(fix)));
            items.add(item);
        }
        JsonObject json = new JsonObject();
        json.addProperty("project", project.name());
        json.addProperty("root", project.root().toString());
        json.addProperty("ok", isFine(findings));
        json.add("items", items);
        return json;
    }

    static boolean isFine(List<Doctor.Finding> findings) {
        return findings.stream().noneMatch(f -> f.status() == Doctor.Status.FAILED);
    }

    private static JsonObject interpreter(Interpreter found) {
        JsonObject json = new JsonObject();
        json.addProperty("path", found.python().toString());
        found.version().ifPresent(v -> json.addProperty("version", v.toString()));
        json.addProperty("reason", word(found.why()));
        json.addProperty("why", found.why().words());
        json.addProperty("environment", found.isOfEnvironment());
        return json;
    }

    private static JsonObject missing(EnvironmentGlance.Missing missing) {
        JsonObject json = new JsonObject();
        json.addProperty("name", missing.name());
        json.addProperty("text", missing.text());
        json.add("fix", fix(missing.fix()));
        return json;
    }

    private static JsonObject fix(Fix fix) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", word(fix.kind()));
        json.addProperty("title", fix.title());
        if (!fix.argument().isEmpty()) {
            json.addProperty("argument", fix.argument());
        }
        return json;
    }

    /** {@code CREATE_ENVIRONMENT} is {@code createEnvironment}. */
    private static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            word.append(
                    word.isEmpty()
                            ? part
                            : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return word.toString();
    }
}
