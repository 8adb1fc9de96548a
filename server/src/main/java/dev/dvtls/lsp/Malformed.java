package dev.dvtls.lsp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.RenameFilesParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * Holds back messages without what we read of them: a request is answered with {@code
 * InvalidParams}, a notification is dropped. LSP4J leaves absent fields null, and its own check is
 * stricter than editors are.
 */
final class Malformed {
    private Malformed() {}

    static MessageConsumer heldBack(MessageConsumer next) {
        return message -> {
            if (message instanceof RequestMessage request) {
                Optional<String> missing = missing(request.getMethod(), request.getParams());
                if (missing.isPresent()) {
                    throw new MessageIssueException(
                            message,
                            new MessageIssue(
                                    request.getMethod() + " lacks " + missing.get() + ".",
                                    ResponseErrorCode.InvalidParams.getValue()));
                }
            } else if (message instanceof NotificationMessage notification
                    && missing(notification.getMethod(), notification.getParams()).isPresent()) {
                return;
            }
            next.consume(message);
        };
    }

    /** The first field that is not there; messages that we do not read have none missing. */
    private static Optional<String> missing(String method, Object params) {
        if (params == null) {
            boolean needed =
                    method.equals("initialize")
                            || method.equals("completionItem/resolve")
                            || method.startsWith("textDocument/")
                            || method.startsWith("workspace/did")
                            || method.startsWith("workspace/will")
                            || method.startsWith("workspace/executeCommand")
                            || method.equals("workspace/symbol")
                            || method.startsWith("dvt/did");
            return needed ? Optional.of("params") : Optional.empty();
        }
        if (params instanceof InitializeParams p) {
            return unless(p.getCapabilities(), "capabilities")
                    .or(() -> folders(p.getWorkspaceFolders()));
        }
        if (params instanceof RenameParams p) {
            return document(p.getTextDocument())
                    .or(() -> unless(p.getPosition(), "position"))
                    .or(() -> unless(p.getNewName(), "newName"));
        }
        if (params instanceof RenameFilesParams p) {
            return each(
                    p.getFiles(), f -> f != null && f.getOldUri() != null && f.getNewUri() != null);
        }
        if (params instanceof TextDocumentPositionParams p) {
            return document(p.getTextDocument()).or(() -> unless(p.getPosition(), "position"));
        }
        if (params instanceof CodeLensParams p) {
            return document(p.getTextDocument());
        }
        if (params instanceof DocumentDiagnosticParams p) {
            return document(p.getTextDocument());
        }
        if (params instanceof CodeActionParams p) {
            return document(p.getTextDocument())
                    .or(() -> unless(p.getRange(), "range"))
                    .or(() -> unless(p.getRange().getStart(), "range.start"))
                    .or(() -> unless(p.getRange().getEnd(), "range.end"))
                    .or(() -> unless(p.getContext(), "context"));
        }
        if (params instanceof ExecuteCommandParams p) {
            return unless(p.getCommand(), "command");
        }
        return ShapeParams.missing(params).or(() -> missingOfNotification(params));
    }

    private static Optional<String> missingOfNotification(Object params) {
        if (params instanceof DidOpenTextDocumentParams p) {
            return unless(p.getTextDocument(), "textDocument")
                    .or(() -> unless(p.getTextDocument().getUri(), "uri"))
                    .or(() -> unless(p.getTextDocument().getText(), "text"));
        }
        if (params instanceof DidChangeTextDocumentParams p) {
            return document(p.getTextDocument())
                    .or(() -> each(p.getContentChanges(), c -> c != null && c.getText() != null));
        }
        if (params instanceof DidCloseTextDocumentParams p) {
            return document(p.getTextDocument());
        }
        if (params instanceof DidSaveTextDocumentParams p) {
            return document(p.getTextDocument());
        }
        if (params instanceof DidChangeWatchedFilesParams p) {
            return each(p.getChanges(), c -> c != null && c.getUri() != null);
        }
        return Optional.empty();
    }

    static Optional<String> document(TextDocumentIdentifier document) {
        return unless(document, "textDocument").or(() -> unless(document.getUri(), "uri"));
    }

    private static Optional<String> folders(List<WorkspaceFolder> folders) {
        return folders == null || folders.stream().allMatch(f -> f != null && f.getUri() != null)
                ? Optional.empty()
                : Optional.of("a workspace folder's uri");
    }

    private static <T> Optional<String> each(
            List<T> list, java.util.function.Predicate<T> complete) {
        return list != null && list.stream().allMatch(complete)
                ? Optional.empty()
                : Optional.of("changes");
    }

    static Optional<String> unless(Object there, String name) {
        return Stream.ofNullable(there).findAny().isPresent()
                ? Optional.empty()
                : Optional.of(name);
    }
}
