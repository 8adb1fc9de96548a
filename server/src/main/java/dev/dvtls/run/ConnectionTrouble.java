package dev.dvtls.run;

import java.util.regex.Pattern;

/** Tells a connection that cannot be used from data that cannot be transferred. */
final class ConnectionTrouble {
    private static final Pattern SIGNS =
            Pattern.compile(
                    "authentication failed|Access denied|dial tcp|no such host|connection refused"
                            + "|i/o timeout|no pg_hba.conf entry"
                            + "|(database|role) \"[^\"]*\" does not exist",
                    Pattern.CASE_INSENSITIVE);

    private ConnectionTrouble() {}

    /**
     * @param message what the driver said
     * @return the message, and where it is about the connection itself, the output to look at
     */
    static String explained(String message, Connection connection) {
        return SIGNS.matcher(message).find()
                ? message
                        + ". Check the output '"
                        + connection.name()
                        + "' in profiles.yml; `dvt-ls doctor` tries each connection."
                : message;
    }
}
