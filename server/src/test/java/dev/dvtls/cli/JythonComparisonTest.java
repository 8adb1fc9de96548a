package dev.dvtls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dvtls.python.Interpreters;
import dev.dvtls.python.ParsedFile;
import dev.dvtls.python.Parser;
import dev.dvtls.python.PythonSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.python.antlr.PythonTree;
import org.python.antlr.ast.Attribute;
import org.python.antlr.ast.Call;
import org.python.antlr.ast.FunctionDef;
import org.python.antlr.ast.Name;
import org.python.antlr.ast.Str;
import org.python.antlr.base.expr;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.ParserFacade;
import org.python.core.PyString;

/** On the files that Jython's parser of Python 2.7 accepts, the same functions, calls, strings. */
class JythonComparisonTest {

    @Test
    void theFirstFilesThatJythonAcceptsAreTheSame() throws IOException {
        assertThat(compare(30, 6_000)).isEqualTo(30);
    }

    @Tag("heavy")
    @Test
    void allFilesThatJythonAcceptsAreTheSame() throws IOException {
        assertThat(compare(Integer.MAX_VALUE, 60_000)).isGreaterThan(300);
    }

    private static int compare(int most, int longest) throws IOException {
        int compared = 0;
        for (Path file : Interpreters.files(Interpreters.first().library())) {
            String text = PythonSource.decode(Files.readAllBytes(file)).text();
            // A string of Python 2 counts bytes, and knows no \\u and \\N.
            boolean plain =
                    text.length() < longest
                            && text.chars().allMatch(c -> c < 128)
                            && !text.contains("\\u")
                            && !text.contains("\\U")
                            && !text.contains("\\N");
            ParsedFile parsed = Parser.parse(text);
            if (compared == most || !plain || !parsed.problems().isEmpty()) {
                continue;
            }
            Optional<List<String>> theirs = jython(file, text);
            if (theirs.isPresent()) {
                assertThat(ours(text, parsed)).as(file.toString()).isEqualTo(theirs.get());
                compared++;
            }
        }
        return compared;
    }

    private static Optional<List<String>> jython(Path file, String text) {
        try {
            PythonTree tree =
                    ParserFacade.parse(
                            text, CompileMode.exec, file.toString(), new CompilerFlags());
            List<String> facts = new ArrayList<>();
            collect(tree, facts);
            Collections.sort(facts);
            return Optional.of(facts);
        } catch (RuntimeException rejected) {
            return Optional.empty();
        }
    }

    private static void collect(PythonTree tree, List<String> facts) {
        try {
            new JythonFacts(facts).visit(tree);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class JythonFacts extends org.python.antlr.Visitor {
        private final List<String> facts;

        JythonFacts(List<String> facts) {
            this.facts = facts;
        }

        @Override
        public Object visitFunctionDef(FunctionDef node) throws Exception {
            facts.add("def " + node.getInternalName());
            return super.visitFunctionDef(node);
        }

        @Override
        public Object visitCall(Call node) throws Exception {
            String callee = dotted(node.getInternalFunc());
            int arguments =
                    node.getInternalArgs().size()
                            + node.getInternalKeywords().size()
                            + (node.getInternalStarargs() == null ? 0 : 1)
                            + (node.getInternalKwargs() == null ? 0 : 1);
            if (!callee.equals("print") && !callee.equals("exec")) {
                facts.add("call " + callee + " " + arguments);
            }
            return super.visitCall(node);
        }

        private static String dotted(expr callee) {
            if (callee instanceof Attribute attribute) {
                String inner = dotted(attribute.getInternalValue());
                return inner.equals("?") ? "?" : inner + "." + attribute.getInternalAttr();
            }
            // True, False and None were names in Python 2.
            boolean isName =
                    callee instanceof Name name
                            && !List.of("True", "False", "None").contains(name.getInternalId());
            return isName ? ((Name) callee).getInternalId() : "?";
        }

        @Override
        public Object visitStr(Str node) throws Exception {
            facts.add(
                    "str "
                            + PythonText.ascii(
                                    ((PyString) node.getS()).getString().codePoints().toArray()));
            return super.visitStr(node);
        }
    }

    private static List<String> ours(String text, ParsedFile parsed) {
        List<String> facts = new ArrayList<>();
        for (String fact : SyntaxFacts.of(text, parsed)) {
            String[] words = fact.split(" ", 3);
            switch (words[1]) {
                case "DEF" -> facts.add("def " + words[2].substring(0, words[2].indexOf('(')));
                case "CALL" -> {
                    String[] call = words[2].split(" ");
                    // A statement in Python 2.
                    if (!call[0].equals("print") && !call[0].equals("exec")) {
                        facts.add("call " + call[0] + " " + (call.length - 1));
                    }
                }
                case "STR" -> facts.add("str " + words[2]);
                case "BYTES" -> facts.add("str " + words[2].substring(1));
                default -> {}
            }
        }
        Collections.sort(facts);
        return facts;
    }
}
