package dev.dvtls.python;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.python.antlr.base.mod;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.ParserFacade;

/**
 * Measures parsers on the same files, warm, on one thread, in alternating rounds, so that a machine
 * that is busy for a while is busy for all of them.
 *
 * <p>usage: ParseBench ROUNDS PYTHON SCRIPT LABEL LISTFILE...
 */
public final class ParseBench {
    private static int sink;

    private ParseBench() {}

    private record Source(Path path, String text, long bytes) {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        System.out.printf(
                "%-18s %14s %14s %14s %18s%n",
                "", "dvt-ls", "CPython ast", "Jython", "dvt-ls / CPython");
        for (int i = 3; i + 1 < args.length; i += 2) {
            measure(rounds, args[1], args[2], args[i], Path.of(args[i + 1]));
        }
        if (sink == 0) {
            throw new IllegalStateException("Nothing was parsed.");
        }
    }

    private static void measure(int rounds, String python, String script, String label, Path list)
            throws Exception {
        List<Source> sources = new ArrayList<>();
        long bytes = 0;
        for (String line : Files.readAllLines(list)) {
            byte[] content = Files.readAllBytes(Path.of(line));
            String text = new String(content, StandardCharsets.UTF_8);
            sources.add(new Source(Path.of(line), text, content.length));
            bytes += content.length;
        }
        Process cpython =
                new ProcessBuilder(python, script, list.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (PrintWriter go =
                        new PrintWriter(cpython.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader answer =
                        new BufferedReader(
                                new InputStreamReader(
                                        cpython.getInputStream(), StandardCharsets.UTF_8))) {
            ours(sources);
            ours(sources);
            double[] our = new double[rounds];
            double[] theirs = new double[rounds];
            double[] ourWork = new double[rounds];
            double[] theirWork = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                long before = processorNanos();
                our[i] = ours(sources);
                ourWork[i] = (processorNanos() - before) / 1e9;
                go.println("go");
                String[] seconds = answer.readLine().split(" ");
                theirs[i] = Double.parseDouble(seconds[0]);
                theirWork[i] = Double.parseDouble(seconds[1]);
            }
            go.println("end");
            double[] jython = jython(sources);
            double megabytes = bytes / 1e6;
            double us = megabytes / median(our);
            double them = megabytes / median(theirs);
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %9.1f MB/s %9.1f MB/s %9.2f MB/s %17.1fx%n",
                    label,
                    us,
                    them,
                    jython[0] / 1e6 / jython[1],
                    us / them);
            System.out.printf(
                    Locale.ROOT,
                    "  %d files, %.1f MB; Jython accepts %d of those tried%n",
                    sources.size(),
                    megabytes,
                    (int) jython[2]);
            System.out.printf(
                    Locale.ROOT,
                    "  per second of processor time, garbage collection included: %.1f and %.1f"
                            + " MB/s, %.1fx%n",
                    megabytes / median(ourWork),
                    megabytes / median(theirWork),
                    median(theirWork) / median(ourWork));
            System.out.printf(
                    Locale.ROOT,
                    "  best rounds: %.1f and %.1f MB/s%n",
                    megabytes / best(our),
                    megabytes / best(theirs));
        }
        cpython.waitFor();
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double ours(List<Source> sources) {
        long start = System.nanoTime();
        for (Source source : sources) {
            sink += Parser.parse(source.text()).module().body().size();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Bytes, seconds and number of the files that Jython accepts: it knows Python 2.7 only. */
    private static double[] jython(List<Source> sources) {
        CompilerFlags flags = new CompilerFlags();
        flags.source_is_utf8 = true;
        double[] result = new double[3];
        for (Source source : sources.subList(0, Math.min(sources.size(), 400))) {
            long start = System.nanoTime();
            try {
                mod tree =
                        ParserFacade.parse(
                                source.text(), CompileMode.exec, source.path().toString(), flags);
                sink += tree.hashCode();
                result[0] += source.bytes();
                result[1] += (System.nanoTime() - start) / 1e9;
                result[2]++;
            } catch (RuntimeException rejected) {
                sink++;
            }
        }
        return result;
    }

    private static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double best(double[] seconds) {
        return Arrays.stream(seconds).min().orElseThrow();
    }
}
