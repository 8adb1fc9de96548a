package dev.dvtls.manifest.reading;

import dev.dvtls.python.Node;
import dev.dvtls.python.Param;
import java.util.ArrayList;
import java.util.List;

/**
 * A function or lambda of the file, and the calls of it that the file holds. Filled while the file
 * is walked, read only afterwards.
 */
final class Callable {
    private final Node node;
    private final List<Param> parameters;
    private final Scope outside;
    private final boolean model;
    private final List<CallSite> sites = new ArrayList<>();
    private boolean escapes;

    /**
     * @param outside where its defaults are evaluated
     * @param model true for a top-level {@code def model}
     * @param escapes true when it may be called from where this file cannot tell
     */
    Callable(Node node, List<Param> parameters, Scope outside, boolean model, boolean escapes) {
        this.node = node;
        this.parameters = parameters;
        this.outside = outside;
        this.model = model;
        this.escapes = escapes;
    }

    Node node() {
        return node;
    }

    List<Param> parameters() {
        return parameters;
    }

    Scope outside() {
        return outside;
    }

    boolean isModel() {
        return model;
    }

    List<CallSite> sites() {
        return sites;
    }

    /** True when not every call of it is in {@link #sites()}. */
    boolean escapes() {
        return escapes;
    }

    void addSite(CallSite site) {
        sites.add(site);
    }

    void letEscape() {
        escapes = true;
    }
}
