package dev.dvtls.run;

/** The user cancelled: no failure of a model. */
final class CancelledException extends Exception {
    private static final long serialVersionUID = 1L;
}
