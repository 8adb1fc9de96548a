/**
 * The Parquet cache under {@code .dvt/cache}: one folder per profile, target and relation, data
 * files that never change, and a small manifest that is swapped atomically.
 */
package dev.dvtls.cache;
