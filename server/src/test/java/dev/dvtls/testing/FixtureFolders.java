package dev.dvtls.testing;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Deletes the folders of all fixtures after the last test: a shutdown hook has 30 s, after which
 * Surefire kills the program.
 */
public final class FixtureFolders implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Workspace.deleteAll();
    }
}
