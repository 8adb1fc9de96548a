/**
 * The language server: LSP4J on one side, the core on the other. Documents, versions, cancellation,
 * progress. No rule and no DVT logic lives here.
 *
 * <p>Threads: LSP4J's reader only enqueues; {@link dev.dvtls.lsp.Loop} owns the state; requests
 * compute in a small pool on an immutable {@link dev.dvtls.lsp.Snapshot}; files are read by a
 * loader thread; a run has a thread of its own.
 */
package dev.dvtls.lsp;
