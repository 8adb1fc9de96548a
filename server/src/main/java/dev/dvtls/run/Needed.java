package dev.dvtls.run;

import dev.dvtls.manifest.Manifest;
import dev.dvtls.manifest.Node;
import dev.dvtls.manifest.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a worker asks for by its name. Pure. */
sealed interface Needed {
    record Found(Node node) implements Needed {}

    /**
     * @param code {@code DVT120} or {@code DVT121}
     */
    record Refused(String code, String message) implements Needed {}

    /** A node of the project, or why there is none, in the words of the model's language. */
    static Needed of(Manifest manifest, Node model, WorkerMessage.Need need) {
        List<String> args = need.args();
        String dbt = model.isPython() ? "dbt." : "";
        String code = need.source() ? "DVT121" : "DVT120";
        Reference.Target target;
        if (need.source() && args.size() == 2) {
            target = new Reference.SourceTarget(args.get(0), args.get(1));
        } else if (!need.source() && (args.size() == 1 || args.size() == 2)) {
            target =
                    new Reference.ModelTarget(
                            args.size() == 2 ? Optional.of(args.get(0)) : Optional.empty(),
                            args.get(args.size() - 1),
                            need.version());
        } else {
            return new Refused(
                    code,
                    need.source()
                            ? dbt + "source() takes two names: the source and its table."
                            : dbt + "ref() takes one name, or a package and a name.");
        }
        Manifest.Resolution resolution = own(manifest, model, target);
        if (!(resolution instanceof Manifest.Found found)) {
            return new Refused(code, notFound(manifest, model, need, target, resolution));
        }
        if (found.node().uniqueId().equals(model.uniqueId())) {
            return new Refused(
                    code,
                    what(model)
                            + " cannot read itself with "
                            + dbt
                            + "ref(): its previous result is "
                            + (model.isPython()
                                    ? Relations.view(model) + " in the session."
                                    : "{{ this }}."));
        }
        return new Found(found.node());
    }

    /** A package's model means its own package first. */
    private static Manifest.Resolution own(Manifest manifest, Node model, Reference.Target target) {
        if (target instanceof Reference.ModelTarget named
                && named.packageName().isEmpty()
                && !model.packageName().equals(manifest.project().name())) {
            Reference.ModelTarget own =
                    new Reference.ModelTarget(
                            Optional.of(model.packageName()), named.name(), named.version());
            if (manifest.resolve(own) instanceof Manifest.Found found) {
                return found;
            }
        }
        return manifest.resolve(target);
    }

    private static String notFound(
            Manifest manifest,
            Node model,
            WorkerMessage.Need need,
            Reference.Target target,
            Manifest.Resolution resolution) {
        String dbt = model.isPython() ? "dbt." : "";
        String call =
                dbt
                        + (need.source() ? "source(" : "ref(")
                        + need.args().stream()
                                .map(a -> "'" + a + "'")
                                .collect(Collectors.joining(", "))
                        + ")";
        List<String> nearest = manifest.nearest(target);
        String reason =
                resolution instanceof Manifest.Disabled ? " is disabled." : " target not found.";
        String guess = nearest.isEmpty() ? "" : " Did you mean " + String.join(", ", nearest) + "?";
        return what(model)
                + ": "
                + call
                + reason
                + guess
                + (need.source()
                        ? " Check the source name and table in "
                                + dbt
                                + "source(). Verify sources.yml."
                        : " Check the model name in "
                                + dbt
                                + "ref(). Run dvt-ls list to see available models.");
    }

    private static String what(Node model) {
        return (model.isPython() ? "Python model '" : "SQL model '") + model.name() + "'";
    }
}
