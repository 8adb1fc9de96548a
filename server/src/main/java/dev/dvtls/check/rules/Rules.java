package dev.dvtls.check.rules;

import java.util.List;

/** Every rule. To add one: write the class, add it here, a code to {@code Code}, and a page. */
public final class Rules {
    private static final List<Rule> ALL =
            List.of(
                    new SyntaxErrors(),
                    new ModelMissing(),
                    new DuplicateModel(),
                    new ModelSignature(),
                    new JinjaInPython(),
                    new UnknownModel(),
                    new UnknownSource(),
                    new UnreadableReference(),
                    new SelfReference(),
                    new Cycle(),
                    new DuplicateNode(),
                    new UnsupportedMaterialization(),
                    new DynamicConfig(),
                    new BadConfig(),
                    new UnknownConfig(),
                    new IncrementalCall(),
                    new ReturnType(),
                    new LostReference(),
                    new UnusedConfig(),
                    new DeprecatedReference(),
                    new UnknownVariable(),
                    new MissingImport(),
                    new UnreferencedTable(),
                    new SessionSqlRules());

    private Rules() {}

    public static List<Rule> all() {
        return ALL;
    }
}
