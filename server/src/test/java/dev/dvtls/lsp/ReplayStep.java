package dev.dvtls.lsp;

import java.util.List;

/**
 * One thing that happens to a workspace, as a value: it can be printed, left out and done again. In
 * a state where it makes no sense it does nothing. Places are relative to the workspace, with
 * {@code /}.
 */
sealed interface ReplayStep {
    /** In the editor, with the text that is on disk. */
    record Open(String file) implements ReplayStep {}

    record Close(String file) implements ReplayStep {}

    record Save(String file) implements ReplayStep {}

    /** Changes of one notification, each on the text after the one before. */
    record Type(String file, List<Change> changes) implements ReplayStep {}

    /**
     * @param start as {@code end} in UTF-16 code units; what is past the text counts as its end
     */
    record Change(int start, int end, String text) {}

    /** Back to the text before the last change that was not undone, in one replacement. */
    record Undo(String file) implements ReplayStep {}

    /** By another program; makes the folders. */
    record Write(String file, String text) implements ReplayStep {}

    /**
     * A file or a folder with all in it.
     *
     * @param each the watcher tells of each file, not of the folder alone
     */
    record Delete(String place, boolean each) implements ReplayStep {}

    /** By another program, as {@link Delete}; never over something that is there. */
    record Move(String from, String to, boolean each) implements ReplayStep {}

    /** A file, in the editor: an open document moves along with what was typed. */
    record Rename(String from, String to) implements ReplayStep {}

    /** The workspace folders from now on. */
    record Folders(List<String> now) implements ReplayStep {}

    /**
     * The watcher tells of some of what happened.
     *
     * @param order seed of a shuffle
     */
    record Tell(long order, int most) implements ReplayStep {}

    /**
     * The watcher tells the rest; then everything is compared with a fresh server.
     *
     * @param places seed of the choice of places to ask about
     */
    record Compare(long places) implements ReplayStep {}
}
