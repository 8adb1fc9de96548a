package dev.dvtls.assist;

import dev.dvtls.check.Code;
import dev.dvtls.check.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The package that brings a module which the models' interpreter does not have. */
public final class MissingPackage {
    /** The specification's sentence, of checks and runs alike, ends in what to install. */
    private static final Pattern INSTALL = Pattern.compile("pip install (\\S+?)\\.?(?=\\s|$)");

    private static final Pattern NAME =
            Pattern.compile(
                    "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\\[[A-Za-z0-9,._-]+\\])?");

    /** What pip takes for a file of the folder that it is started in, in any case. */
    private static final Pattern FILE =
            Pattern.compile(
                    "(?i)[^\\[]*\\.(?:whl|zip|tar|tar\\.[^\\[]*|tgz|tbz|txz|tlz)(?:\\[.*)?");

    private MissingPackage() {}

    public static Optional<String> of(Problem problem) {
        Matcher install = INSTALL.matcher(problem.message());
        return problem.code() == Code.DVT125 && install.find()
                ? Optional.of(install.group(1)).filter(MissingPackage::isName)
                : Optional.empty();
    }

    /** True for a name of a package, with extras: no option, address, version or file. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !FILE.matcher(name).matches();
    }
}
