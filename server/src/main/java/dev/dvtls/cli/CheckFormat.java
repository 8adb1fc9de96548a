package dev.dvtls.cli;

/** Who reads what a check found. */
enum CheckFormat {
    TEXT,
    JSON,
    SARIF,
    GITHUB,
    JUNIT
}
