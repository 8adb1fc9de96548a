package dev.dvtls.check.rules;

import dev.dvtls.python.Expr;
import dev.dvtls.python.Parser;
import dev.dvtls.python.Stmt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What to install for a module. The worker's own table, read from its source, so that an editor and
 * a run name the same package.
 */
final class PackageNames {
    private static final String SOURCE = "python/dvt_worker/packages.py";

    private static final class Table {
        static final Map<String, String> NAMES = read();
    }

    private PackageNames() {}

    /** By the longest part of the name that is known; else its first part. */
    static String of(String module) {
        for (String part = module; !part.isEmpty(); part = parent(part)) {
            String name = Table.NAMES.get(part);
            if (name != null) {
                return name;
            }
        }
        return module.split("\\.", 2)[0];
    }

    /** True for a dotted name that a package of its own brings: {@code google.cloud.storage}. */
    static boolean isDistribution(String module) {
        return module.contains(".") && Table.NAMES.containsKey(module);
    }

    private static String parent(String module) {
        return module.substring(0, Math.max(module.lastIndexOf('.'), 0));
    }

    private static Map<String, String> read() {
        Map<String, String> names = new HashMap<>();
        for (Stmt statement : Parser.parse(source()).module().body()) {
            if (statement instanceof Stmt.AnnAssign table
                    && table.target() instanceof Expr.Name name
                    && name.id().equals("_PACKAGES")
                    && table.value() instanceof Expr.Dict dict) {
                for (int i = 0; i < dict.keys().size(); i++) {
                    if (dict.keys().get(i) instanceof Expr.Str key
                            && dict.values().get(i) instanceof Expr.Str value) {
                        names.put(key.value(), value.value());
                    }
                }
            }
        }
        return Map.copyOf(names);
    }

    private static String source() {
        try (InputStream in = PackageNames.class.getClassLoader().getResourceAsStream(SOURCE)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
