package dev.dvtls.cli;

import dev.dvtls.run.Debugging;
import dev.dvtls.run.RunEvent;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code --debug-port}: what it asks for, and what is said while nobody has connected. A picocli
 * mixin.
 */
public final class DebugPort {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--debug-port",
            paramLabel = "PORT",
            description =
                    "Debug the Python model that is selected: it waits for a client of the Debug"
                            + " Adapter Protocol on this port of 127.0.0.1 (0: any free one).")
    private Optional<Integer> port = Optional.empty();

    Optional<Debugging> asked() {
        if (port.isPresent() && !Debugging.isPort(port.get())) {
            throw new ParameterException(
                    command.commandLine(), "--debug-port takes a port, 0 to 65535: 5678");
        }
        return port.map(number -> new Debugging(Debugging.Way.LISTEN, number));
    }

    static Consumer<RunEvent> awaited(PrintWriter err) {
        return event -> {
            if (event instanceof RunEvent.DebuggerAwaited e) {
                err.println(
                        RunText.name(e.model())
                                + " waits for a debugger on 127.0.0.1:"
                                + e.port()
                                + " (Ctrl+C ends the run)");
                err.flush();
            }
        };
    }
}
