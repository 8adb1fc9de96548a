package dev.dvtls.project;

import dev.dvtls.project.YamlKeys.Section;
import dev.dvtls.text.Span;
import java.util.List;

/** A key of a properties file or a project file that needs a second look. */
public sealed interface OddKey {
    /**
     * One that is not known where it stands.
     *
     * @param key as written
     * @param beside all keys of its mapping
     */
    record Unknown(Section section, String key, Span span, List<String> beside) implements OddKey {}

    /**
     * One that stands twice in its mapping; or a column, twice in its list.
     *
     * @param again where it stands for the second time, which is the one that counts
     */
    record Twice(boolean column, String name, Span first, Span again) implements OddKey {}
}
