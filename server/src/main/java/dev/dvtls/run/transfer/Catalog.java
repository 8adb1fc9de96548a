package dev.dvtls.run.transfer;

import com.google.gson.JsonObject;
import dev.dvtls.run.Relation;
import dev.dvtls.run.Transfers.TransferException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A database's catalog. A look costs a start of Sling, so that of an earlier run is used where the
 * statement that relies on it has the database compare.
 *
 * @param question about a relation
 * @param read the answer, also one without what changes from load to load
 */
record Catalog<T extends Catalog.Table>(
        Sling.Target target,
        Programs programs,
        Function<Relation, String> question,
        Function<JsonObject, T> read) {
    /** What a catalog says of a relation. */
    interface Table {
        /** The answer, without what changes from load to load. */
        JsonObject shape();

        /** The database's own digest of that. */
        String digest();

        boolean exists();

        /** Staging tables that an ended run left. */
        List<String> leftovers();
    }

    interface Attempt<T, R> {
        R on(T table) throws TransferException, InterruptedException;
    }

    T look(Relation relation) throws TransferException, InterruptedException {
        T table = ask(relation);
        // What ended runs left is removed by the load that sees it.
        if (table.exists() && table.leftovers().isEmpty()) {
            keep(relation, table);
        }
        return table;
    }

    /** The table is, after what was done, as this says. Without a digest nobody could compare. */
    void keep(Relation relation, T table) {
        if (table.digest().isEmpty()) {
            return;
        }
        JsonObject known = new JsonObject();
        known.add("shape", table.shape());
        known.addProperty("digest", table.digest());
        programs.known().put(target.name(), question.apply(relation), known);
    }

    /** The table becomes another. */
    void forget(Relation relation) {
        programs.known().forget(target.name(), question.apply(relation));
    }

    /**
     * Does something to a table as it is known, else as a look shows it; after a failure once more,
     * where it has become another. Nothing is known meanwhile, so that after a run that was killed
     * the next one looks.
     *
     * @param compared whether the database has compared, by what came out
     */
    <R> R with(Relation relation, Attempt<T, R> attempt, Predicate<R> compared)
            throws TransferException, InterruptedException {
        Optional<T> known = known(relation);
        if (known.isEmpty()) {
            return attempt.on(ask(relation));
        }
        T now;
        try {
            R done = attempt.on(known.get());
            if (compared.test(done)) {
                return done;
            }
            now = ask(relation);
            if (now.digest().equals(known.get().digest())) {
                return done;
            }
        } catch (TransferException e) {
            now = askAfter(e, relation);
            if (now.digest().equals(known.get().digest())) {
                throw e;
            }
        }
        return attempt.on(now);
    }

    private Optional<T> known(Relation relation) {
        try {
            return programs.known().take(target.name(), question.apply(relation)).map(read);
        } catch (RuntimeException e) { // a file that somebody has written into
            return Optional.empty();
        }
    }

    private T ask(Relation relation) throws TransferException, InterruptedException {
        return read.apply(
                programs.sling()
                        .queryJson(target, question.apply(relation), programs.limits().query()));
    }

    private T askAfter(TransferException failure, Relation relation)
            throws TransferException, InterruptedException {
        try {
            return ask(relation);
        } catch (TransferException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
