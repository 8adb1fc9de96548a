package dev.dvtls.check;

/** How bad it is; LSP's four. */
public enum Severity {
    ERROR,
    WARNING,
    INFORMATION,
    HINT
}
