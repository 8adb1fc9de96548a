package dev.dvtls.run;

import java.nio.file.Path;
import java.util.List;

/**
 * What was saved of all that one model reads.
 *
 * @param model its unique id
 * @param folder that the files are in
 */
public record SavedFixtures(String model, String name, Path folder, List<One> files) {
    /**
     * One relation.
     *
     * @param name as the model calls it
     * @param rows in the file
     * @param total that the relation has
     * @param kept it was there already, and stays as it is; nothing was counted
     */
    public record One(String name, Path file, long rows, long total, boolean kept) {
        /** {@code 12 rows}, {@code the first 1,000 rows of 20,000}; of a kept one, that it is. */
        public String count() {
            if (kept) {
                return "kept as it is";
            }
            String here = String.format(java.util.Locale.ROOT, "%,d", rows);
            String what = here + (rows == 1 ? " row" : " rows");
            return rows < total
                    ? "the first " + what + String.format(java.util.Locale.ROOT, " of %,d", total)
                    : what;
        }
    }
}
