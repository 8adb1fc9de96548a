package dev.dvtls.lsp;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.ParameterInformationCapabilities;
import org.eclipse.lsp4j.SignatureHelpCapabilities;
import org.eclipse.lsp4j.SignatureInformationCapabilities;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;

/**
 * What the client can do with what is offered while one writes.
 *
 * @param snippets texts with placeholders
 * @param labelOffsets a parameter is marked by its place in the signature's label
 * @param markdownSignatures Markdown in signatures' documentation
 */
record WritingFeatures(boolean snippets, boolean labelOffsets, boolean markdownSignatures) {

    static WritingFeatures of(ClientCapabilities client) {
        Optional<TextDocumentClientCapabilities> text =
                Optional.ofNullable(client.getTextDocument());
        Optional<SignatureInformationCapabilities> signature =
                text.map(TextDocumentClientCapabilities::getSignatureHelp)
                        .map(SignatureHelpCapabilities::getSignatureInformation);
        return new WritingFeatures(
                text.map(TextDocumentClientCapabilities::getCompletion)
                        .map(CompletionCapabilities::getCompletionItem)
                        .map(CompletionItemCapabilities::getSnippetSupport)
                        .orElse(false),
                signature
                        .map(SignatureInformationCapabilities::getParameterInformation)
                        .map(ParameterInformationCapabilities::getLabelOffsetSupport)
                        .orElse(false),
                signature
                        .map(SignatureInformationCapabilities::getDocumentationFormat)
                        .orElse(List.of())
                        .contains("markdown"));
    }
}
