package dev.dvtls.run;

import dev.dvtls.cache.ParquetCache.NewData;
import dev.dvtls.manifest.Node;
import dev.dvtls.run.RunEvent.Stage;
import dev.dvtls.run.Transfers.Extracted;
import dev.dvtls.run.Transfers.TransferException;
import java.util.List;
import java.util.Optional;

/** One seed: its CSV file read into Parquet, loaded, kept in the cache. */
record SeedRun(RunContext run, Upstreams upstreams, Node seed, Landing landing) {
    Done execute() throws ModelFailure, CancelledException, InterruptedException {
        run.checkCancelled();
        run.events()
                .accept(
                        new RunEvent.StageStarted(
                                seed.uniqueId(),
                                Stage.EXTRACT,
                                String.valueOf(seed.file().getFileName())));
        Extracted rows = read();
        run.events().accept(new RunEvent.Rows(seed.uniqueId(), Stage.EXTRACT, rows.rows()));
        return new Loading(run, upstreams, seed, landing)
                .load(
                        new NewData(rows.parquet(), rows.rows(), Upstreams.cached(rows.columns())),
                        rows.columns(),
                        List.of(),
                        Optional.empty());
    }

    private Extracted read() throws ModelFailure, CancelledException, InterruptedException {
        try {
            SeedOptions options =
                    SeedOptions.of(seed.file(), seed.config(), landing.connection().type());
            return run.transfers()
                    .readCsv(
                            seed.file(),
                            options,
                            run.work().newFile(".parquet"),
                            warning -> run.warn(seed, warning));
        } catch (BadSeed e) {
            throw new ModelFailure(
                    new RunEvent.Failure(
                            "bad-seed",
                            e.getMessage(),
                            Optional.of(e.file()),
                            e.line(),
                            0,
                            0,
                            0,
                            ""));
        } catch (TransferException e) {
            run.checkCancelled();
            throw ModelFailure.of(
                    "seed-failed",
                    "The seed '" + seed.name() + "' could not be read: " + e.getMessage());
        }
    }
}
