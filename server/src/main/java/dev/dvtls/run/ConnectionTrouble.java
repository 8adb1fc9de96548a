package dev.dvtls.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to do about a database's refusal: to its one useful line, the next step. In the order of the
 * constants, the first that fits.
 */
enum ConnectionTrouble {
    TOO_MANY(
            "too many clients|too many connections|remaining connection slots",
            "The server lets no more connections in: wait, close some, or run with fewer"
                    + " --threads."),
    DATABASE_RIGHT(
            "access denied for user .* to database",
            "The database is not there, or its user may not use it: check the output '%s' in"
                    + " profiles.yml, or ask for the right."),
    PASSWORD(
            "authentication failed|access denied for user|login failed|ORA-01017"
                    + "|incorrect username or password|(user|role) \"[^\"]*\" does not exist",
            "Check user and password of the output '%s' in profiles.yml, and the variable they come"
                    + " from, if one does."),
    NO_DATABASE(
            "database \"[^\"]*\" does not exist|unknown database|cannot open database",
            "Create the database, or mend its name: the output '%s' in profiles.yml has it."),
    NOT_LET_IN(
            "no pg_hba.conf entry|is not allowed to connect",
            "The server does not let this user in from this machine: ask its administrator, or try"
                    + " sslmode: require in the output '%s' of profiles.yml."),
    TLS(
            "ssl is not enabled|certificate|tls: |ssl connection|x509",
            "Check the TLS settings (sslmode and its files) of the output '%s' in profiles.yml."),
    NO_FILE("there is no file ", "Check path of the output '%s' in profiles.yml."),
    NO_HOST(
            "no such host|name or service not known|could not translate host name",
            "Check host of the output '%s' in profiles.yml, and the network (a VPN?)."),
    REFUSED(
            "connection refused",
            "Nothing listens there: check that the server runs, and host and port of the output"
                    + " '%s' in profiles.yml."),
    NO_ANSWER(
            "i/o timeout|connection timed out|no route to host|network is unreachable"
                    + "|took longer than \\d+ s",
            "The server does not answer: check host and port of the output '%s' in profiles.yml,"
                    + " and the network (a VPN, a firewall?)."),
    LOST(
            "connection reset|broken pipe|bad connection|unexpected EOF|server closed the"
                    + " connection|terminating connection|server has gone away|invalid connection",
            "The connection broke off: the server restarted, or something ended it. Run it again."),
    NO_SPACE(
            "no space left on device|could not extend file|disk full|disk quota"
                    + "|database or disk is full|the table '[^']*' is full",
            "Free some space and run it again; what is on the target is as it was."),
    READ_ONLY(
            "read-only file system|read-only transaction|attempt to write a readonly database"
                    + "|opened in read-only mode|--read-only option",
            "The output '%s' cannot be written to: choose another --target, or make its place"
                    + " writable."),
    SCHEMA_RIGHT(
            "permission denied for (schema|database) (?<what>\\S+)",
            "Ask its owner for the right (PostgreSQL: grant ${rights} on ${kind} ${what} to"
                    + " ${user}), or set another schema in the output '%s' of profiles.yml."),
    TABLE_RIGHT(
            "permission denied for (table|view|relation|sequence) "
                    + "|must be owner of (table|view|relation) "
                    + "|command denied to user",
            "The user of the output '%s' lacks a right there: ask the owner to grant it (to read:"
                    + " select; to load: to own the table, or select, insert, update and delete)."),
    FILE_RIGHT(
            "permission denied|access is denied|unable to open database file"
                    + "|cannot open file|could not be made",
            "Check that the file of the output '%s' is where profiles.yml says, and that it and its"
                    + " folder may be written."),
    NOT_A_DATABASE(
            "not a valid DuckDB database file|file is not a database",
            "Check path of the output '%s' in profiles.yml: that file is something else.");

    private final Pattern signs;
    private final String advice;

    ConnectionTrouble(String signs, String advice) {
        this.signs = Pattern.compile(signs, Pattern.CASE_INSENSITIVE);
        this.advice = advice;
    }

    /**
     * @param message what the driver said
     * @return the message, and what to do where that is known
     */
    static String explained(String message, Connection connection) {
        Optional<ConnectionTrouble> trouble = of(message);
        if (trouble.isEmpty()) {
            return message;
        }
        String said = message.endsWith(".") ? message : message + ".";
        String tries =
                trouble.get().isAboutConnecting()
                        ? " `dvt-ls doctor --target " + connection.name() + "` tries it."
                        : "";
        return said + " " + trouble.get().step(message, connection) + tries;
    }

    static Optional<ConnectionTrouble> of(String message) {
        return Arrays.stream(values()).filter(t -> t.signs.matcher(message).find()).findFirst();
    }

    private boolean isAboutConnecting() {
        return switch (this) {
            case DATABASE_RIGHT,
                    PASSWORD,
                    NO_DATABASE,
                    NOT_LET_IN,
                    TLS,
                    NO_HOST,
                    REFUSED,
                    NO_ANSWER ->
                    true;
            default -> false;
        };
    }

    private String step(String message, Connection connection) {
        String text = advice.replace("%s", connection.name());
        if (this != SCHEMA_RIGHT) {
            return text;
        }
        Matcher found = signs.matcher(message);
        boolean there = found.find();
        Object user = connection.fields().get("user");
        String kind = there ? found.group(1).toLowerCase(Locale.ROOT) : "schema";
        return text.replace("${rights}", kind.equals("schema") ? "usage, create" : "create")
                .replace("${kind}", kind)
                .replace("${what}", there ? found.group("what").replaceFirst("[.,;]$", "") : "...")
                .replace("${user}", user == null ? "the user" : user.toString());
    }
}
