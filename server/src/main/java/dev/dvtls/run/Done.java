package dev.dvtls.run;

/**
 * A step that has succeeded.
 *
 * @param landing where the rows are
 * @param rows {@value #NOT_COUNTED}: nobody counted them, as a view has none of its own
 */
record Done(Landing landing, long rows) {
    static final long NOT_COUNTED = -1;
}
