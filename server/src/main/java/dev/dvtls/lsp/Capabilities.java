package dev.dvtls.lsp;

import java.util.List;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DiagnosticRegistrationOptions;
import org.eclipse.lsp4j.DocumentLinkOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.FileOperationFilter;
import org.eclipse.lsp4j.FileOperationOptions;
import org.eclipse.lsp4j.FileOperationPattern;
import org.eclipse.lsp4j.FileOperationPatternKind;
import org.eclipse.lsp4j.FileOperationsServerCapabilities;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.SemanticTokensServerFull;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.WorkspaceSymbolOptions;

/** What the server offers to a client. */
final class Capabilities {
    private Capabilities() {}

    static ServerCapabilities of(ClientFeatures features) {
        ServerCapabilities capabilities = new ServerCapabilities();
        capabilities.setPositionEncoding(features.encodingName());
        TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        capabilities.setTextDocumentSync(sync);
        capabilities.setCompletionProvider(
                new CompletionOptions(true, List.of("\"", "'", ".", "_", "(", " ")));
        capabilities.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",")));
        capabilities.setDefinitionProvider(true);
        capabilities.setHoverProvider(true);
        capabilities.setReferencesProvider(true);
        capabilities.setDocumentHighlightProvider(true);
        if (features.edits().preparesRename()) {
            capabilities.setRenameProvider(new RenameOptions(true));
        } else {
            capabilities.setRenameProvider(true);
        }
        capabilities.setDocumentSymbolProvider(true);
        capabilities.setWorkspaceSymbolProvider(
                new WorkspaceSymbolOptions(features.shape().symbolsLater()));
        capabilities.setFoldingRangeProvider(true);
        capabilities.setSelectionRangeProvider(true);
        capabilities.setDocumentLinkProvider(new DocumentLinkOptions(true));
        capabilities.setInlayHintProvider(true);
        capabilities.setSemanticTokensProvider(
                new SemanticTokensWithRegistrationOptions(
                        SemanticTokenAnswers.legend(), new SemanticTokensServerFull(true), true));
        capabilities.setCodeLensProvider(new CodeLensOptions(false));
        capabilities.setCallHierarchyProvider(true);
        if (features.codeActionLiterals()) {
            capabilities.setCodeActionProvider(
                    new CodeActionOptions(
                            List.of(
                                    CodeActionKind.QuickFix,
                                    CodeActionKind.RefactorExtract,
                                    CodeActionKind.RefactorRewrite,
                                    QuickFixes.FIX_ALL)));
        }
        if (features.pull()) {
            DiagnosticRegistrationOptions pull = new DiagnosticRegistrationOptions(true, true);
            pull.setIdentifier("dvt");
            capabilities.setDiagnosticProvider(pull);
        }
        capabilities.setExecuteCommandProvider(new ExecuteCommandOptions(Commands.NAMES));
        WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        WorkspaceServerCapabilities workspace = new WorkspaceServerCapabilities(folders);
        workspace.setFileOperations(fileOperations(features.edits()));
        capabilities.setWorkspace(workspace);
        return capabilities;
    }

    /** For files whose names are names of nodes. */
    private static FileOperationsServerCapabilities fileOperations(EditFeatures features) {
        FileOperationPattern pattern = new FileOperationPattern("**/*.{py,sql,csv}");
        pattern.setMatches(FileOperationPatternKind.File);
        FileOperationOptions ours =
                new FileOperationOptions(List.of(new FileOperationFilter(pattern, "file")));
        FileOperationsServerCapabilities operations = new FileOperationsServerCapabilities();
        if (features.willRename()) {
            operations.setWillRename(ours);
        }
        if (features.didRename()) {
            operations.setDidRename(ours);
        }
        return operations;
    }
}
