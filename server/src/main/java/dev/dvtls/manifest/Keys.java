package dev.dvtls.manifest;

import dev.dvtls.project.PropertiesFile.Section;
import java.util.Locale;

/** Keys of the manifest's indexes. A NUL, which no name holds, parts the names of one key. */
final class Keys {
    static final String REF = "ref\0";
    static final String SOURCE_NAME = "source-name\0";
    static final String TABLE = "table\0";
    static final String SESSION = "session\0";
    private static final String DOC = "doc\0";
    private static final String ID = "id\0";

    private Keys() {}

    static String ref(String name) {
        return REF + name;
    }

    static String id(String uniqueId) {
        return ID + uniqueId;
    }

    static String sourceName(String source) {
        return SOURCE_NAME + source;
    }

    static String table(String source, String table) {
        return TABLE + source + "\0" + table;
    }

    /** DuckDB compares names without case. */
    static String session(String name) {
        return SESSION + name.toLowerCase(Locale.ROOT);
    }

    static String doc(String block) {
        return DOC + block;
    }

    static String target(Reference.Target target) {
        if (target instanceof Reference.ModelTarget model) {
            return ref(model.name());
        } else if (target instanceof Reference.SourceTarget source) {
            return table(source.source(), source.table());
        }
        return session(((Reference.SessionTable) target).name());
    }

    /** Where properties of a name meet the file of that name. */
    static String properties(Section section, String packageName, String name) {
        return section + "\0" + packageName + "\0" + name;
    }
}
